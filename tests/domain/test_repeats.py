"""Laws of repetitions: exactly one run a local date, whatever clocks and months do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.domain.repeats import Repeat, moment_on, runs_after

ZONES = [
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "America/Havana",
]
"""Among them zones whose clocks change at midnight, and one that changes by half an hour."""


def monday_to_friday(day: date) -> bool:
    return day.isoweekday() < 6


def local_runs(repeat: Repeat, zone: str, start: date) -> Iterator[datetime]:
    tz = ZoneInfo(zone)
    begin = datetime.combine(start, time(), tz) - timedelta(seconds=1)
    return (moment.astimezone(tz) for moment in runs_after(repeat, begin, tz, monday_to_friday))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 30), time(9)], ids=str)
def test_a_daily_run_comes_exactly_once_each_local_date(zone: str, at: time) -> None:
    start = date(2026, 1, 1)
    runs = [moment.date() for moment in islice(local_runs(Repeat("daily", at, start), zone, start), 730)]
    assert runs == [start + timedelta(days=index) for index in range(730)]


def test_a_time_that_does_not_exist_becomes_the_next_moment_that_does() -> None:
    tz = ZoneInfo("America/New_York")
    moment = moment_on(date(2026, 3, 8), time(2, 30), tz)
    assert moment == datetime(2026, 3, 8, 3, 0, tzinfo=tz)


def test_a_repeated_hour_runs_the_first_time_alone() -> None:
    tz = ZoneInfo("America/New_York")
    assert moment_on(date(2026, 11, 1), time(1, 30), tz) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_date_that_a_zone_skipped_has_no_run() -> None:
    start = date(2011, 12, 29)
    runs = local_runs(Repeat("daily", time(9), start), "Pacific/Apia", start)
    assert [moment.date() for moment in islice(runs, 2)] == [date(2011, 12, 29), date(2011, 12, 31)]


@pytest.mark.parametrize(
    ("repeat", "days"),
    [
        (
            Repeat("weekly", time(9), date(2026, 1, 1), weekdays=frozenset([1, 5])),
            ["01-02", "01-05", "01-09"],
        ),
        (Repeat("weekdays", time(9), date(2026, 1, 3)), ["01-05", "01-06", "01-07"]),
        (Repeat("monthly", time(9), date(2026, 1, 1), month_day=31), ["01-31", "02-28", "03-31"]),
        (Repeat("monthly", time(9), date(2026, 1, 1), month_day=-1), ["01-31", "02-28", "03-31"]),
        (
            Repeat("monthly", time(9), date(2026, 1, 1), month_day=-1, counts_working_days=True),
            ["01-30", "02-27", "03-31"],
        ),
        (
            Repeat("monthly", time(9), date(2026, 1, 1), month_day=1, counts_working_days=True),
            ["01-01", "02-02", "03-02"],
        ),
        (Repeat("quarterly", time(9), date(2026, 1, 2), month_day=1), ["04-01", "07-01", "10-01"]),
        (Repeat("quarterly", time(9), date(2026, 1, 2), month_day=-1), ["03-31", "06-30", "09-30"]),
        (
            Repeat("weekly", time(9), date(2026, 1, 3), weekdays=frozenset([1]), interval=2),
            ["01-05", "01-19", "02-02"],
        ),
        (
            Repeat("monthly", time(9), date(2026, 1, 20), month_day=15, interval=2),
            ["02-15", "04-15", "06-15"],
        ),
    ],
)
def test_a_rhythm_runs_on_its_own_days(repeat: Repeat, days: list[str]) -> None:
    runs = islice(local_runs(repeat, "Asia/Shanghai", repeat.first_on), 3)
    assert [f"{moment:%m-%d}" for moment in runs] == days
