"""Days and times that do not exist, by their form: 31 Feb, 2026-13-01, 12月32日, 25:00, 13pm.

They are found so that no piece of them is read as another date.
"""

from dataclasses import dataclass
from datetime import date
from re import Match
from typing import Any, Literal

from bot.language.numerals import Num
from bot.language.rules.periods import month_span
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context, Span, choose, day_of

Figures = tuple[tuple[int, ...], Match[str]]


@dataclass(frozen=True)
class Lacking:
    """What the calendar or the clock lacks: `last` is the last day of the month that was meant, if any.

    `loose` where the number may as well count what follows it: "Dec 50 seats".
    """

    what: Literal["day", "month", "time"]
    last: date | None = None
    loose: bool = False


def _lacking(context: Context, month: int, day: int, year: int | None) -> Lacking | None:
    """What is wrong with a day of a month, of the coming one where no year is said."""
    if not 1 <= month <= 12:
        return Lacking("month")
    if any(day_of(each, month, day) for each in ((year,) if year else (2024, 2025))):
        return None
    near = year or context.today.year + (month < context.today.month)
    after = month_span(near, month)[1]
    return Lacking("day", date.fromordinal(after.toordinal() - 1), day > 31)


@rule("any_mon", "month <dot>?")
def _named_month(context: Context, month: int) -> int:
    return month


@rule("any_mon", "num <month_mark>")
def _any_month(context: Context, num: Num) -> int | None:
    return num.value if num.width <= 2 else None


@rule("any_dom", "ord", "<the> ord", "num <day_mark>")
def _any_day(context: Context, day: int | Num) -> tuple[int, bool] | None:
    """A day by its mark, whatever its number."""
    value = day.value if isinstance(day, Num) else day
    return (value, True) if value <= 99 else None


@rule("any_dom", "num", "<the> num")
def _any_number(context: Context, num: Num) -> tuple[int, bool] | None:
    return (num.value, num.value <= 31) if 1 <= num.width <= 2 and num.value else None


Day = tuple[int, bool]


@rule("lacking_date", "any_mon <sep>? any_dom", "any_mon <sep>? any_dom <sep>? year")
def _month_first(context: Context, month: int, day: Day, year: int | None = None) -> Lacking | None:
    found = _lacking(context, month, day[0], year)
    return Lacking(found.what, found.last, not day[1] and year is None) if found else None


@rule("lacking_date", "any_dom <sep>? named_mon", "any_dom <sep>? named_mon <sep>? whichyear")
@rule("lacking_date", "any_dom <of> named_mon", "any_dom <of> named_mon <sep>? whichyear")
def _day_first(context: Context, day: Day, month: int, year: int | None = None) -> Lacking | None:
    if not day[1] and day[0] > 39:
        return None  # "sold 50 Dec" may be anything
    found = _lacking(context, month, day[0], year)
    return Lacking(found.what, found.last) if found else None


@rule("lacking_date", "whichyear <sep>? any_mon <sep>? any_dom")
def _year_first(context: Context, year: int, month: int, day: Day) -> Lacking | None:
    return _month_first(context, month, day, year)


@rule("lacking_date", "whichyear num <month_mark>")
def _year_month(context: Context, year: int, num: Num) -> Lacking | None:
    """2026年13月."""
    return None if 1 <= num.value <= 12 else Lacking("month")


@rule("lacking_date", "ymd")
def _ymd(context: Context, figures: Figures) -> Lacking | None:
    parts = [int(part) for part in figures[1].groups() if part and part.isdigit()]
    return _lacking(context, parts[1], parts[2], parts[0]) if len(figures[1][0]) > 8 else None


@rule("lacking_date", "xxy")
def _xxy(context: Context, figures: Figures) -> Lacking | None:
    first, _, second, short, full = figures[1].groups()
    return _either(context, int(first), int(second), int(full) if full else 2000 + int(short))


@rule("lacking_date", "xx")
def _xx(context: Context, figures: Figures) -> Lacking | None:
    """31/4; but 50/50 is no date at all."""
    first, second = figures[0]
    return (
        _either(context, first, second, None)
        if min(first, second) <= 12 and max(first, second) <= 31
        else None
    )


def _either(context: Context, first: int, second: int, year: int | None) -> Lacking | None:
    month_first, day_first = _lacking(context, first, second, year), _lacking(context, second, first, year)
    if month_first is None or day_first is None:
        return None
    return next((each for each in (day_first, month_first) if each.what == "day"), Lacking("month"))


@rule("lacking_date", "month_said any_dom", "month_relative any_dom")
def _month_relative_first(context: Context, of: Span, day: Day) -> Lacking | None:
    """下个月31号 of a month that has 30."""
    start, end = choose(of, context)[0]
    last = date.fromordinal(end.toordinal() - 1) if end else start
    return Lacking("day", last) if day[1] and len(of.options) == 1 and not 1 <= day[0] <= last.day else None


@rule("lacking_date", "any_dom month_relative")
def _month_relative_last(context: Context, day: Day, of: Span) -> Lacking | None:
    return _month_relative_first(context, of, day)


@rule("lacking_clock", "hms", "hms <am>", "hms <pm>", "part hms")
def _hms(context: Context, *values: Any) -> Lacking | None:
    figures: Figures = next(value for value in values if isinstance(value, tuple))
    hour, minute, second = (*figures[0], 0)[:3]
    fits = hour < 24 and minute < 60 and second < 60
    return None if fits or (hour == 24 and minute == second == 0) else Lacking("time")


@rule("lacking_clock", "num <am>", "num <pm>")
def _half_of_day(context: Context, num: Num) -> Lacking | None:
    """13pm; 0am and 12am are said."""
    return Lacking("time") if 13 <= num.value <= 99 and num.width == 2 else None


@rule("lacking_hour", "part? num <dian>")
def _dian(context: Context, part: str | None, num: Num) -> Lacking | None:
    return Lacking("time") if 24 < num.value <= 99 else None


@rule("lacking_clock", "part num <dian>", "num <dian> num <fen>", "part num <dian> num <fen>?")
def _dian_fen(context: Context, *values: Any) -> Lacking | None:
    numbers = [value.value for value in values if isinstance(value, Num)]
    return Lacking("time") if 24 < numbers[0] <= 99 or (len(numbers) > 1 and numbers[1] > 59) else None


@rule("lacking_when", "lacking_day", "lacking_day clock", "lacking_day part", "lacking_day part_day")
def _day_and_time(context: Context, lacking: Lacking, *more: Any) -> Lacking:
    return lacking


@rule("lacking_day", "lacking_date", "lacking_date weekday", "lacking_date <before>")
def _day(context: Context, lacking: Lacking, weekday: int | None = None) -> Lacking:
    return lacking


@rule("lacking_day", "weekday lacking_date")
def _weekday_first(context: Context, weekday: int, lacking: Lacking) -> Lacking:
    return lacking


@rule("lacking_when", "lacking_clock", "lacking_clock <before>", "lacking_clock lacking_day")
def _clock(context: Context, lacking: Lacking, *more: Any) -> Lacking:
    return lacking


@rule("lacking_when", "date lacking_clock", "date lacking_hour", "part_day lacking_hour")
@rule("lacking_when", "lacking_day lacking_clock", "lacking_day lacking_hour")
def _day_then_clock(context: Context, day: Any, lacking: Lacking) -> Lacking:
    return day if isinstance(day, Lacking) else lacking


@rule("lacking_when", "lacking_clock date")
def _clock_then_day(context: Context, lacking: Lacking, day: Span) -> Lacking:
    return lacking


@rule("lacking_whole", "lacking_when", "lacking_hour")
def _whole(context: Context, lacking: Lacking, *more: Clock) -> Lacking:
    return lacking
