"""Shape pipelines: their order, what a stage asks before one moves on, what is retired."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("pipelines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(), nullable=False, server_default="pipeline"))
        batch_op.add_column(sa.Column("expected_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("needs", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("checks", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("approver_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_stages_approver_id"), "people", ["approver_id"], ["id"])
    op.execute("UPDATE stages SET category = 'closed' WHERE kind = 'won'")
    op.execute("UPDATE stages SET category = 'omitted' WHERE kind = 'lost'")
    op.execute("UPDATE stages SET category = 'best_case' WHERE kind = 'open' AND name = 'Proposal'")
    op.execute("UPDATE stages SET category = 'commit' WHERE kind = 'open' AND name = 'Negotiation'")
    op.add_column("opportunities", sa.Column("ticked", JSON, nullable=False, server_default="[]"))
    op.add_column("opportunities", sa.Column("lesson", sa.String(), nullable=True))


def downgrade() -> None:
    """Go down."""
    op.drop_column("opportunities", "lesson")
    op.drop_column("opportunities", "ticked")
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_stages_approver_id"), type_="foreignkey")
        for name in ("retired_at", "approver_id", "checks", "needs", "expected_days", "category"):
            batch_op.drop_column(name)
    with op.batch_alter_table("pipelines", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
        batch_op.drop_column("position")
