"""Keep which Slack channel is the room of which opportunity."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "deal_rooms",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("opportunity_id", big, nullable=False),
        sa.Column("slack_channel", sa.String(), nullable=True),
        sa.Column("creator_id", big, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_deal_rooms_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name="fk_deal_rooms_opportunity_id"
        ),
        sa.ForeignKeyConstraint(["creator_id"], ["people.id"], name="fk_deal_rooms_creator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deal_rooms"),
    )
    op.create_index("ix_deal_rooms_workspace_id", "deal_rooms", ["workspace_id"])
    op.create_index("ix_deal_rooms_opportunity_id", "deal_rooms", ["opportunity_id"])
    op.create_index(
        "ix_deal_rooms_workspace_id_slack_channel", "deal_rooms", ["workspace_id", "slack_channel"]
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table("deal_rooms")
