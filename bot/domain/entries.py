"""Entries of a calendar, whichever program shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class CalendarEntry:
    """Something at a moment (aware) or on a whole day."""

    uid: str
    """The same for ever, so that a program replaces the entry instead of adding another."""
    sequence: int
    """Counts its changes."""
    made_at: datetime
    changed_at: datetime
    starts: date | datetime
    summary: str
    about: str = ""
    lasts: timedelta = timedelta(minutes=30)
    """Of a moment; a day lasts a day."""
    rings: timedelta | None = None
    """How long after its start an alarm rings; None for none."""
    priority: int | None = None
    """1 is the highest, 5 normal, 9 the lowest, as iCalendar counts; None where nobody said."""
    is_cancelled: bool = False
    is_busy: bool = False
    """It takes up its time, so that others see its owner busy."""
