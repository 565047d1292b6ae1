"""Say more of tasks: their parts, what comes before, who watches them, an earlier reminder."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0027"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("checklist", json, nullable=True))
        batch_op.add_column(sa.Column("after_id", BIG, nullable=True))
        batch_op.create_foreign_key("fk_tasks_after_id", "tasks", ["after_id"], ["id"])
        batch_op.create_index("ix_tasks_after_id", ["after_id"], unique=False)
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("task_id", BIG, nullable=True))
        batch_op.create_foreign_key("fk_follows_task_id", "tasks", ["task_id"], ["id"])
        batch_op.create_index("ix_follows_task_id", ["task_id"], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.drop_index("ix_follows_task_id")
        batch_op.drop_constraint("fk_follows_task_id", type_="foreignkey")
        batch_op.drop_column("task_id")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_after_id")
        batch_op.drop_constraint("fk_tasks_after_id", type_="foreignkey")
        batch_op.drop_column("after_id")
        batch_op.drop_column("checklist")
        batch_op.drop_column("remind_minutes")
