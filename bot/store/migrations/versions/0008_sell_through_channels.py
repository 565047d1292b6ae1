"""Say through which channel and partner is sold."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = ("customers", "opportunities")


def upgrade() -> None:
    """Go up."""
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("sales_channel", sa.String(), nullable=True))
            batch_op.add_column(sa.Column("partner_id", _ID, nullable=True))
            batch_op.add_column(sa.Column("partner_percent", sa.String(length=40), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_partner_id"), "customers", ["partner_id"], ["id"]
            )
            batch_op.create_index(batch_op.f(f"ix_{table}_partner_id"), ["partner_id"], unique=False)
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sales_channels",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=False,
                server_default="[]",
            )
        )
        batch_op.add_column(
            sa.Column("channel_conflict_days", sa.Integer(), nullable=False, server_default="90")
        )


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.drop_column("channel_conflict_days")
        batch_op.drop_column("sales_channels")
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_partner_id"))
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_partner_id"), type_="foreignkey")
            batch_op.drop_column("partner_percent")
            batch_op.drop_column("partner_id")
            batch_op.drop_column("sales_channel")
