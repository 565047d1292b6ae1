"""Repetitions and lengths of time."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.language.grammar import Unreadable
from bot.language.refusals import Ambiguous, DurationNotUnderstood, RepetitionNotUnderstood
from bot.language.rules import GRAMMAR
from bot.language.spans import Context
from bot.language.text import fold
from bot.language.values import Duration, Language, Recurrence, monday_to_friday

_LONGEST = 120
# Neither a repetition nor a length of time depends on the day it is said.
_ANY_DAY = Context(datetime(2000, 1, 3, tzinfo=UTC).replace(tzinfo=None), None, False, monday_to_friday, 1)


def whole(phrase: str, text: str) -> list[Any]:
    """Every different reading of a whole text as a phrase that does not depend on the day."""
    if len(text) > _LONGEST:
        return []
    try:
        found = GRAMMAR.reader(fold(text).folded, _ANY_DAY).whole(phrase)
    except (Unreadable, RecursionError):
        return []
    return list(dict.fromkeys(found))


def read_recurrence(text: str, *, language: Language | None = None) -> Recurrence:
    """Read a repetition: "every Monday 9:00", "weekdays 8:30", 每周一上午九点, 每月最后一个工作日.

    Nine o'clock where no time is said. Raises NotUnderstood, and Ambiguous for 3 o'clock without am or pm.
    """
    found: list[Recurrence] = whole("repeat", text)
    if not found:
        raise RepetitionNotUnderstood(
            typed=text, example="每周一9:00" if _chinese(text, language) else "every Monday 9:00"
        )
    readings = [replace(each, text=text.strip()) for each in found]
    if len(readings) > 1:
        raise Ambiguous(typed=text, readings=readings)
    return readings[0]


def read_duration(text: str, *, language: Language | None = None) -> Duration:
    """Read a length of time: "2 hours before", 提前一天, "30 minutes", "3 business days". Raises
    NotUnderstood."""
    found: list[Duration] = whole("duration", text)
    if not found:
        raise DurationNotUnderstood(typed=text, example="2小时" if _chinese(text, language) else "2 hours")
    if len(found) > 1:
        raise Ambiguous(typed=text, readings=found)
    return replace(found[0], text=text.strip())


def _chinese(text: str, language: Language | None) -> bool:
    return language == "zh" or any("\u4e00" <= char <= "\u9fff" for char in text[:_LONGEST])
