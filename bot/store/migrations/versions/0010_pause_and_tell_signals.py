"""Keep what is done about signals: pauses, and which were told."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "signal_pauses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("opportunity_id", _ID, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_signal_pauses_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_signal_pauses_opportunity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_pauses")),
        sa.UniqueConstraint("opportunity_id", name=op.f("uq_signal_pauses_opportunity_id")),
    )
    op.create_table(
        "signals_told",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("opportunity_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_signals_told_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_signals_told_opportunity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals_told")),
        sa.UniqueConstraint(
            "opportunity_id", "kind", "basis", name=op.f("uq_signals_told_opportunity_id_kind_basis")
        ),
    )
    for table in ("signal_pauses", "signals_told"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_table("signals_told")
    op.drop_table("signal_pauses")
