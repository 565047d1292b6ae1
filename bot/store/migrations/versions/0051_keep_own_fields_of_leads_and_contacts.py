"""Keep values of the fields that admins define for leads and contacts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_TABLES = ("leads", "contacts")


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for table in _TABLES:
        op.add_column(table, sa.Column("custom", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Go down."""
    for table in _TABLES:
        op.drop_column(table, "custom")
