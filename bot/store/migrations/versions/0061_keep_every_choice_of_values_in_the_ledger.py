"""Keep every choice of values that a filter asks for together in the ledger, not only each two."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0049"
branch_labels = None
depends_on = None

_AT = ["workspace_id", "dimensions", "said", "close_on"]
_BEFORE = ["workspace_id", "dimension", "value", "other", "close_on"]


def upgrade() -> None:
    """Go up. `bot.store.migrating.migrate` writes the ledger anew, because its triggers are gone."""
    _forget()
    op.drop_index("ix_open_ledger_dimension", "open_ledger")
    with op.batch_alter_table("open_ledger") as table:
        table.alter_column("dimension", new_column_name="dimensions")
        table.alter_column("value", new_column_name="said")
        table.drop_column("other")
    op.create_index("ix_open_ledger_said", "open_ledger", _AT)


def downgrade() -> None:
    """Go down."""
    _forget()
    op.drop_index("ix_open_ledger_said", "open_ledger")
    with op.batch_alter_table("open_ledger") as table:
        table.add_column(sa.Column("other", sa.String(), nullable=False, server_default=""))
        table.alter_column("said", new_column_name="value")
        table.alter_column("dimensions", new_column_name="dimension")
    op.create_index("ix_open_ledger_dimension", "open_ledger", _BEFORE)


def _forget() -> None:
    """Without triggers the ledger is written anew before anybody reads it."""
    op.execute("DELETE FROM open_ledger")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS open_ledger_kept ON opportunities")
        return
    for name in ("kept", "left", "changed"):
        op.execute(f"DROP TRIGGER IF EXISTS open_ledger_{name}")
