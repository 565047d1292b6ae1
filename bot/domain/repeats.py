"""Repetitions in local time: on which days, and at which moment of each; every run once a local date."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

Frequency = Literal["daily", "weekdays", "weekly", "monthly", "quarterly"]
WorkingDay = Callable[[date], bool]

_FARTHEST = 366 * 5
"""Days searched for the next run; every rule that can be said has one sooner."""


@dataclass(frozen=True)
class Repeat:
    """When something happens again and again.

    `weekdays` (ISO, Monday = 1) goes with weekly. `month_day` goes with monthly and quarterly: 1 to 31, the
    last day where the month is shorter, -1 for the last; with `counts_working_days` the nth working day.
    `first_on` is the day from which an interval is counted.
    """

    freq: Frequency
    at: time
    first_on: date
    weekdays: frozenset[int] = frozenset()
    month_day: int = 1
    counts_working_days: bool = False
    interval: int = 1


def moment_on(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which local clocks show `at` on the day.

    A time that a change of clocks skips becomes the next moment that exists; of two it is the first.
    """
    local = datetime.combine(day, at, zone)
    while local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        local += timedelta(minutes=1)
    return local.astimezone(UTC)


def runs_after(repeat: Repeat, after: datetime, zone: tzinfo, is_working: WorkingDay) -> Iterator[datetime]:
    """The moments later than `after`, in UTC, one for each local date on which it runs."""
    day = max(after.astimezone(zone).date() - timedelta(days=1), repeat.first_on)
    for _ in range(_FARTHEST):
        if _runs_on(repeat, day, is_working):
            moment = moment_on(day, repeat.at, zone)
            # A date that a zone skipped whole (Apia, 30 December 2011) has no moment of its own.
            if moment > after and moment.astimezone(zone).date() == day:
                yield moment
        day += timedelta(days=1)


def _runs_on(repeat: Repeat, day: date, is_working: WorkingDay) -> bool:
    return _fits(repeat, day, is_working) and _steps(repeat, day, is_working) % repeat.interval == 0


def _fits(repeat: Repeat, day: date, is_working: WorkingDay) -> bool:
    match repeat.freq:
        case "daily":
            return True
        case "weekdays":
            return is_working(day)
        case "weekly":
            return day.isoweekday() in repeat.weekdays
        case "quarterly" if day.month % 3 != (0 if repeat.month_day < 0 else 1):
            return False
    return day == _day_of_month(repeat, day, is_working)


def _day_of_month(repeat: Repeat, day: date, is_working: WorkingDay) -> date | None:
    length = monthrange(day.year, day.month)[1]
    days = [day.replace(day=number) for number in range(1, length + 1)]
    if repeat.counts_working_days:
        days = [each for each in days if is_working(each)]
    if not days:
        return None
    return days[-1] if repeat.month_day < 0 or repeat.month_day > len(days) else days[repeat.month_day - 1]


def _steps(repeat: Repeat, day: date, is_working: WorkingDay) -> int:
    """How many days, weeks, months or quarters lie between the first run and this day."""
    if repeat.interval == 1:
        return 0
    first = repeat.first_on
    while not _fits(repeat, first, is_working):
        first += timedelta(days=1)
    match repeat.freq:
        case "daily" | "weekdays":
            return (day - first).days
        case "weekly":
            return (
                (day - timedelta(days=day.weekday())) - (first - timedelta(days=first.weekday()))
            ).days // 7
    months = (day.year - first.year) * 12 + day.month - first.month
    return months // 3 if repeat.freq == "quarterly" else months
