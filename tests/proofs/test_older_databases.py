"""Proof: a schedule and a reminder written under any earlier version of the tables outlive the upgrade.

And no name of a function is kept, so that renaming one loses nothing. PROOF_EVERY_VERSION=1 takes every
version on both engines, else some of them.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.config import Environment
from bot.jobs import Worker
from bot.playground.slack import PretendSlack
from bot.store import Store
from bot.store.migrating import migrate
from tests.proofs.sizes import done_before, seen, size
from tests.support.factories import Factory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCRIPTS = Path(__file__).parents[2] / "bot/store/migrations"


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


REVISIONS = [script.revision for script in reversed(list(_scripts().walk_revisions()))]
_EVERY = {"sqlite": 6, "postgresql": 12} if not size("PROOF_EVERY_VERSION", 0) else {}
CASES = [
    (engine, revision)
    for engine in ("sqlite", "postgresql")
    for revision in REVISIONS[:: -_EVERY.get(engine, 1)]
]
"""The newest version, and back from it in steps."""


@pytest.fixture
def empty_store(
    tmp_path: Path, _postgres: str, _postgres_keeper: psycopg.Connection
) -> Iterator[Callable[[str], Store]]:
    """Makes a store without tables on an engine."""
    made: list[Store] = []

    def make(engine: str) -> Store:
        if engine == "postgresql":
            _postgres_keeper.execute("CREATE DATABASE older")
        made.append(Store(f"sqlite:///{tmp_path}/old.db" if engine == "sqlite" else f"{_postgres}/older"))
        return made[-1]

    yield make
    for store in made:
        store.close()
    _postgres_keeper.execute("DROP DATABASE IF EXISTS older WITH (FORCE)")


def _at_revision(store: Store, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _insert(store: Store, table_name: str, **values: Any) -> None:
    """A row of a table as it is now; what must be there and is not named gets the plainest value."""
    plain: dict[type, Any] = {
        str: "", int: 0, bool: False, datetime: _moment(store), dict: {}, float: 0.0,
    }  # fmt: skip
    with store.engine.begin() as connection:
        table = sa.Table(table_name, sa.MetaData(), autoload_with=connection)
        for column in table.columns:
            if not column.nullable and column.server_default is None and column.name not in values:
                values[column.name] = plain.get(column.type.python_type, "")
        connection.execute(table.insert().values(values))
        if not store.is_sqlite:
            # The row has brought its own number: those that follow are counted from it.
            connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table_name}', 'id'), 1)"))


def _moment(store: Store) -> datetime:
    return NOW.replace(tzinfo=None) if store.is_sqlite else NOW


def _write(store: Store, slack: PretendSlack) -> None:
    moment, zone = _moment(store), "UTC"
    ann, sales = slack.add_user("ann", "Ann", tz=zone), slack.add_channel("sales")
    _insert(store, "workspaces", id=1, name="Old", slack_team_id=slack.team.id)
    _insert(
        store, "settings", id=1, workspace_id=1, currency="USD", zone=zone, locale="en-US", version=1,
        working_days="12345", fiscal_start_month=1,
    )  # fmt: skip
    _insert(
        store, "people", id=1, workspace_id=1, name="Ann", slack_user_id=ann.id, locale="en-US", zone=zone,
        role="rep", version=1,
    )  # fmt: skip
    _insert(
        store, "tasks", id=1, workspace_id=1, text="call the old customer", state="open", assignee_id=1,
        creator_id=1, due_at=moment, due_on=moment.date(), version=1,
    )  # fmt: skip
    _insert(
        store, "notices", id=1, workspace_id=1, kind="task_reminder", recipient="person:1", subject="tasks",
        subject_id=1, payload={}, due_at=moment, dedupe_key="old", state="pending",
    )  # fmt: skip
    _insert(
        store, "schedules", id=1, workspace_id=1, kind="performance", slack_channel=sales.id, freq="daily",
        local_time="09:00", zone=zone, locale="en-US", interval=1, next_at=moment, creator_id=1, version=1,
    )  # fmt: skip


@pytest.mark.parametrize(("engine", "revision"), CASES)
def test_what_an_older_version_wrote_is_sent_by_this_one(
    empty_store: Callable[[str], Store], engine: str, revision: str
) -> None:
    if done_before("older databases", f"{engine} {revision}"):
        return
    store = empty_store(engine)
    with PretendSlack() as slack:
        _at_revision(store, revision)
        _write(store, slack)
        migrate(store)
        environment = Environment(slack_bot_token="xoxb-pretend", slack_api_url=slack.api_url)
        from slack_sdk import WebClient

        client = WebClient(token=slack.team.token, base_url=slack.api_url)
        worker = Worker(store, lambda: NOW + timedelta(minutes=1), lambda _team: client, environment)
        worker.tick()
        worker.stop()
        (reminder,) = slack.dm("ann")
        digests = [message for message in slack.messages("sales") if not message.files]
        said = [reminder.text, *[digest.text for digest in digests]]
    seen("older databases", part=f"{engine} {revision}", reminders=1, digests=len(digests))
    assert "call the old customer" in said[0]
    assert len(digests) == 1
    assert _names_of_ours(store) == []


def _names_of_ours(store: Store) -> list[str]:
    """Values that look like the name of something in this program."""
    found = []
    with store.engine.begin() as connection:
        for name in ("notices", "schedules", "holds"):
            rows = connection.execute(sa.text(f"SELECT * FROM {name}")).mappings()
            found += [f"{name}: {value}" for row in rows for value in row.values() if "bot." in str(value)]
    return found


def test_a_schedule_that_is_written_names_no_function(sqlite_store: Store, sqlite_factory: Factory) -> None:
    assert _names_of_ours(sqlite_store) == []
