"""Keep more of what a customer and a contact are: names, addresses, parent, tags, role, birthday."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = ("legal_name", "tax_id", "size")
LISTS = ("aliases", "other_phones", "addresses", "tags")


def upgrade() -> None:
    """Go up. Only columns are added, so that SQLite need not copy a table that others point to."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for name in TEXTS:
        op.add_column("customers", sa.Column(name, sa.String(), nullable=True))
    for name in LISTS:
        op.add_column("customers", sa.Column(name, json, nullable=False, server_default="[]"))
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE customers ADD COLUMN parent_id INTEGER "
            "CONSTRAINT fk_customers_parent_id REFERENCES customers (id)"
        )
    else:
        op.add_column("customers", sa.Column("parent_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key("fk_customers_parent_id", "customers", "customers", ["parent_id"], ["id"])
    op.create_index("ix_customers_parent_id", "customers", ["parent_id"])
    for name in ("decision_role", "preferences"):
        op.add_column("contacts", sa.Column(name, sa.String(), nullable=True))
    op.add_column("contacts", sa.Column("birthday_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go down."""
    for name in ("birthday_on", "preferences", "decision_role"):
        op.drop_column("contacts", name)
    op.drop_index("ix_customers_parent_id", table_name="customers")
    for name in ("parent_id", *LISTS, *TEXTS):
        with op.batch_alter_table("customers") as batch:
            batch.drop_column(name)
