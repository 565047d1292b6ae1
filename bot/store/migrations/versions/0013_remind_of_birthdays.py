"""Keep who wants to hear of whose birthday."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "birthday_reminders",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("contact_id", big, nullable=False),
        sa.Column("person_id", big, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_birthday_reminders_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_birthday_reminders_contact_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_birthday_reminders_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_birthday_reminders"),
    )
    op.create_index("ix_birthday_reminders_workspace_id", "birthday_reminders", ["workspace_id"])
    op.create_index(
        "ix_birthday_reminders_of", "birthday_reminders", ["workspace_id", "contact_id", "person_id"]
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table("birthday_reminders")
