"""Quarters, halves and fiscal years: Q3, 三季度, H1 2027, 上半年, FY26 Q2."""

from datetime import date, timedelta

from bot.language.numerals import Num
from bot.language.rules.dates import years
from bot.language.rules.periods import month_span, months_from, unit_span
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, period, yearly


def fiscal_month(context: Context, year: int) -> int:
    """The index of the month in which a fiscal year begins: it is named after the year in which it ends."""
    begin = context.fiscal_start_month
    return (year if begin == 1 else year - 1) * 12 + begin - 1


@rule("quarter_no", "<q> num", "<di>? num <quarter_season>", "num <q>")
def _quarter_no(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 4 else None


@rule("quarter_no", "ord unit")
def _ordinal_quarter(context: Context, nth: int, unit: str) -> int | None:
    return nth if unit in ("quarter", "fiscal_quarter") and 1 <= nth <= 4 else None


@rule("quarter_no", "<di>? num unit")
def _quarter_unit(context: Context, num: Num, unit: str) -> int | None:
    return num.value if unit == "fiscal_quarter" and 1 <= num.value <= 4 else None


@rule("half_no", "<h> num")
def _half_no(context: Context, num: Num) -> int | None:
    return num.value if num.value in (1, 2) and num.width == 1 else None


@rule("half_no", "ord <half>")
def _ordinal_half(context: Context, nth: int) -> int | None:
    return nth if nth in (1, 2) else None


def _quarter(context: Context, number: int, year: int) -> Option:
    return months_from(fiscal_month(context, year) + 3 * (number - 1), 3)


def _half(context: Context, number: int, year: int) -> Option:
    return months_from(fiscal_month(context, year) + 6 * (number - 1), 6)


@rule("qyear", "whichyear", "fyear")
def _qyear(context: Context, year: int) -> int:
    return year


@rule("qyear", "num")
def _qyear_short(context: Context, num: Num) -> int | None:
    return years(num.value, 2) if num.width == 2 and 20 <= num.value <= 69 else None


@rule("fyear", "<fy> num", "<fy> short_year")
def _fyear(context: Context, num: Num | int) -> int | None:
    return years(num, 2) if isinstance(num, int) else years(num.value, num.width)


@rule("fyear", "shift unit")
def _fyear_shifted(context: Context, shift: int, unit: str) -> int | None:
    if unit not in ("fiscal_year", "year"):
        return None
    span = unit_span(context, "fiscal_year", shift)
    assert span is not None
    end = span.options[0][1]
    return (end - timedelta(days=1)).year if end else None


@rule("period", "quarter_no")
def _bare_quarter(context: Context, number: int) -> Span | None:
    return yearly(context.today, lambda year: _quarter(context, number, year), "quarter")


@rule("period", "quarter_no <sep>? qyear", "qyear_first <sep>? quarter_no")
def _quarter_of(context: Context, *values: int) -> Span:
    number, year = (values[0], values[1]) if values[0] <= 4 else (values[1], values[0])
    return period(*_quarter_dates(context, number, year), "quarter")


def _quarter_dates(context: Context, number: int, year: int) -> tuple[date, date]:
    return months_from(fiscal_month(context, year) + 3 * (number - 1), 3)


@rule("qyear_first", "whichyear", "fyear")
def _qyear_first(context: Context, year: int) -> int:
    return year


@rule("period", "half_no")
def _bare_half(context: Context, number: int) -> Span | None:
    return yearly(context.today, lambda year: _half(context, number, year), "quarter")


@rule("period", "half_no <sep>? qyear", "qyear_first <sep>? half_no")
def _half_of(context: Context, *values: int) -> Span:
    number, year = (values[0], values[1]) if values[0] <= 2 else (values[1], values[0])
    return period(*months_from(fiscal_month(context, year) + 6 * (number - 1), 6), "quarter")


@rule("period", "num <h> qyear")
def _half_first(context: Context, num: Num, year: int) -> Span | None:
    """ "1H27"."""
    return _half_of(context, num.value, year) if num.value in (1, 2) and num.width == 1 else None


@rule("period", "<first_half>")
def _first_half(context: Context) -> Span | None:
    return yearly(context.today, lambda year: month_span(year, 1, 6), "quarter")


@rule("period", "<second_half>")
def _second_half(context: Context) -> Span | None:
    return yearly(context.today, lambda year: month_span(year, 7, 6), "quarter")


@rule("period", "whichyear <first_half>")
def _first_half_of(context: Context, year: int) -> Span:
    return period(*month_span(year, 1, 6), "quarter")


@rule("period", "whichyear <second_half>")
def _second_half_of(context: Context, year: int) -> Span:
    return period(*month_span(year, 7, 6), "quarter")


@rule("period", "fyear_named")
def _fiscal_year(context: Context, year: int) -> Span:
    return period(*months_from(fiscal_month(context, year), 12), "year")


@rule("fyear_named", "<fy> num", "<fy> short_year")
def _fyear_named(context: Context, num: Num | int) -> int | None:
    return years(num, 2) if isinstance(num, int) else years(num.value, num.width)


@rule("fyear_named", "num unit")
def _fyear_unit(context: Context, num: Num, unit: str) -> int | None:
    return years(num.value, num.width) if unit == "fiscal_year" and num.width else None
