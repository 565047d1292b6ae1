"""Give tasks a priority: what was important is high, and its history says so."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE tasks SET priority = 1 WHERE is_important")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_column("is_important")
    _rename("is_important", "priority", "true", "1", "0")


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_important", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(sa.text("UPDATE tasks SET is_important = :yes WHERE priority > 0").bindparams(yes=True))
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_column("priority")
    _rename("priority", "is_important", "1", "true", "false")


def _rename(field: str, to: str, yes: str, new_yes: str, new_no: str) -> None:
    """Let every recorded change of the field be one of the other; JSON is a type of its own on PostgreSQL."""
    cast = "::jsonb" if op.get_bind().dialect.name == "postgresql" else ""
    values = ", ".join(
        f"{column} = CASE WHEN CAST({column} AS TEXT) = '{yes}' "
        f"THEN '{new_yes}'{cast} ELSE '{new_no}'{cast} END"
        for column in ("old", "new")
    )
    op.execute(f"UPDATE changes SET field = '{to}', {values} WHERE entity = 'tasks' AND field = '{field}'")
