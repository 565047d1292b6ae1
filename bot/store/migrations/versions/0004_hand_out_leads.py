"""Hand out leads: qualification, the pool, turns and rules."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("leads", schema=None) as batch_op:
        for name in ("campaign", "region", "need", "currency", "authority"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
        batch_op.add_column(sa.Column("size", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("budget_minor", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("needed_on", sa.Date(), nullable=True))
        for name in ("held_since", "touched_at", "warned_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_leads_workspace_id_leads_state_leads_touched_at"),
            ["workspace_id", "state", "touched_at"],
            unique=False,
        )
    op.execute("UPDATE leads SET held_since = created_at, touched_at = created_at WHERE owner_id IS NOT NULL")
    _table(
        "lead_policies",
        sa.Column("slack_channel", sa.String(), nullable=True),
        sa.Column("idle_days", sa.Integer(), nullable=True),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("most_held", sa.Integer(), nullable=True),
        sa.Column("takes_turns", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_lead_policies_workspace_id")),
    )
    _table(
        "lead_shares",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("takes_turns", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_lead_shares_person_id")),
        sa.UniqueConstraint("workspace_id", "person_id", name=op.f("uq_lead_shares_workspace_id_person_id")),
    )
    _table(
        "lead_rules",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("least_size", sa.Integer(), nullable=True),
        sa.Column("most_size", sa.Integer(), nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_lead_rules_person_id")),
    )
    op.execute(
        "INSERT INTO lead_policies (workspace_id, warn_days, takes_turns, created_at, version) "
        "SELECT id, 2, false, created_at, 1 FROM workspaces"
    )


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        *columns,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{name}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    """Go down."""
    for name in ("lead_rules", "lead_shares", "lead_policies"):
        op.drop_table(name)
    with op.batch_alter_table("leads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leads_workspace_id_leads_state_leads_touched_at"))
        for column in (
            "campaign", "region", "need", "currency", "authority", "size", "budget_minor", "needed_on",
            "held_since", "touched_at", "warned_at",
        ):  # fmt: skip
            batch_op.drop_column(column)
