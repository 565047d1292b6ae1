"""Find what a customer has by workspace and customer: without statistics SQLite would read the workspace."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_opportunities_customer": ("opportunities", ["workspace_id", "customer_id"]),
    "ix_activities_customer": ("activities", ["workspace_id", "customer_id", "happened_at"]),
    "ix_tasks_customer": ("tasks", ["workspace_id", "customer_id"]),
    "ix_quotes_customer": ("quotes", ["workspace_id", "customer_id"]),
    "ix_ratings_customer": ("ratings", ["workspace_id", "customer_id"]),
    "ix_contacts_customer": ("contacts", ["workspace_id", "customer_id"]),
    "ix_customers_parent": ("customers", ["workspace_id", "parent_id"]),
    "ix_changes_of": ("changes", ["workspace_id", "entity", "entity_id", "id"]),
}


def upgrade() -> None:
    """Go up."""
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_changes_entity_changes_entity_id_changes_id", table_name="changes")


def downgrade() -> None:
    """Go down."""
    op.create_index(
        "ix_changes_entity_changes_entity_id_changes_id", "changes", ["entity", "entity_id", "id"]
    )
    for name, (table, _columns) in _INDEXES.items():
        op.drop_index(name, table_name=table)
