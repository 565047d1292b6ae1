"""Mark activities that tell of customers or the market, and keep private notes on opportunities."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0032b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("activities", sa.Column("tells", sa.String(), nullable=True))
    op.create_table(
        "private_notes",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("opportunity_id", big, nullable=False),
        sa.Column("author_id", big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_private_notes_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name="fk_private_notes_opportunity_id"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_private_notes_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_private_notes"),
    )
    op.create_index("ix_private_notes_workspace_id", "private_notes", ["workspace_id"])
    op.create_index("ix_private_notes_opportunity_id", "private_notes", ["opportunity_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("private_notes")
    op.drop_column("activities", "tells")
