"""Let a task of several people come again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("team_tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repeats", _JSON, nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("team_tasks", schema=None) as batch_op:
        batch_op.drop_column("repeats")
