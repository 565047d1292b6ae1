"""Until when somebody may put a reminder off at one press: what makes sense at this hour of this day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

AFTERNOON = time(14)
_MORNING_ENDS = time(12, 30)
_LONGEST = 60


class Snooze(StrEnum):
    """A moment by its name; any other is typed."""

    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"
    WORKDAY = "workday"
    """The next working day, where that is not tomorrow."""


def snoozes(
    now: datetime, is_working: Callable[[date], bool], starts: time = time(9)
) -> dict[Snooze, datetime]:
    """The moments that are offered at a local moment, the nearest first."""
    today, found = now.date(), {}
    if now.time() < _MORNING_ENDS:
        found[Snooze.AFTERNOON] = datetime.combine(today, AFTERNOON, now.tzinfo)
    tomorrow = today + timedelta(days=1)
    found[Snooze.TOMORROW] = datetime.combine(tomorrow, starts, now.tzinfo)
    days = (today + timedelta(days=number) for number in range(1, _LONGEST))
    workday = next((day for day in days if is_working(day)), tomorrow)
    if workday != tomorrow:
        found[Snooze.WORKDAY] = datetime.combine(workday, starts, now.tzinfo)
    return found
