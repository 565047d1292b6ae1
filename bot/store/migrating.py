"""Create or upgrade the tables: Alembic, run from inside the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    """Create or upgrade every table and the search index.

    Safe to run again, and by several processes at once on PostgreSQL.
    """
    config = alembic_config(store.url)
    with as_ours(), store.engine.execution_options(writes=True).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with store.everywhere(writes=False) as session:
        fresh = is_fresh(session)
    if not fresh:
        with store.everywhere() as session:
            alone(session, "search_index")
            refresh(session)


def is_migrated(store: Store) -> bool:
    """True when the tables are those of this version of the program."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with as_ours(), store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
