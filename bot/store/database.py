"""The database: one Store an application, opened by URL; every transaction names its workspace, actor and
moment.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.store.session import EVERYWHERE, new_changeset

WAIT_S = 10
"""How long a writer waits for the others on SQLite."""


class StoreUnavailable(RuntimeError):
    """The database did not answer: nothing was written, and the same may work later."""


class EditedMeanwhile(Refusal):
    """Somebody else changed the same record between the reading and the writing."""

    message = (
        "Somebody else changed this at the same moment. Nothing of yours was saved; look again and repeat it."
    )


@contextmanager
def as_ours() -> Iterator[None]:
    """Raise what the database's driver raises as StoreUnavailable or EditedMeanwhile."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable(type(error.orig).__name__) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise
        # SQLite says so of a file that is no database.
        raise StoreUnavailable(str(error.orig)) from error
    except StaleDataError as error:
        raise EditedMeanwhile from error


@contextmanager
def unless_taken(session: Session, refusal: Exception) -> Iterator[None]:
    """Write what is done inside, or raise the refusal where another record has what only one may have."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise refusal from error


def alone(session: Session, deed: str) -> None:
    """Let only one transaction at a time do the deed; the next one goes on when this one has ended.

    For what is looked for and made where it is missing. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtext(deed))))


def sqlalchemy_url(url: str) -> str:
    """The URL with the driver that Dealdesk uses; Heroku's postgres:// is understood."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


class Store:
    """An engine and its sessions. Cheap to make: it connects at first use."""

    def __init__(self, url: str) -> None:
        self.url = sqlalchemy_url(url)
        self.engine = _engine(self.url)
        self._readers = self.engine if self.is_sqlite else _readers(self.url)
        self._reads = sessionmaker(self._readers, expire_on_commit=False)
        self._writes = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        self.before_commit: Callable[[Session], None] | None = None
        """Called at the end of every transaction that writes, and part of it."""
        self._turn = RLock()

    @property
    def is_sqlite(self) -> bool:
        """One file, one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(
        self, actor: Actor, *, now: datetime, how: str, changeset: str | None = None
    ) -> Iterator[Session]:
        """One transaction that writes for the actor; committed at the end, rolled back on any exception."""
        with as_ours(), self._in_turn(), self._writes() as session, session.begin():
            session.info.update(
                workspace_id=actor.workspace_id,
                person_id=actor.person_id,
                now=now,
                how=how,
                changeset=changeset or new_changeset(),
            )
            yield session
            self._settle(session)

    @contextmanager
    def reading(self, workspace_id: int) -> Iterator[Session]:
        """What only reads, in one workspace; on SQLite in one transaction."""
        with as_ours(), self._reads() as session:
            session.info.update(workspace_id=workspace_id)
            yield session

    @contextmanager
    def everywhere(self, *, writes: bool = True) -> Iterator[Session]:
        """A transaction over all workspaces.

        For claiming notices, finding due schedules and installations.
        """
        if not writes:
            with as_ours(), self._reads() as session, session.begin():
                session.info.update(workspace_id=EVERYWHERE)
                yield session
            return
        with as_ours(), self._in_turn(), self._writes() as session, session.begin():
            session.info.update(workspace_id=EVERYWHERE)
            yield session
            self._settle(session)

    def _settle(self, session: Session) -> None:
        if self.before_commit and session.info.get("changeset"):
            session.flush()
            if session.info.get("touched"):
                self.before_commit(session)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """On SQLite, wait for the writers of this process in line.

        Its own waiting looks again after ever longer pauses, in which nobody writes though somebody could.
        """
        taken = self.is_sqlite and self._turn.acquire(timeout=WAIT_S)
        try:
            yield
        finally:
            if taken:
                self._turn.release()

    def answers(self) -> bool:
        """True when the database is reachable, else StoreUnavailable."""
        with as_ours(), self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        return True

    def learn_sizes(self) -> None:
        """Let the planner know how large the tables have become, where much may have come in.

        PostgreSQL would see to it itself after a while; SQLite knows nothing unless it is asked to look. It
        looks at so many rows of an index that a workspace's are seen to be more than some owners'.
        """
        with as_ours(), self.engine.execution_options(writes=True).begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("ANALYZE")
                return
            for pragma in ("analysis_limit=200000", "optimize=0x10002"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._readers.dispose()


def _from_json(text: str | bytes) -> Any:
    """What a column keeps as JSON. Most lists and mappings are empty, and need nobody to read them."""
    if text in ("[]", b"[]"):
        return []
    return {} if text in ("{}", b"{}") else json.loads(text)


_ASKED: dict[str, Any] = {
    "json_deserializer": _from_json,
    "pool_pre_ping": True,
    "pool_size": 5,
    "hide_parameters": True,
    "connect_args": {"connect_timeout": 3},
}
"""How PostgreSQL is connected to."""


def _readers(url: str) -> Engine:
    """Connections for what only reads: each statement stands alone, as PostgreSQL sees what is committed anew
    at each one anyway.

    They are spared BEGIN and ROLLBACK, at which the driver forgets how the server has planned what is often
    asked; planning takes longer than reading where much is joined.
    """
    return create_engine(url, max_overflow=5, isolation_level="AUTOCOMMIT", **_ASKED)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, max_overflow=10, **_ASKED)
    # What people typed stays out of the texts of errors, and so out of the log.
    engine = create_engine(
        url,
        connect_args={"timeout": WAIT_S, "check_same_thread": False},
        hide_parameters=True,
        json_deserializer=_from_json,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below; the driver must not.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails "locked" at once: writers take the lock first.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
