"""Let people say what an opportunity counts as in a forecast, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("category_reason", sa.String(), nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.drop_column("category_reason")
        batch_op.drop_column("category")
