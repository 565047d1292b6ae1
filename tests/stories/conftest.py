"""An office for each story, on both engines and through both of Slack's doors."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.support.office import Office

PLACES = [("sqlite", "http"), ("postgresql", "socket")]
MORE_PLACES = [("sqlite", "socket"), ("postgresql", "http")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "office" in metafunc.fixturenames:
        more = MORE_PLACES if metafunc.config.getoption("--every-door", default=False) else []
        metafunc.parametrize("place", [*PLACES, *more], ids="-".join)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The engine and the door."""
    engine, door = request.param
    return engine, door


@pytest.fixture
def office(request: pytest.FixtureRequest, place: tuple[str, str], now: datetime) -> Iterator[Office]:
    """The whole bot, its Slack and its people."""
    engine, door = place
    url = request.getfixturevalue("sqlite_url" if engine == "sqlite" else "postgres_url")
    opened = Office(url, now, door=door)
    yield opened
    opened.close()
