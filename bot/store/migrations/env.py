"""How Alembic reaches the tables; batches, because SQLite cannot change a table in place."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator, create_engine, text
from sqlalchemy.dialects import postgresql

from bot.store.models import Base

MIGRATION_LOCK = 7243108
"""Any number: PostgreSQL lets one holder of it migrate at a time."""


def plain_type(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write a column type of ours as the plain one below it, so that an old migration outlives our
    classes.
    """
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    if kind == "type" and isinstance(item, postgresql.JSONB):
        return "sa.dialects.postgresql.JSONB()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=plain_type
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as opened:
        run(opened)
        opened.commit()
