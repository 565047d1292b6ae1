"""Keep what ended sales teach, and which suggestions nobody wants."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "win_lessons",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", json, nullable=False),
        sa.Column("deeds", json, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_win_lessons_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_win_lessons"),
        sa.UniqueConstraint("workspace_id", name="uq_win_lessons_workspace_id"),
    )
    op.create_index("ix_win_lessons_workspace_id", "win_lessons", ["workspace_id"])
    op.create_table(
        "suggestion_dismissals",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("opportunity_id", big, nullable=False),
        sa.Column("stage_id", big, nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_suggestion_dismissals_workspace_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name="fk_suggestion_dismissals_opportunity_id"
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_suggestion_dismissals_stage_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion_dismissals"),
    )
    op.create_index("ix_suggestion_dismissals_workspace_id", "suggestion_dismissals", ["workspace_id"])
    op.create_index("ix_suggestion_dismissals_opportunity_id", "suggestion_dismissals", ["opportunity_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("suggestion_dismissals")
    op.drop_table("win_lessons")
