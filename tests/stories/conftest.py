"""An office for each story, on each database engine in turn."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.support.office import Office


@pytest.fixture
def office(database_url: str, now: datetime) -> Iterator[Office]:
    """The whole bot, its Slack and its people."""
    opened = Office(database_url, now)
    yield opened
    opened.close()
