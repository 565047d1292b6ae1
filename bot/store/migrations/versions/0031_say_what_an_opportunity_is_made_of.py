"""Keep the product lines of opportunities, and who has which share of their credit."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "opportunity_lines",
        sa.Column("id", big, nullable=False),
        sa.Column("workspace_id", big, nullable=False),
        sa.Column("opportunity_id", big, nullable=False),
        sa.Column("product_id", big, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(length=40), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_opportunity_lines_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name="fk_opportunity_lines_opportunity_id"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_opportunity_lines_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_opportunity_lines"),
    )
    op.create_index("ix_opportunity_lines_workspace_id", "opportunity_lines", ["workspace_id"])
    op.create_index("ix_opportunity_lines_opportunity_id", "opportunity_lines", ["opportunity_id"])
    with op.batch_alter_table("collaborators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("credit_percent", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("collaborators", schema=None) as batch_op:
        batch_op.drop_column("credit_percent")
    op.drop_table("opportunity_lines")
