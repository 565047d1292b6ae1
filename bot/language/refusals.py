"""What the reader refuses: words it cannot read, and words that say two things."""

from collections.abc import Sequence
from typing import Any

from bot.domain.errors import Refusal


class NotUnderstood(Refusal):
    """Nothing that can be read. Values: `typed` (what was typed, cut to 80 characters), `example` (one that
    works)."""

    message = "“{typed}” is not something I can read here. Try: {example}."

    def __init__(self, *, typed: str, example: str, field: str | None = None, **values: Any) -> None:
        shown = typed if len(typed) <= 80 else typed[:79] + "…"
        super().__init__(field=field, typed=shown, example=example, **values)


class DateNotUnderstood(NotUnderstood):
    """The words name no day, moment or period."""

    message = "“{typed}” is not a date I can read. Try: {example}."


class NoSuchDay(NotUnderstood):
    """The calendar has no such day, such as 31 February."""

    message = "There is no such day as “{typed}”. Try: {example}."


class DayBeyondMonth(NoSuchDay):
    """The month is shorter than that. Values: `last`, its last day, too."""

    message = "There is no “{typed}”: the last day of that month is {last}. Try: {example}."


class NoSuchMonth(NoSuchDay):
    """The year has no such month, such as 2026-13-01."""

    message = "There is no “{typed}”: a year has 12 months. Try: {example}."


class NoSuchHour(NotUnderstood):
    """The clock has no such time, such as 25:00 or 13pm."""

    message = (
        "“{typed}” is no time of day: hours go up to 24, up to 12 before am and pm, and minutes up to 59. "
        "Try: {example}."
    )


class NoSuchTime(NotUnderstood):
    """The clock skips this time on that day, because clocks go forward then."""

    message = "“{typed}” does not exist: the clocks go forward then. Try: {example}."


class RepetitionNotUnderstood(NotUnderstood):
    """The words name no repetition."""

    message = "“{typed}” is not a repetition I can read. Try: {example}."


class RepetitionInLine(NotUnderstood):
    """A repetition where one day or moment is wanted."""

    message = "“{typed}” comes again and again; here one day or moment is needed. Try: {example}."


class DurationNotUnderstood(NotUnderstood):
    """The words name no length of time."""

    message = "“{typed}” is not a length of time I can read. Try: {example}."


class AmountNotUnderstood(NotUnderstood):
    """The words name no amount of money."""

    message = "“{typed}” is not an amount I can read. Try: {example}."


class NoMinorUnit(NotUnderstood):
    """Decimals typed for a currency that has none. Values: `currency` too."""

    message = "“{typed}”: {currency} has no decimals. Try: {example}."


class PercentNotUnderstood(NotUnderstood):
    """The words name no percentage or discount."""

    message = "“{typed}” is not a discount I can read. Try: {example}."


class Ambiguous(Refusal):
    """Two or more readings that people really use. `readings` holds them, the likeliest first."""

    message = "“{typed}” can mean more than one thing. Which one is it?"

    def __init__(self, *, typed: str, readings: Sequence[Any], field: str | None = None) -> None:
        super().__init__(field=field, typed=typed if len(typed) <= 80 else typed[:79] + "…")
        self.readings = tuple(readings)
