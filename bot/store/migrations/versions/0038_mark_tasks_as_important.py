"""Keep which tasks are important: their reminders come once more."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_important", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_column("is_important")
