"""Keep the contacts, competitors and tags of opportunities."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032b"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    listed = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    tables: dict[str, list[Any]] = {
        "rivals": [
            sa.Column("name", sa.String(), nullable=False),
            sa.Column("offer", sa.String(), nullable=True),
            sa.Column("standing", sa.String(), nullable=True),
        ],
        "involvements": [
            sa.Column("contact_id", big, nullable=False),
            sa.Column("role", sa.String(), nullable=False),
            sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_involvements_contact_id"),
        ],
    }
    for table, columns in tables.items():
        op.create_table(
            table,
            sa.Column("id", big, nullable=False),
            sa.Column("workspace_id", big, nullable=False),
            sa.Column("opportunity_id", big, nullable=False),
            *columns,
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id", ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(
                ["opportunity_id"], ["opportunities.id"], name=f"fk_{table}_opportunity_id"
            ),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_workspace_id", table, ["workspace_id"])
        op.create_index(f"ix_{table}_opportunity_id", table, ["opportunity_id"])
    op.create_index("ix_involvements_contact_id", "involvements", ["contact_id"])
    op.add_column("opportunities", sa.Column("tags", listed, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go down."""
    op.drop_column("opportunities", "tags")
    op.drop_table("involvements")
    op.drop_table("rivals")
