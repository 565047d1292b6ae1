"""Let tasks come again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repeats", json, nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_column("repeats")
