"""Keep of which Slack message an activity is."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slack_message", sa.String(), nullable=True))
        batch_op.create_index("ix_activities_workspace_id_slack_message", ["workspace_id", "slack_message"])


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_workspace_id_slack_message")
        batch_op.drop_column("slack_message")
