"""Parts of a period: the third week of May, 12月第二周, 下旬, the week of 7 Dec."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.language.numerals import Num
from bot.language.rules.periods import month_span, months_from, unit_span
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, each
from bot.language.values import Grain


def _weeks(of: Span, pick: Callable[[list[date]], date | None]) -> Span | None:
    """A week among those whose Thursday lies in the period, as ISO counts weeks."""

    def make(start: date, end: date | None) -> Option | None:
        assert end is not None
        first = start - timedelta(days=start.weekday())
        if start.weekday() > 3:
            first += timedelta(weeks=1)
        weeks = []
        while first + timedelta(days=3) < end:
            weeks.append(first)
            first += timedelta(weeks=1)
        monday = pick(weeks)
        return (monday, monday + timedelta(weeks=1)) if monday else None

    return each(of, make, "week") if of.grain in ("month", "quarter", "year") else None


@rule("period", "ord unit period")
def _nth_week(context: Context, nth: int, unit: str, of: Span) -> Span | None:
    if unit == "week":
        return _weeks(of, lambda weeks: weeks[nth - 1] if 1 <= nth <= len(weeks) else None)
    return _nth_part(nth, unit, of)


@rule("finer", "period <di> num <ge>? unit")
def _nth_week_after(context: Context, of: Span, num: Num, unit: str) -> Span | None:
    return _nth_week(context, num.value, unit, of)


@rule("period", "<last> unit period")
def _last_week(context: Context, unit: str, of: Span) -> Span | None:
    return _weeks(of, lambda weeks: weeks[-1]) if unit == "week" else _nth_part(-1, unit, of)


@rule("finer", "period <last> num? <ge>? unit")
def _last_week_after(context: Context, of: Span, num: Num | None, unit: str) -> Span | None:
    return _last_week(context, unit, of) if num is None or num.value == 1 else None


def _nth_part(nth: int, unit: str, of: Span) -> Span | None:
    """The nth month or quarter of a longer period."""
    months = {"month": 1, "quarter": 3}.get(unit)
    if months is None or of.grain not in ("quarter", "year") or (months == 3 and of.grain == "quarter"):
        return None

    def make(start: date, end: date | None) -> Option | None:
        assert end is not None
        count = ((end.year - start.year) * 12 + end.month - start.month) // months
        index = nth - 1 if nth > 0 else count - 1
        if not 0 <= index < count:
            return None
        return months_from(start.year * 12 + start.month - 1 + index * months, months)

    return each(of, make, "month" if months == 1 else "quarter")


@rule("period", "<first_n> num <ge>? unit period")
def _first_few(context: Context, num: Num, unit: str, of: Span) -> Span | None:
    """ "the first 2 weeks of December"."""
    return _few(of, num, unit, first=True)


@rule("finer", "period <first_n> num <ge>? unit", "period <first_n> num <quarter_season>")
def _first_few_after(context: Context, of: Span, num: Num, unit: str = "quarter") -> Span | None:
    """今年前三个季度, 12月前10天."""
    return _few(of, num, unit, first=True)


@rule("finer", "period <first_n> num <month_mark>")
def _first_months_after(context: Context, of: Span, num: Num) -> Span | None:
    """今年前两月."""
    return _few(of, num, "month", first=True)


@rule("shared", "<first_n> num <quarter_season>")
def _first_quarters(context: Context, num: Num) -> Span | None:
    """前三季度 is of this year."""
    year = unit_span(context, "year", 0)
    return _few(year, num, "quarter", first=True) if year else None


@rule("period", "<last> num unit period")
def _last_few(context: Context, num: Num, unit: str, of: Span) -> Span | None:
    """ "the last 3 days of December"."""
    return _few(of, num, unit, first=False)


@rule("finer", "period <last> num <ge>? unit")
def _last_few_after(context: Context, of: Span, num: Num, unit: str) -> Span | None:
    """12月最后三天."""
    return _few(of, num, unit, first=False)


_LENGTHS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0)}
_GRAINS: dict[str, Grain] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter"}


def _few(of: Span, num: Num, unit: str, *, first: bool) -> Span | None:
    """Some units from the beginning or the end of a longer period."""
    if unit not in _LENGTHS or not 2 <= num.value <= 90:
        return None
    months, days = (each * num.value for each in _LENGTHS[unit])

    def make(start: date, end: date | None) -> Option | None:
        if end is None:
            return None
        edge = start if first else end
        moved = edge + timedelta(days=days if first else -days)
        if months:
            index = edge.year * 12 + edge.month - 1 + (months if first else -months)
            moved = date(index // 12, index % 12 + 1, edge.day)
        return (
            (start, moved) if first and moved < end else (moved, end) if not first and moved > start else None
        )

    return each(of, make, _GRAINS[unit])


@rule("period", "ord <half> period")
def _half_of(context: Context, nth: int, of: Span) -> Span | None:
    """ "first half of next month", "second half of 2027"."""
    if nth not in (1, 2) or of.grain not in ("month", "year"):
        return None
    if of.grain == "month":
        return _days(of, 1, 15) if nth == 1 else _days(of, 16, 0)

    def make(start: date, end: date | None) -> Option | None:
        middle = months_from(start.year * 12 + start.month + 5, 1)[0]
        return ((start, middle) if nth == 1 else (middle, end)) if end else None

    return each(of, make, "quarter")


@rule("period", "<week_of> fixed_date")
def _week_of(context: Context, span: Span) -> Span | None:
    def make(start: date, _: date | None) -> Option:
        monday = start - timedelta(days=start.weekday())
        return monday, monday + timedelta(weeks=1)

    return each(span, make, "week")


@rule("period", "<month_of> fixed_date")
def _month_of(context: Context, span: Span) -> Span | None:
    return each(span, lambda start, _: month_span(start.year, start.month), "month")


def _days(of: Span, first: int, last: int) -> Span | None:
    def make(start: date, end: date | None) -> Option | None:
        if end is None:
            return None
        return start.replace(day=first), (start.replace(day=last + 1) if last else end)

    return each(of, make, "day") if of.grain == "month" else None


@rule("month_said", "period")
def _month_said(context: Context, of: Span) -> Span | None:
    return of if of.grain == "month" else None


for _mark, _first, _last in (
    ("month_first_third", 1, 10),
    ("month_second_third", 11, 20),
    ("month_last_third", 21, 0),
    ("month_first_half", 1, 15),
    ("month_second_half", 16, 0),
):

    def _third(
        context: Context, of: Span | None = None, first: int = _first, last: int = _last
    ) -> Span | None:
        return _days(of or _this_month(context), first, last)

    rule("period", f"<{_mark}>")(_third)
    rule("finer", f"month_said <{_mark}>")(_third)


def _this_month(context: Context) -> Span:
    span = unit_span(context, "month", 0)
    assert span is not None
    return span
