"""Keep records apart that only look like one."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0032"
branch_labels = None
depends_on = None

big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "different_pairs",
        sa.Column("id", big_id, nullable=False),
        sa.Column("workspace_id", big_id, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_different_pairs_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_different_pairs")),
    )
    op.create_index(op.f("ix_different_pairs_workspace_id"), "different_pairs", ["workspace_id"])
    op.create_index("ix_different_pairs_first", "different_pairs", ["workspace_id", "kind", "first_id"])
    op.create_index("ix_different_pairs_second", "different_pairs", ["workspace_id", "kind", "second_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("different_pairs")
