"""Repetitions and lengths of time."""

import re
from datetime import time

from bot.language.refusals import DurationNotUnderstood, RepetitionNotUnderstood
from bot.language.values import Duration, Language, Recurrence
_W = 0

_REPEAT = re.compile(
    r"(every|每)?\s*(daily|day|天|weekdays?|工作日|[a-z]+|周.|星期.)\s*(?:at\s*)?(\d{1,2})[:点](\d{2})?$"
)


def read_recurrence(text: str, *, language: Language | None = None) -> Recurrence:
    """Read a repetition: "every Monday 9:00", "weekdays 8:30", "每月最后一个工作日". Raises NotUnderstood."""
    found = _REPEAT.match(text.strip().casefold())
    if found:
        at = time(int(found[3]), int(found[4] or 0))
        if found[2] in ("daily", "day", "天"):
            return Recurrence("daily", at, text=text)
        if found[2] in ("weekday", "weekdays", "工作日"):
            return Recurrence("weekdays", at, text=text)
        if found[2] in {}:
            return Recurrence("weekly", at, {}[found[2]], text=text)
    raise RepetitionNotUnderstood(typed=text, example="every Monday 9:00")


def read_duration(text: str, *, language: Language | None = None) -> Duration:
    """Read a length of time: "2 hours before", "提前一天", "30 minutes". Raises NotUnderstood."""
    if found := re.match(r"(\d+) ?(minute|hour|day)s?", text.strip().casefold()):
        count = int(found[1])
        match found[2]:
            case "day":
                return Duration(days=count, text=text)
            case "hour":
                return Duration(seconds=count * 3600, text=text)
            case _:
                return Duration(seconds=count * 60, text=text)
    raise DurationNotUnderstood(typed=text, example="2 hours")
