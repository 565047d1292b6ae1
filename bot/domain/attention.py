"""When somebody may be disturbed: not in their quiet hours, and not while they are away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.repeats import moment_on

_LONGEST = 400
"""Days looked ahead for one on which they are there."""


@dataclass(frozen=True)
class Attention:
    """One person's hours, in their own zone. `starts` is when their working day begins."""

    zone: ZoneInfo
    quiet_from: time | None = None
    quiet_until: time | None = None
    is_away: Callable[[date], bool] = lambda day: False
    is_working: Callable[[date], bool] = lambda day: True
    starts: time = time(9)

    def free_from(self, moment: datetime) -> datetime:
        """The first moment from this one on at which they may be told; this one where they may be now.

        Out of quiet hours it is their end; back from an absence the start of the first working day.
        """
        local = moment.astimezone(self.zone)
        if self.is_away(local.date()):
            return self._back(local.date())
        until = self._quiet_until(local)
        if until is None:
            return moment
        return self._back(until.date()) if self.is_away(until.date()) else moment_on(
            until.date(), until.time(), self.zone
        )  # fmt: skip

    def _quiet_until(self, local: datetime) -> datetime | None:
        """When the quiet hours end in which a local moment lies; None outside of them."""
        first, last = self.quiet_from, self.quiet_until
        if first is None or last is None or first == last:
            return None
        at, day = local.time(), local.date()
        if first < last:
            return datetime.combine(day, last) if first <= at < last else None
        if at >= first:
            return datetime.combine(day + timedelta(days=1), last)
        return datetime.combine(day, last) if at < last else None

    def _back(self, day: date) -> datetime:
        """The start of the first working day on which they are there; tomorrow's where nobody knows."""
        for number in range(1, _LONGEST):
            on = day + timedelta(days=number)
            if not self.is_away(on) and self.is_working(on):
                return moment_on(on, self.starts, self.zone)
        return moment_on(day + timedelta(days=1), self.starts, self.zone)
