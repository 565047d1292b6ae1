"""Keep the id that a score has in another system, so that bringing it in again updates it."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("ratings", sa.Column("external_id", sa.String(), nullable=True))


def downgrade() -> None:
    """Go down."""
    op.drop_column("ratings", "external_id")
