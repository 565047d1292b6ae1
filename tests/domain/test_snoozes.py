"""Laws of what is offered for putting a reminder off."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.snoozes import Snooze, snoozes

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-23 10:00", {"afternoon": "2026-11-23 14:00", "tomorrow": "2026-11-24 09:00"}),
        ("2026-11-23 13:00", {"tomorrow": "2026-11-24 09:00"}),
        ("2026-11-27 16:00", {"tomorrow": "2026-11-28 09:00", "workday": "2026-11-30 09:00"}),
    ],
)
def test_what_makes_sense_at_the_hour_is_offered(now: str, offered: dict[str, str]) -> None:
    found = snoozes(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI), lambda day: day.isoweekday() < 6)
    assert {str(name): f"{at:%Y-%m-%d %H:%M}" for name, at in found.items()} == offered
    assert list(found) == sorted(found, key=lambda name: list(Snooze).index(name))
