"""Plan tasks for stages, and tell managers of overdue ones."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0038"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "task_templates",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("stage_id", BIG, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_task_templates_stage_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_task_templates_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_task_templates_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_templates"),
    )
    op.create_index("ix_task_templates_workspace_id", "task_templates", ["workspace_id"])
    op.create_index("ix_task_templates_stage_id", "task_templates", ["stage_id"])
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key("fk_tasks_template_id", "task_templates", ["template_id"], ["id"])
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("escalate_after_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.drop_column("escalate_after_days")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_constraint("fk_tasks_template_id", type_="foreignkey")
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("template_id")
    op.drop_table("task_templates")
