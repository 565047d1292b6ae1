"""Keep segments: filters of customers under a name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "segments",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("kinds", json, nullable=False),
        sa.Column("classes", json, nullable=False),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("owner_id", big, nullable=True),
        sa.Column("silent_days", sa.Integer(), nullable=True),
        sa.Column("creator_id", big, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_segments_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_segments_owner_id"),
        sa.ForeignKeyConstraint(["creator_id"], ["people.id"], name="fk_segments_creator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_segments"),
    )
    op.create_index("ix_segments_workspace_id", "segments", ["workspace_id"])
    op.create_index("ix_segments_name", "segments", ["workspace_id", "name_key"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("segments")
