"""Days of the calendar: 2026-12-31, Dec 5, 12月5日, the 5th, 5 Dec next year, Friday the 5th."""

from datetime import date, timedelta
from re import Match
from typing import Any

from bot.language.numerals import Num
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, choose, day_of, one_day, yearly

Figures = tuple[tuple[int, ...], Match[str]]


def years(year: int, width: int) -> int | None:
    """The year that was typed: 2026, or 26 for 2026 and 99 for 1999."""
    if width in (0, 4) and 1900 <= year <= 2199:
        return year
    if width == 2:
        return 2000 + year if year < 70 else 1900 + year
    return None


@rule("year", "num <nian>?")
def _year(context: Context, num: Num) -> int | None:
    return num.value if num.width in (0, 4) and 1900 <= num.value <= 2199 else None


@rule("year", "num <nian>")
def _short_year_marked(context: Context, num: Num) -> int | None:
    return years(num.value, num.width) if num.width == 2 else None


@rule("year", "spoken spoken")
def _spoken_year(context: Context, century: Num, rest: Num) -> int | None:
    return century.value * 100 + rest.value if century.value in (19, 20) and 10 <= rest.value <= 99 else None


@rule("year", "short_year")
def _short_year(context: Context, year: int) -> int | None:
    return years(year, 2)


@rule("whichyear", "year")
def _said_year(context: Context, year: int) -> int:
    return year


@rule("whichyear", "year_shift")
def _shifted_year(context: Context, shift: int) -> int:
    return context.today.year + shift


@rule("any_unit", "calendar_unit")
def _calendar_unit(context: Context, unit: str) -> str:
    return unit


@rule("any_unit", "unit")
def _any_unit(context: Context, unit: str) -> str | None:
    """上半年 is the first half of the year, not the half year before."""
    return unit if unit != "half" else None


@rule("whichyear", "shift unit")
def _unit_year(context: Context, shift: int, unit: str) -> int | None:
    return context.today.year + shift if unit == "year" else None


@rule("mon", "month <dot>?")
def _month(context: Context, month: int) -> int:
    return month


@rule("mon", "num <month_mark>")
def _month_figure(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 12 else None


@rule("dom", "mdom")
def _marked_day(context: Context, day: int) -> int:
    return day


@rule("dom", "num")
def _bare_day(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 31 and num.width <= 2 else None


@rule("mdom", "ord", "the ord")
def _ordinal_day(context: Context, *day: int) -> int | None:
    return day[-1] if 1 <= day[-1] <= 31 else None


@rule("mdom", "num <day_mark>", "<the> num")
def _day_figure(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 31 and num.width <= 2 else None


@rule("ymd_date", "ymd")
def _ymd(context: Context, figures: Figures) -> Span | None:
    found = [int(part) for part in figures[1].groups() if part and part.isdigit()]
    day = day_of(found[0], found[1], found[2])
    return one_day(day) if day else None


@rule("ymd_date", "xxy")
def _xxy(context: Context, figures: Figures) -> list[Span] | None:
    """Month first or day first: one reading where only one gives a day, else both."""
    first, _, second, short, full = figures[1].groups()
    last = short or full
    year = years(int(last), len(last))
    if year is None:
        return None
    if figures[1][2] == "." and (dotted := _settled(year, int(second), int(first))):
        return [dotted]  # dots put the day first wherever they are used
    return _either_order(context, int(first), int(second), lambda month, day: _settled(year, month, day))


@rule("ymd_date", "xx")
def _xx(context: Context, figures: Figures) -> list[Span] | None:
    first, second = figures[0]
    if (first, second) == (24, 7):
        return None  # round the clock
    return _either_order(context, first, second, lambda month, day: annual(context, month, day))


@rule("ymd_date", "md")
def _md(context: Context, figures: Figures) -> Span | None:
    """12.20 and 12-20, as Chinese write a day without its year."""
    return annual(context, *figures[0]) if context.language == "zh" else None


def _settled(year: int, month: int, day: int) -> Span | None:
    found = day_of(year, month, day)
    return one_day(found) if found else None


def _either_order(context: Context, first: int, second: int, make: Any) -> list[Span] | None:
    month_first, day_first = make(first, second), make(second, first)
    found: list[Span] = []
    if month_first:
        found.append(Span(month_first.options, "day", month_first.cycle, "mdy"))
    # Chinese always puts the month first; English does either.
    if day_first and not (context.language == "zh" and found) and first != second:
        found.append(Span(day_first.options, "day", day_first.cycle, "dmy"))
    return found or None


def annual(context: Context, month: int, day: int) -> Span | None:
    """A day of the year, for every year that has it."""

    def make(year: int) -> Option | None:
        found = day_of(year, month, day)
        return (found, None) if found else None

    return yearly(context.today, make, "day")


@rule("date", "ymd_date")
def _in_figures(context: Context, span: Span) -> Span:
    return span


@rule("date", "mon <sep>? dom", "mon <sep>? dom <sep>? year")
def _month_day(context: Context, month: int, day: int, year: int | None = None) -> Span | None:
    return _settled(year, month, day) if year else annual(context, month, day)


@rule("named_mon", "month <dot>?")
def _named_month(context: Context, month: int) -> int:
    """Only a named month follows its day: 1-2月 is January and February."""
    return month


@rule("date", "dom <sep>? named_mon", "dom <sep>? named_mon <sep>? whichyear")
@rule("date", "dom <dot> named_mon", "dom <dot> named_mon year")
def _day_month(context: Context, day: int, month: int, year: int | None = None) -> Span | None:
    return _settled(year, month, day) if year else annual(context, month, day)


@rule("date", "whichyear <sep>? mon <sep>? dom")
def _year_month_day(context: Context, year: int, month: int, day: int) -> Span | None:
    return _settled(year, month, day)


@rule("date", "month_day_shifted")
def _shifted(context: Context, span: Span) -> Span:
    return span


@rule("month_day_shifted", "mon dom year_shift", "mon dom shift unit")
def _month_day_which_year(
    context: Context, month: int, day: int, shift: int, unit: str = "year"
) -> Span | None:
    return _settled(context.today.year + shift, month, day) if unit == "year" else None


@rule("date", "mdom")
def _day_of_month(context: Context, day: int) -> Span | None:
    options: list[Option] = []
    for away in range(-12, 14):
        index = context.today.year * 12 + context.today.month - 1 + away
        found = day_of(index // 12, index % 12 + 1, day)
        if found:
            options.append((found, None))
    return Span(tuple(options), "day", "month") if options else None


@rule("date", "away")
def _away(context: Context, days: int) -> Span:
    return one_day(context.today + timedelta(days=days))


@rule("date", "away <within_after>")
def _within_day(context: Context, days: int) -> Span:
    return one_day(context.today + timedelta(days=days))


@rule("date", "weekday")
def _weekday(context: Context, weekday: int) -> Span:
    return weekly(context, weekday)


def weekly(context: Context, weekday: int) -> Span:
    """A day of the week, in the weeks around."""
    first = context.monday + timedelta(days=weekday)
    return Span(tuple((first + timedelta(weeks=away), None) for away in range(-4, 6)), "day", "week")


@rule("sure_date", "dom <sep>? named_mon <sep>? short_number", "dom <dot> named_mon <dot>? short_number")
def _day_month_short(context: Context, day: int, month: int, year: int) -> Span | None:
    """ "15 Jan 27"."""
    return _settled(year, month, day)


@rule("sure_date", "weekday num")
def _weekday_number(context: Context, weekday: int, num: Num) -> Span | None:
    """ "Fri 27", where the 27th near today is a Friday."""
    span = _day_of_month(context, num.value) if 1 <= num.value <= 31 and num.width else None
    reach = (-31, 0) if context.past else (0, 31)
    options = span.options if span else ()
    near = [day for day, _ in options if reach[0] <= (day - context.today).days <= reach[1]]
    fitting = [day for day in near if day.weekday() == weekday]
    return one_day(fitting[0]) if len(fitting) == 1 else None


@rule("sure_date", "md")
def _dashed(context: Context, figures: Figures) -> Span | None:
    """12-25 alone, which has no other order."""
    return annual(context, *figures[0]) if figures[0][1] > 12 and "-" in figures[1][0] else None


@rule("sure_date", "mdom <of_the_month>")
def _of_the_month(context: Context, day: int) -> Span | None:
    """ "the first of the month" to come, or last past: of any month."""
    return _day_of_month(context, day)


@rule("short_number", "num")
def _short_number(context: Context, num: Num) -> int | None:
    year = 2000 + num.value
    return year if num.width == 2 and abs(year - context.today.year) <= 10 else None


@rule("fixed_date", "ymd_date", "whole_date", "mdom_only")
def _fixed(context: Context, span: Span) -> Span:
    return span


@rule("whole_date", "mon <sep>? dom <sep>? year?")
def _fixed_month_day(context: Context, month: int, day: int, year: int | None = None) -> Span | None:
    return _settled(year, month, day) if year else annual(context, month, day)


@rule("whole_date", "dom <sep>? named_mon <sep>? year?", "dom <dot> named_mon <dot>? year?")
def _fixed_day_month(context: Context, day: int, month: int, year: int | None = None) -> Span | None:
    return _settled(year, month, day) if year else annual(context, month, day)


@rule("whole_date", "year mon dom")
def _fixed_year_first(context: Context, year: int, month: int, day: int) -> Span | None:
    return _settled(year, month, day)


@rule("zh_dom", "num <day_mark>")
def _zh_day(context: Context, num: Num) -> Span | None:
    return _day_of_month(context, num.value) if 1 <= num.value <= 31 else None


@rule("mdom_only", "mdom")
def _fixed_day(context: Context, day: int) -> Span | None:
    return _day_of_month(context, day)


@rule("date", "weekday fixed_date")
def _weekday_date(context: Context, weekday: int, span: Span) -> list[Span] | None:
    return agreeing(context, span, weekday)


@rule("dated", "ymd_date", "whole_date")
def _dated(context: Context, span: Span) -> Span:
    return span


@rule("date", "dated weekday", "zh_dom weekday")
def _date_weekday(context: Context, span: Span, weekday: int) -> list[Span] | None:
    return agreeing(context, span, weekday)


@rule("date", "away weekday", "away fixed_date", "away weekday fixed_date")
def _away_agreeing(context: Context, days: int, *said: Any) -> Span | list[Span] | None:
    """ "tomorrow, Friday": both must be the same day."""
    day = context.today + timedelta(days=days)
    for each in said:
        if isinstance(each, int) and each != day.weekday():
            return [one_day(day), *_nearest(day, each)]
        if isinstance(each, Span) and (day, None) not in each.options:
            return [one_day(day), each]
    return one_day(day)


def agreeing(context: Context, span: Span, weekday: int) -> list[Span]:
    """The days of `span` that are that weekday; where the next and the last of them are not, both are
    asked."""
    said = choose(span, context)[0][0]
    if said.weekday() == weekday:
        return [one_day(said)]
    reach = 31 if span.cycle == "month" else 183
    near = [
        day
        for day, _ in span.options
        if abs((day - context.today).days) <= reach and day.weekday() == weekday
    ]
    if len(near) == 1:
        return [one_day(near[0])]
    return [_doubtful(said), *_nearest(said, weekday)]


def _doubtful(day: date) -> Span:
    return Span(((day, None),), "day", doubtful=True)


def _nearest(day: date, weekday: int) -> list[Span]:
    ahead = (weekday - day.weekday()) % 7
    return [_doubtful(day + timedelta(days=ahead if ahead <= 3 else ahead - 7))]
