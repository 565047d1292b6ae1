"""Class customers: by whom their class was set, what they are worth, and the rules of the workspace."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_CLASSES = "field IN ('kind', 'value_class')"


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for name in ("kind_by_hand", "class_by_hand"):
        op.add_column("customers", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("customers", sa.Column("value_class", sa.String(), nullable=True))
    op.create_index(
        "ix_customers_value_class",
        "customers",
        ["workspace_id", "value_class", "owner_id"],
    )
    for name in ("lapse_months", "class_months"):
        op.add_column("settings", sa.Column(name, sa.Integer(), nullable=False, server_default="12"))
    op.add_column("settings", sa.Column("class_floors", json, nullable=False, server_default="{}"))
    op.add_column(
        "settings", sa.Column("class_rhythms", json, nullable=False, server_default='{"A": 14, "B": 30}')
    )
    op.create_index(
        "ix_changes_classes",
        "changes",
        ["workspace_id", "at"],
        sqlite_where=sa.text(_CLASSES),
        postgresql_where=sa.text(_CLASSES),
    )
    op.create_table(
        "routines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_routines_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_routines"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_routines_workspace_id_name"),
    )
    op.create_index("ix_routines_workspace_id", "routines", ["workspace_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("routines")
    op.drop_index("ix_changes_classes", table_name="changes")
    for name in ("class_rhythms", "class_floors", "class_months", "lapse_months"):
        op.drop_column("settings", name)
    op.drop_index("ix_customers_value_class", table_name="customers")
    for name in ("class_by_hand", "value_class", "kind_by_hand"):
        op.drop_column("customers", name)
