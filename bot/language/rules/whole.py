"""A whole expression: any of the phrases that a person may type for a day, a moment or a period."""

from bot.language.rules.start import rule
from bot.language.spans import Context, Meaning, Span


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


@rule(
    "deadline", "<before> date", "<before> moment", "date <before>", "moment <before>", "part_of_day <before>"
)
def _deadline(context: Context, meaning: Meaning) -> Meaning:
    """ "before Friday", 周五前, 下午3点前: that is the last day or moment for it."""
    return meaning


@rule("deadline", "clock <before>", "<before> clock")
def _deadline_clock(context: Context, meaning: Meaning) -> Meaning:
    return meaning


@rule("sure", "shared", "sure_date", "sure_moment")
def _sure(context: Context, meaning: Meaning) -> Meaning:
    """What the words mean whatever else they could: "May 3 to 5" has both ends in May."""
    return meaning


@rule("when", "bare_year")
def _near_year(context: Context, year: Span) -> Span | None:
    """A bare number is a year only where it is near; 1999 may as well be a price."""
    return year if abs(year.options[0][0].year - context.today.year) <= 10 else None


@rule("line_when", "deadline", "moment", "date", "clock", "instant", "any_period", "part_of_day")
def _line_when(context: Context, meaning: Meaning) -> Meaning:
    """What a line's words may say of time: days and moments, no ranges."""
    return meaning
