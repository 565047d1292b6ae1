"""Ask for approvals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0028"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PEOPLE = ("asked_by_id", "approver_id", "decided_by_id")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "approvals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("wanted", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("approver_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_approvals_workspace_id", ondelete="CASCADE"
        ),
        *(sa.ForeignKeyConstraint([name], ["people.id"], name=f"fk_approvals_{name}") for name in PEOPLE),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_workspace_id", "approvals", ["workspace_id"])
    op.create_index("ix_approvals_subject", "approvals", ["workspace_id", "subject", "subject_id"])
    op.create_index("ix_approvals_approver", "approvals", ["workspace_id", "approver_id", "state"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("approvals")
