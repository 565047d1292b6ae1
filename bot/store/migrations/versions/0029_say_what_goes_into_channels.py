"""Keep what the bot posts into channels, and what it collects from them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    listed = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("win_channel", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("win_shows_amount", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("unfurls", sa.String(), nullable=False, server_default="everywhere"))
        batch_op.add_column(sa.Column("unfurl_channels", listed, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("collect_emoji", sa.String(), nullable=False, server_default="pushpin"))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("settings", schema=None) as batch_op:
        for name in ("collect_emoji", "unfurl_channels", "unfurls", "win_shows_amount", "win_channel"):
            batch_op.drop_column(name)
