"""Keep the country whose public holidays are days off."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holidays_of", sa.String(), nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.drop_column("holidays_of")
