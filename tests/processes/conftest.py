"""A pretend Slack with people in it, for bots that are processes of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.playground.slack import PretendSlack
from tests.support.processes import SECRET


class Town:
    """A pretend Slack with Ann, Bo and Ada (its owner), and the channel #sales."""

    def __init__(self) -> None:
        self.slack = PretendSlack(signing_secret=SECRET, ack_seconds=20, trigger_seconds=20).start()
        self.ada = self.slack.add_user("ada", "Ada Admin", tz="UTC", is_admin=True, is_owner=True)
        self.ann = self.slack.add_user("ann", "Ann Lee", tz="UTC")
        self.bo = self.slack.add_user("bo", "Bo Berg", tz="UTC")
        self.sales = self.slack.add_channel("sales")


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """One Slack for the module's stories."""
    made = Town()
    yield made
    made.slack.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder to start commands in."""
    return tmp_path_factory.mktemp("started-here")


_numbers = count(1)


@pytest.fixture(scope="module")
def make_postgres(_postgres: str) -> Iterator[Callable[[], str]]:
    """Makes migrated, empty PostgreSQL databases that live as long as the module."""
    with ExitStack() as dropping:

        def make() -> str:
            name = f"processes_{next(_numbers)}"
            with psycopg.connect(_postgres + "/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template_dealdesk")
            dropping.callback(_drop, _postgres, name)
            return f"{_postgres}/{name}"

        yield make


def _drop(base: str, name: str) -> None:
    with psycopg.connect(base + "/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
