"""An office for each story, on both engines and through both of Slack's doors."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.jobs import Worker
from bot.store.clock import clock_of
from tests.payloads.validator import problems_of_journal
from tests.support.office import Office

PLACES = [("sqlite", "http"), ("postgresql", "socket")]
OTHER_PLACES = [("sqlite", "socket"), ("postgresql", "http")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "office" in metafunc.fixturenames:
        other = metafunc.config.getoption("--other-doors", default=False)
        metafunc.parametrize("place", OTHER_PLACES if other else PLACES, ids="-".join)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The engine and the door."""
    engine, door = request.param
    return engine, door


@pytest.fixture
def office(
    request: pytest.FixtureRequest, place: tuple[str, str], now: datetime, tmp_path: Path
) -> Iterator[Office]:
    """The whole bot, its Slack and its people. All that crosses the border is as Slack's reference says."""
    engine, door = place
    url = request.getfixturevalue("sqlite_url" if engine == "sqlite" else "postgres_url")
    journal = tmp_path / "journal.jsonl"
    opened = Office(url, now, door=door, journal=journal)
    yield opened
    opened.close()
    assert problems_of_journal(journal) == []


@pytest.fixture
def worker(office: Office) -> Iterator[Worker]:
    """The bot's own worker, ticked by the test; it pauses between no two messages of a channel."""
    bot = office.bot
    built = Worker(
        bot.store,
        bot.clock,
        lambda slack_team_id: bot.tokens.client(slack_team_id, timeout_s=5),
        bot.environment,
        machine=clock_of(bot.store),
        pace=timedelta(0),
    )
    yield built
    built.stop()
