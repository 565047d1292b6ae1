"""Tasks that come again: the next one's day or moment, with days off left out, until a day or a count."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from bot.domain.repeats import Frequency, Repeat, moment_on, runs_after

_LONGEST_HOLIDAY = 30
"""Days looked through for the next working day."""


@dataclass(frozen=True)
class TaskRepeat:
    """When a task comes again, in its assignee's local time; its names are a schedule's."""

    freq: Frequency
    first_on: date
    """From which day an interval is counted."""
    local_time: str | None = None
    """HH:MM; None for a whole day."""
    weekdays: str = ""
    month_day: int | None = None
    counts_working_days: bool = False
    interval: int = 1
    until: date | None = None
    left: int | None = None
    """How many more come after the present one; None where nobody counts."""
    said: str = ""
    """As somebody typed it."""
    on_days_off: bool = False
    """Daily ones come on days off too."""

    def as_json(self) -> dict[str, Any]:
        """As its column keeps it."""
        kept = asdict(self)
        return kept | {
            "first_on": self.first_on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "TaskRepeat":
        """What as_json kept."""
        until = date.fromisoformat(kept["until"]) if kept.get("until") else None
        return cls(**(kept | {"first_on": date.fromisoformat(kept["first_on"]), "until": until}))

    def following(self) -> "TaskRepeat":
        """The rule of the task that comes next."""
        return self if self.left is None else replace(self, left=self.left - 1)


def next_due(
    rule: TaskRepeat,
    *,
    after: date | datetime | None,
    now: datetime,
    zone: tzinfo,
    is_working: Callable[[date], bool],
    working_weekdays: frozenset[int],
) -> date | datetime | None:
    """The next moment, or day, later than `after` and not over yet; None where the rule has ended.

    A day off is no day for a task: a daily one leaves it out, others wait for the next working day, unless
    the weekday itself is one that nobody works on, such as every Saturday.
    """
    if rule.left is not None and rule.left <= 0:
        return None
    for run in runs_after(_repeat(rule), _start(rule, after, now, zone), zone, is_working):
        local = run.astimezone(zone).date()
        if not is_working(local) and not _is_meant(rule, working_weekdays):
            if rule.freq == "daily":
                continue
            local = _next_working(local, is_working)
        if rule.until is not None and local > rule.until:
            return None
        if isinstance(after, date) and local <= _day(after, zone):
            continue
        return moment_on(local, time.fromisoformat(rule.local_time), zone) if rule.local_time else local
    return None


def _start(rule: TaskRepeat, after: date | datetime | None, now: datetime, zone: tzinfo) -> datetime:
    """The last moment that is no longer of interest."""
    today = now.astimezone(zone).date()
    if rule.local_time:
        return max(after, now) if isinstance(after, datetime) else now
    day = max(today, _day(after, zone) + timedelta(days=1)) if after else today
    return datetime.combine(day, time(), zone).astimezone(UTC) - timedelta(minutes=1)


def _day(after: date | datetime, zone: tzinfo) -> date:
    return after.astimezone(zone).date() if isinstance(after, datetime) else after


def _repeat(rule: TaskRepeat) -> Repeat:
    return Repeat(
        freq=rule.freq,
        at=time.fromisoformat(rule.local_time) if rule.local_time else time(),
        first_on=rule.first_on,
        weekdays=frozenset(int(digit) for digit in rule.weekdays),
        month_day=rule.month_day or 1,
        counts_working_days=rule.counts_working_days,
        interval=rule.interval,
    )


def _is_meant(rule: TaskRepeat, working_weekdays: frozenset[int]) -> bool:
    if rule.freq == "daily":
        return rule.on_days_off
    return rule.freq == "weekly" and not working_weekdays & {int(digit) for digit in rule.weekdays}


def _next_working(day: date, is_working: Callable[[date], bool]) -> date:
    ahead = (day + timedelta(days=away) for away in range(1, _LONGEST_HOLIDAY))
    return next((each for each in ahead if is_working(each)), day)
