"""Keep above how many reminders an hour somebody gets them as one message."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_above", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("digest_above")
