"""Keep when people are not to be disturbed, what they do not want to hear, and who stands in for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quiet_from", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("muted", json, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("working_days", sa.String(), nullable=True))
    with op.batch_alter_table("lead_shares", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stand_in_id", big, nullable=True))
        batch_op.create_foreign_key(op.f("fk_lead_shares_stand_in_id"), "people", ["stand_in_id"], ["id"])


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("lead_shares", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_lead_shares_stand_in_id"), type_="foreignkey")
        batch_op.drop_column("stand_in_id")
    with op.batch_alter_table("people", schema=None) as batch_op:
        for column in ("working_days", "muted", "quiet_until", "quiet_from"):
            batch_op.drop_column(column)
