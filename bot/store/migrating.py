"""Create or upgrade the tables: Alembic, run from inside the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store import open_ledger
from bot.store.database import Store, alone, as_ours
from bot.store.search_index import is_fresh, refresh

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's own configuration, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(store: Store) -> None:
    """Create or upgrade every table, the search index and the ledger of opportunities.

    Safe to run again, and by several processes at once on PostgreSQL.
    """
    config = alembic_config(store.url)
    with as_ours(), store.engine.execution_options(writes=True).connect() as connection:
        config.attributes["connection"] = connection
        with _tables_may_be_rebuilt(connection):
            command.upgrade(config, "head")
            connection.commit()
    with store.everywhere() as session:
        alone(session, "open_ledger")
        open_ledger.ensure(session)
    with store.everywhere(writes=False) as session:
        fresh = is_fresh(session)
    if not fresh:
        with store.everywhere() as session:
            alone(session, "search_index")
            refresh(session)
    if store.is_sqlite:
        store.learn_sizes()


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """Keep rows that point to a table while SQLite changes it by copying and dropping it.

    The switch is turned outside a transaction, because inside one it does nothing.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def is_migrated(store: Store) -> bool:
    """True when the tables are those of this version of the program."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with as_ours(), store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
