"""Units of the calendar and named months and years: next week, 下个月, June 2027, 明年三月, 2026年, week
50."""

from datetime import date, datetime, time, timedelta
from re import Match

from bot.language.numerals import Num
from bot.language.rules.dates import years
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, one_day, period, yearly

Figures = tuple[tuple[int, ...], Match[str]]


def month_span(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """The first day of a month and the first day after so many months."""
    index = year * 12 + month - 1
    after = index + months
    return date(index // 12, index % 12 + 1, 1), date(after // 12, after % 12 + 1, 1)


def unit_span(context: Context, unit: str, shift: int) -> Span | None:
    """This, the next or the last unit of the calendar, by `shift`."""
    today = context.today
    if unit in ("week", "fortnight"):
        start = context.monday + timedelta(weeks=shift)
        return period(start, start + timedelta(weeks=1), "week") if unit == "week" else None
    if unit == "weekend":
        start = context.monday + timedelta(weeks=shift, days=5)
        return period(start, start + timedelta(days=2), "day")
    if unit == "day":
        return one_day(today + timedelta(days=shift))
    index = today.year * 12 + today.month - 1
    if unit == "month":
        return period(*months_from(index + shift, 1), "month")
    if unit == "half":
        return period(*months_from(index - (today.month - 1) % 6 + 6 * shift, 6), "quarter")
    begin = context.fiscal_start_month - 1
    if unit in ("quarter", "fiscal_quarter"):
        return period(*months_from(index - (today.month - 1 - begin) % 3 + 3 * shift, 3), "quarter")
    if unit == "fiscal_year":
        return period(*months_from(index - (today.month - 1 - begin) % 12 + 12 * shift, 12), "year")
    if unit == "year":
        return period(date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1), "year")
    return None


def months_from(index: int, months: int) -> tuple[date, date]:
    return month_span(index // 12, index % 12 + 1, months)


@rule("period", "shift any_unit")
def _shifted(context: Context, shift: int, unit: str) -> Span | None:
    return unit_span(context, unit, shift) if unit not in ("day", "working_day") else None


@rule("period", "<coming> any_unit")
def _coming(context: Context, unit: str) -> Span | None:
    return unit_span(context, unit, 1) if unit not in ("day", "working_day") else None


@rule("period", "<of> year", "<in> year")
def _of_year(context: Context, year: int) -> Span:
    """ "in 2027", "the last quarter of 2027"."""
    return period(date(year, 1, 1), date(year + 1, 1, 1), "year")


@rule("period", "unit num")
def _year_number(context: Context, unit: str, num: Num) -> Span | None:
    """ "year 2026"."""
    return _year(context, num) if unit == "year" and num.width == 4 else None


@rule("period", "unit shift_after")
def _shifted_after(context: Context, unit: str, shift: int) -> Span | None:
    return unit_span(context, unit, shift) if unit not in ("day", "working_day") else None


@rule("period", "year_shift")
def _year_shift(context: Context, shift: int) -> Span | None:
    return unit_span(context, "year", shift)


@rule("period", "<the> unit")
def _the(context: Context, unit: str) -> Span | None:
    return unit_span(context, unit, 0) if unit not in ("day", "working_day", "half") else None


@rule("period", "unit")
def _weekend(context: Context, unit: str) -> Span | None:
    return unit_span(context, unit, 0) if unit == "weekend" else None


@rule("period", "<within_past> unit")
def _past_weekend(context: Context, unit: str) -> Span | None:
    """ "this past weekend"."""
    return unit_span(context, unit, -1) if unit == "weekend" else None


@rule("period", "mon")
def _month(context: Context, month: int) -> Span | None:
    return yearly(context.today, lambda year: month_span(year, month), "month")


@rule("period", "mon <sep>? whichyear", "mon year2")
def _month_year(context: Context, month: int, year: int) -> Span:
    return period(*month_span(year, month), "month")


@rule("year2", "num")
def _short_year(context: Context, num: Num) -> int | None:
    """ "August 99"; "Dec 32" is a slip, no year."""
    return years(num.value, num.width) if num.width == 2 and num.value >= 70 else None


@rule("period", "named_mon <hyphen> num")
def _month_hyphen_year(context: Context, month: int, num: Num) -> Span | None:
    """ "Jan-27", as spreadsheets write a month of another year; it may be the 27th all the same.

    Only of the months that are next, or that were last: Dec-05 is a day.
    """
    year = 2000 + num.value
    away = (year - context.today.year) * 12 + month - context.today.month
    is_near = -12 <= away < 0 if context.past else away <= 12 and year == context.today.year + 1
    return period(*month_span(year, month), "month") if is_near and num.width == 2 else None


@rule("period", "whichyear <sep>? mon")
def _year_month(context: Context, year: int, month: int) -> Span:
    return period(*month_span(year, month), "month")


@rule("period", "shift mon")
def _shifted_month(context: Context, shift: int, month: int) -> list[Span] | None:
    """ "next June" in November is the coming one; "last September" then can be this year's or the one
    before."""
    this = context.today.year
    if shift == 0:
        return [period(*month_span(this, month), "month")]
    if abs(shift) > 1:
        return None
    near = (
        this if (month > context.today.month if shift > 0 else month < context.today.month) else this + shift
    )
    far = this + shift
    return [period(*month_span(year, month), "month") for year in dict.fromkeys((near, far))]


@rule("period", "ym")
def _ym(context: Context, figures: Figures) -> Span | None:
    year, month = figures[0]
    return period(*month_span(year, month), "month") if 1 <= month <= 12 and 1900 <= year <= 2199 else None


@rule("period", "my")
def _my(context: Context, figures: Figures) -> Span | None:
    month, year = figures[0]
    return period(*month_span(year, month), "month") if 1 <= month <= 12 and 1900 <= year <= 2199 else None


@rule("period", "num <nian>")
def _year(context: Context, num: Num) -> Span | None:
    year = years(num.value, num.width) if num.width else None
    return period(date(year, 1, 1), date(year + 1, 1, 1), "year") if year else None


@rule("bare_year", "num")
def _bare_year(context: Context, num: Num) -> Span | None:
    year = num.value if num.width == 4 else None
    return period(date(year, 1, 1), date(year + 1, 1, 1), "year") if year and 1900 <= year <= 2199 else None


@rule("bare_year", "spoken spoken", "spoken")
def _spoken_year(context: Context, century: Num, rest: Num | None = None) -> Span | None:
    year = century.value * 100 + rest.value if rest and 10 <= rest.value <= 99 else century.value
    return period(date(year, 1, 1), date(year + 1, 1, 1), "year") if 1900 <= year <= 2199 else None


@rule(
    "period",
    "<iso_week> num",
    "<di> num <week_mark>",
    "<iso_week> num <sep>? year",
    "whichyear <di>? num <week_mark>",
)
def _iso_week(context: Context, *values: Num | int) -> Span | None:
    """Week 50, as ISO counts weeks; of the year said, or of any."""
    number = next(value.value for value in values if isinstance(value, Num))
    year = next((value for value in values if isinstance(value, int)), None)

    def make(each_year: int) -> Option | None:
        try:
            monday = date.fromisocalendar(each_year, number, 1)
        except ValueError:
            return None
        return monday, monday + timedelta(weeks=1)

    if year is not None:
        found = make(year)
        return Span((found,), "week") if found else None
    return yearly(context.today, make, "week")


@rule("period", "decade")
def _decade(context: Context, figures: Figures) -> Span | None:
    year = figures[0][0]
    return period(date(year, 1, 1), date(year + 10, 1, 1), "year") if 1900 <= year <= 2190 else None


@rule("longer_period", "any_period")
def _longer_period(context: Context, of: Span) -> Span | None:
    """周末 is the weekend, not the end of the week."""
    return of if of.grain not in ("week", "day") else None


@rule("fiscal_unit", "unit")
def _fiscal_unit(context: Context, unit: str) -> str | None:
    return unit if unit.startswith("fiscal") else None


@rule("any_period", "period", "finer")
def _any_period(context: Context, of: Span) -> Span:
    return of


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time())
