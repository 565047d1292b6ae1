"""What every command opens: the environment, the clock, the store, and the workspace that the shell means."""

from dataclasses import dataclass

from bot.clock import Clock, SetClock
from bot.config import Environment, read_environment
from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.cards import refresh_touched
from bot.store import Store
from bot.store.clock import clock_of
from bot.store.migrating import is_migrated, migrate
from bot.store.workspaces import shell_workspace


class NotMigrated(Refusal):
    """The tables are missing or of another version."""

    message = "The database is not set up for this version. Run: dealdesk migrate"


class NoSuchWorkspace(Refusal):
    """A workspace that is not in the database."""

    message = "There is no workspace {number} in this database."


@dataclass(frozen=True)
class Opened:
    """What a command works with."""

    environment: Environment
    store: Store
    clock: Clock


def open_store(environment: Environment | None = None) -> Opened:
    """The store of DATABASE_URL; on SQLite it is created or upgraded, on PostgreSQL it must have been."""
    environment = environment or read_environment()
    store = Store(environment.database_url)
    store.before_commit = refresh_touched
    if store.is_sqlite:
        migrate(store)
    elif not is_migrated(store):
        raise NotMigrated
    clock = SetClock(environment.dealdesk_now) if environment.dealdesk_now else clock_of(store)
    return Opened(environment, store, clock)


def shell_actor(opened: Opened, workspace_id: int | None = None, *, currency: str = "USD") -> Actor:
    """The shell itself, in the workspace that it means; a local one is made where there is none."""
    with opened.store.everywhere() as session:
        try:
            workspace = shell_workspace(
                session, now=opened.clock(), workspace_id=workspace_id, currency=currency
            )
        except LookupError:
            raise NoSuchWorkspace(number=workspace_id) from None
        return Actor(workspace.id)
