"""Keep values of fields that admins define on opportunities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("opportunities", sa.Column("custom", json, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Go down."""
    op.drop_column("opportunities", "custom")
