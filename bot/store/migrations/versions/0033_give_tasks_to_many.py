"""Give tasks to many, keep what is said about a task, what was answered and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "team_tasks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("creator_id", BIG, nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["people.id"], name="fk_team_tasks_creator_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_team_tasks_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_team_tasks"),
    )
    op.create_index("ix_team_tasks_workspace_id", "team_tasks", ["workspace_id"])
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_task_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("response", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=True))
        batch_op.create_foreign_key("fk_tasks_team_task_id", "team_tasks", ["team_task_id"], ["id"])
        batch_op.create_index("ix_tasks_team_task_id", ["team_task_id"], unique=False)
    op.create_table(
        "task_notes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("task_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_notes_task_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_task_notes_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_task_notes_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_notes"),
    )
    for name in ("person_id", "task_id", "workspace_id"):
        op.create_index(f"ix_task_notes_{name}", "task_notes", [name])


def downgrade() -> None:
    """Go down."""
    op.drop_table("task_notes")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_team_task_id")
        batch_op.drop_constraint("fk_tasks_team_task_id", type_="foreignkey")
        for name in ("outcome", "response", "team_task_id"):
            batch_op.drop_column(name)
    op.drop_table("team_tasks")
