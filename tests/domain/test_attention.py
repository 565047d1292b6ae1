"""Laws of when somebody may be disturbed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.attention import Attention

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Attention(BERLIN, time(22), time(8))


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "free"),
    [
        ("2026-11-23 21:59", "2026-11-23 21:59"),
        ("2026-11-23 22:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(now: str, free: str) -> None:
    assert NIGHT.free_from(_local(now)) == _local(free)


def test_quiet_hours_end_at_their_local_time_on_the_days_of_a_change_of_clocks() -> None:
    for day in (date(2026, 3, 28), date(2026, 10, 24)):
        free = NIGHT.free_from(datetime.combine(day, time(23), BERLIN))
        assert free.astimezone(BERLIN) == datetime.combine(day + timedelta(days=1), time(8), BERLIN)


def test_quiet_hours_inside_a_day_end_on_it() -> None:
    lunch = Attention(ZoneInfo("UTC"), time(12), time(13, 30))
    assert lunch.free_from(datetime(2026, 11, 23, 12, 10, tzinfo=UTC)) == datetime(
        2026, 11, 23, 13, 30, tzinfo=UTC
    )


def test_whoever_is_away_is_told_when_their_first_working_day_begins() -> None:
    away = Attention(
        BERLIN, time(22), time(8), is_away=lambda day: day <= date(2026, 11, 27),
        is_working=lambda day: day.isoweekday() <= 5, starts=time(9),
    )  # fmt: skip
    assert away.free_from(_local("2026-11-23 10:00")) == _local("2026-11-30 09:00")
    # An absence that begins when the night ends.
    night = Attention(BERLIN, time(22), time(8), is_away=lambda day: day == date(2026, 11, 24))
    assert night.free_from(_local("2026-11-23 23:00")) == _local("2026-11-25 09:00")
