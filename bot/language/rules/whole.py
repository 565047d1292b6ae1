"""A whole expression: any of the phrases that a person may type for a day, a moment or a period."""

from dataclasses import replace
from typing import Any

from bot.language.rules.edges import edge
from bot.language.rules.periods import unit_span
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context, Instant, Meaning, Moment, Span, choose, later, one_day
from bot.language.values import Duration


@rule(
    "when",
    "deadline",
    "moment",
    "date",
    "clock",
    "instant",
    "any_period",
    "stretch",
    "range",
    "up_to_now",
    "part_of_day",
)
def _when(context: Context, meaning: Meaning) -> Meaning:
    return meaning


@rule("when", "edge <or> edge", "clock <or> clock", "bare_clock <or> clock")
def _either(context: Context, first: Meaning, last: Meaning) -> list[Meaning]:
    """ "Jan or Feb", 周三或周四, "3 or 4pm": either is meant, so both are asked."""
    if isinstance(first, Clock) and isinstance(last, Clock) and first.open and not last.open:
        hour = first.hour % 12 + (12 if last.hour >= 12 else 0)
        first = replace(first, hour=hour, open=False, grain=last.grain, zone=last.zone)
    if isinstance(first, Span) and isinstance(last, Span) and last.cycle == "week":
        start = choose(first, context)[0][0]  # "next Tue or Wed" are of one week
        last = one_day(next((day for day, _ in last.options if day > start), last.options[-1][0]))
        first = one_day(start) if first.is_day else first
    return [first, last]


@rule("when", "moment <or> clock")
def _either_time(context: Context, first: Moment, last: Clock) -> list[Meaning]:
    """ "Fri 3pm or 4pm"."""
    return [first, replace(first, clock=last)]


@rule(
    "deadline", "<before> date", "<before> moment", "date <before>", "moment <before>", "part_of_day <before>"
)
def _deadline(context: Context, meaning: Meaning) -> Meaning:
    """ "before Friday", 周五前, 下午3点前: that is the last day or moment for it."""
    return meaning


@rule("deadline", "clock <before>", "<before> clock")
def _deadline_clock(context: Context, meaning: Meaning) -> Meaning:
    return meaning


@rule("line_deadline", "<within> dur <from_now>?", "dur <within_after>", "<within> shift dur")
def _within(context: Context, *values: Any) -> Span | Instant | None:
    """ "within 2 weeks", 三个工作日内: the last day for it."""
    dur: Duration = values[-1]
    if len(values) == 2 and values[0] != 1:
        return None
    if dur.seconds:
        return Instant(dur, "minute")
    return one_day(later(context.today, dur, context.working_days))


@rule("line_deadline", "any_period <within_after>", "<within> any_period")
def _within_period(context: Context, of: Span) -> Span | None:
    """这周内, 年内: its last day."""
    return edge(context, of, "end")


@rule("line_deadline", "any_unit <within_after>")
def _within_unit(context: Context, unit: str) -> Span | None:
    of = unit_span(context, unit, 0)
    return edge(context, of, "end") if of and not of.is_day else None


@rule("line_range", "shared", "range")
def _line_range(context: Context, meaning: Meaning) -> Meaning:
    """From one day or hour to another, in a line."""
    return meaning


@rule("sure", "shared", "sure_date", "sure_moment")
def _sure(context: Context, meaning: Meaning) -> Meaning:
    """What the words mean whatever else they could: "May 3 to 5" has both ends in May."""
    return meaning


@rule("when", "bare_year")
def _near_year(context: Context, year: Span) -> Span | None:
    """A bare number is a year only where it is near; 1999 may as well be a price."""
    return year if abs(year.options[0][0].year - context.today.year) <= 10 else None


@rule(
    "line_when",
    "deadline",
    "line_deadline",
    "moment",
    "date",
    "clock",
    "instant",
    "any_period",
    "part_of_day",
)
def _line_when(context: Context, meaning: Meaning) -> Meaning:
    """What a line's words may say of time: days and moments, no ranges."""
    return meaning
