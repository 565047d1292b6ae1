"""Keep each two values that filters ask for in the ledger, and all of them beside a person's sums."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0047"
branch_labels = None
depends_on = None

_BEFORE = ["workspace_id", "owner_id", "stage_id", "currency", "close_on", "amount_minor", "deleted_at"]
_SUMS = [*_BEFORE, "source", "competitor", "product_id", "sales_channel"]


def upgrade() -> None:
    """Go up. `bot.store.migrating.migrate` writes the ledger anew, because its triggers are gone."""
    _forget()
    op.add_column("open_ledger", sa.Column("other", sa.String(), nullable=False, server_default=""))
    op.drop_index("ix_open_ledger_dimension", "open_ledger")
    op.create_index(
        "ix_open_ledger_dimension", "open_ledger", ["workspace_id", "dimension", "value", "other", "close_on"]
    )
    op.create_index(
        "ix_open_ledger_fresh",
        "open_ledger",
        ["id"],
        postgresql_where=sa.text("NOT is_base"),
        sqlite_where=sa.text("is_base = 0"),
    )
    op.drop_index("ix_opportunities_sums", "opportunities")
    op.create_index("ix_opportunities_sums", "opportunities", _SUMS)


def downgrade() -> None:
    """Go down."""
    _forget()
    op.drop_index("ix_opportunities_sums", "opportunities")
    op.create_index("ix_opportunities_sums", "opportunities", _BEFORE)
    op.drop_index("ix_open_ledger_fresh", "open_ledger")
    op.drop_index("ix_open_ledger_dimension", "open_ledger")
    op.drop_column("open_ledger", "other")
    op.create_index(
        "ix_open_ledger_dimension", "open_ledger", ["workspace_id", "dimension", "value", "close_on"]
    )


def _forget() -> None:
    """Without triggers the ledger is written anew before anybody reads it."""
    op.execute("DELETE FROM open_ledger")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS open_ledger_kept ON opportunities")
        return
    for name in ("kept", "left", "changed"):
        op.execute(f"DROP TRIGGER IF EXISTS open_ledger_{name}")
