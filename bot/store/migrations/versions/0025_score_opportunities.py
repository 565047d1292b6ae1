"""Keep scorecards, evaluations of opportunities, and their strategy."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0033"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("score", sa.Integer()),
    ("score_before", sa.Integer()),
    ("scored_on", sa.Date()),
    ("strategy", sa.String()),
)


def _table(name: str, *columns: Any, of_opportunity: bool = True) -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    head: list[Any] = [sa.Column("id", big, nullable=False), sa.Column("workspace_id", big, nullable=False)]
    keys: list[Any] = []
    if of_opportunity:
        head += [
            sa.Column("opportunity_id", big, nullable=False),
            sa.Column("person_id", big, nullable=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        ]
        keys += [
            sa.ForeignKeyConstraint(
                ["opportunity_id"], ["opportunities.id"], name=f"fk_{name}_opportunity_id"
            ),
            sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"fk_{name}_person_id"),
        ]
    op.create_table(
        name,
        *head,
        *columns,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=f"fk_{name}_workspace_id", ondelete="CASCADE"
        ),
        *keys,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_workspace_id", name, ["workspace_id"])
    if of_opportunity:
        op.create_index(f"ix_{name}_opportunity_id_at", name, ["opportunity_id", "at"])


def upgrade() -> None:
    """Go up."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    _table(
        "criteria",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("levels", json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        of_opportunity=False,
    )
    _table(
        "evaluations",
        sa.Column("levels", json, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
    )
    _table(
        "strategies",
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
    )
    for column, kind in _COLUMNS:
        op.add_column("opportunities", sa.Column(column, kind, nullable=True))


def downgrade() -> None:
    """Go down."""
    for column, _kind in reversed(_COLUMNS):
        op.drop_column("opportunities", column)
    for name in ("strategies", "evaluations", "criteria"):
        op.drop_table(name)
