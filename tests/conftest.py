"""Fixtures of every test: stores on both engines, an actor, a moment, factories."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.store import Store
from bot.store.migrating import migrate
from tests.support.engines import hasten_engines
from tests.support.factories import Factory
from tests.support.postgres import postgres_server

_numbers = count(1)
hasten_engines()


# A file's tests run on one worker, one after another: about so many seconds each, by the folder.
_SECONDS_EACH = {"browser": 20.0, "processes": 6.0, "cli": 1.0, "stories": 1.0}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--other-doors", action="store_true", help="stories with engines and doors changed over")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the longest files first, or the last one keeps one worker busy while the others wait."""
    files: defaultdict[Path, float] = defaultdict(float)
    for item in items:
        files[item.path] += _SECONDS_EACH.get(item.path.parent.name, 0.1)
    items.sort(key=lambda item: -files[item.path])


@pytest.fixture
def now() -> datetime:
    """A Monday morning, in UTC."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "empty.db"
    store = Store(f"sqlite:///{file}")
    migrate(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return file


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    with postgres_server() as base:
        with psycopg.connect(base + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE template_dealdesk")
        store = Store(base + "/template_dealdesk")
        migrate(store)
        store.close()
        yield base


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of the test's own."""
    shutil.copy(_sqlite_template, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(scope="session")
def _postgres_keeper(_postgres: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(_postgres + "/postgres", autocommit=True) as connection:
        yield connection


@pytest.fixture
def postgres_url(_postgres: str, _postgres_keeper: psycopg.Connection) -> Iterator[str]:
    """A migrated, empty PostgreSQL database of the test's own."""
    name = f"test_{next(_numbers)}"
    _postgres_keeper.execute(f"CREATE DATABASE {name} TEMPLATE template_dealdesk")
    yield f"{_postgres}/{name}"
    _postgres_keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of the test's own, on each engine in turn."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(fixture))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on each engine in turn."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """A store on SQLite alone, where the engine does not matter."""
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def factory(store: Store, now: datetime) -> Factory:
    """Makes a workspace and what is in it, on each engine in turn."""
    return Factory(store, now)


@pytest.fixture
def sqlite_factory(sqlite_store: Store, now: datetime) -> Factory:
    """Makes a workspace and what is in it, on SQLite alone."""
    return Factory(sqlite_store, now)
