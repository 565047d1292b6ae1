"""Keep a ledger of opportunities by stage, and an index from which a person's sums are read."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0035"
branch_labels = None
depends_on = None

_SUMS = ["workspace_id", "owner_id", "stage_id", "currency", "close_on", "amount_minor", "deleted_at"]


def upgrade() -> None:
    """Go up. `bot.store.migrating.migrate` fills it, and adds the triggers that keep it."""
    op.create_table(
        "open_ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("stage_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("is_base", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_open_ledger"),
    )
    op.create_index(
        "ix_open_ledger_dimension", "open_ledger", ["workspace_id", "dimension", "value", "close_on"]
    )
    op.create_index("ix_opportunities_sums", "opportunities", _SUMS)


def downgrade() -> None:
    """Go down."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS open_ledger_kept ON opportunities")
        op.execute("DROP FUNCTION IF EXISTS keep_open_ledger()")
    else:
        for name in ("kept", "left", "changed"):
            op.execute(f"DROP TRIGGER IF EXISTS open_ledger_{name}")
    op.drop_index("ix_opportunities_sums", "opportunities")
    op.drop_table("open_ledger")
