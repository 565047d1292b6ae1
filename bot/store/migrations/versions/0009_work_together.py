"""Work together on a record, and follow it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    for table, more in (("collaborators", [sa.Column("role", sa.String(), nullable=True)]), ("follows", [])):
        op.create_table(
            table,
            sa.Column("id", _ID, nullable=False),
            sa.Column("workspace_id", _ID, nullable=False),
            sa.Column("customer_id", _ID, nullable=True),
            sa.Column("opportunity_id", _ID, nullable=True),
            sa.Column("person_id", _ID, nullable=False),
            *more,
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f(f"fk_{table}_customer_id")),
            sa.ForeignKeyConstraint(
                ["opportunity_id"], ["opportunities.id"], name=op.f(f"fk_{table}_opportunity_id")
            ),
            sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        columns = ["workspace_id", "customer_id", "opportunity_id"]
        for column in [*columns, "person_id"] if table == "follows" else columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_table("follows")
    op.drop_table("collaborators")
