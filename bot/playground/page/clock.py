"""The jumps that the page's clock offers."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.playground.page.cast import ClockControl
from bot.playground.page.reader import Reader


@dataclass(frozen=True)
class Jump:
    """A move of the clock: `to` is None where there is nothing to move to."""

    value: str
    label: str
    to: datetime | None
    shown: str


@dataclass(frozen=True)
class ClockFace:
    """The clock as one reader sees it; `local` is now as a datetime-local field holds it."""

    now: datetime
    text: str
    local: str
    next_due: datetime | None
    jumps: tuple[Jump, ...]


def jump_target(value: str, reader: Reader, next_due: datetime | None) -> datetime | None:
    """Where a jump leads: next, hour, tomorrow, monday, or a local ISO moment. None where that is nowhere."""
    here = reader.local(reader.now)
    if value == "next":
        return next_due
    if value == "hour":
        return reader.now + timedelta(hours=1)
    if value in ("tomorrow", "monday"):
        days = 1 if value == "tomorrow" else 7 - here.weekday()
        return datetime.combine(here.date() + timedelta(days=days), time(9), reader.zone)
    try:
        return datetime.fromisoformat(value).replace(tzinfo=reader.zone)
    except ValueError:
        return None


def clock_face(control: ClockControl, reader: Reader) -> ClockFace:
    """The clock and its jumps for one reader."""
    next_due = control.next_due()
    labels = {
        "next": reader.say("To the next reminder"),
        "hour": reader.say("One hour on"),
        "tomorrow": reader.say("Tomorrow 09:00"),
        "monday": reader.say("Monday 09:00"),
    }
    jumps = []
    for value, label in labels.items():
        to = jump_target(value, reader, next_due)
        shown = reader.soon(to) if to else reader.say("nothing is due")
        jumps.append(Jump(value, label, to, shown))
    local = reader.local(reader.now)
    return ClockFace(
        reader.now, local.strftime("%m-%d %H:%M"), local.strftime("%Y-%m-%dT%H:%M"), next_due, tuple(jumps)
    )
