"""Say more of activities: direction, outcome, duration, people, needs, files."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = ("direction", "outcome", "people", "needs")


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("activities", schema=None) as batch_op:
        for name in WORDS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
        batch_op.add_column(sa.Column("duration_min", sa.Integer(), nullable=True))
    op.create_table(
        "activity_files",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("activity_id", BIG, nullable=False),
        sa.Column("slack_file", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_files_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_activity_files_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_files")),
    )
    with op.batch_alter_table("activity_files", schema=None) as batch_op:
        for name in ("activity_id", "workspace_id"):
            batch_op.create_index(batch_op.f(f"ix_activity_files_{name}"), [name], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_table("activity_files")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        for name in (*WORDS, "duration_min"):
            batch_op.drop_column(name)
