"""Periods of the calendar: next week, 下个月, Q3, H1 2026, FY26, the third week of May, 2026年, 上旬, and their edges."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from re import Match

from bot.language.numerals import Num
from bot.language.rules.dates import years
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, Stretch, choose, each, one_day, period, yearly

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
        return period(*_months(index + shift, 1), "month")
    if unit == "half":
        return period(*_months(index - (today.month - 1) % 6 + 6 * shift, 6), "quarter")
    begin = context.fiscal_start_month - 1
    if unit in ("quarter", "fiscal_quarter"):
        return period(*_months(index - (today.month - 1 - begin) % 3 + 3 * shift, 3), "quarter")
    if unit == "fiscal_year":
        return period(*_months(index - (today.month - 1 - begin) % 12 + 12 * shift, 12), "year")
    if unit == "year":
        return period(date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1), "year")
    return None


def _months(index: int, months: int) -> tuple[date, date]:
    return month_span(index // 12, index % 12 + 1, months)


@rule("period", "shift any_unit")
def _shifted(context: Context, shift: int, unit: str) -> Span | None:
    return unit_span(context, unit, shift) if unit not in ("day", "working_day") else None


@rule("period", "<coming> any_unit")
def _coming(context: Context, unit: str) -> Span | None:
    return unit_span(context, unit, 1) if unit not in ("day", "working_day") else None


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


@rule("period", "whichyear <sep>? mon")
def _year_month(context: Context, year: int, month: int) -> Span:
    return period(*month_span(year, month), "month")


@rule("period", "shift mon")
def _shifted_month(context: Context, shift: int, month: int) -> list[Span] | None:
    """ "next June" in November is the coming one; "last September" then can be this year's or the one before."""
    this = context.today.year
    if shift == 0:
        return [period(*month_span(this, month), "month")]
    if abs(shift) > 1:
        return None
    near = this if (month > context.today.month if shift > 0 else month < context.today.month) else this + shift
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


@rule("period", "<iso_week> num", "<di> num <week_mark>", "<iso_week> num <sep>? year", "whichyear <di>? num <week_mark>")
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


def _fiscal(context: Context, year: int) -> int:
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
    return _months(_fiscal(context, year) + 3 * (number - 1), 3)


def _half(context: Context, number: int, year: int) -> Option:
    return _months(_fiscal(context, year) + 6 * (number - 1), 6)


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
    return _months(_fiscal(context, year) + 3 * (number - 1), 3)


@rule("qyear_first", "whichyear", "fyear")
def _qyear_first(context: Context, year: int) -> int:
    return year


@rule("period", "half_no")
def _bare_half(context: Context, number: int) -> Span | None:
    return yearly(context.today, lambda year: _half(context, number, year), "quarter")


@rule("period", "half_no <sep>? qyear", "qyear_first <sep>? half_no")
def _half_of(context: Context, *values: int) -> Span:
    number, year = (values[0], values[1]) if values[0] <= 2 else (values[1], values[0])
    return period(*_months(_fiscal(context, year) + 6 * (number - 1), 6), "quarter")


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
    return period(*_months(_fiscal(context, year), 12), "year")


@rule("fyear_named", "<fy> num", "<fy> short_year")
def _fyear_named(context: Context, num: Num | int) -> int | None:
    return years(num, 2) if isinstance(num, int) else years(num.value, num.width)


@rule("fyear_named", "num unit")
def _fyear_unit(context: Context, num: Num, unit: str) -> int | None:
    return years(num.value, num.width) if unit == "fiscal_year" and num.width else None


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
        return _months(start.year * 12 + start.month - 1 + index * months, months)

    return each(of, make, "month" if months == 1 else "quarter")


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


# Edges: the first, middle or last day of a period.


def edge(context: Context, of: Span, where: str) -> Span | None:
    """The first, middle or last day of each option; a week ends with its last working day."""

    def make(start: date, end: date | None) -> Option | None:
        if end is None:
            return None
        if where == "start":
            return start, None
        if where == "end":
            return _last_of(context, start, end, of.grain), None
        return _middle(start, end, of.grain), None

    if of.grain == "day" or (of.grain == "week" and where == "mid" and len(of.options) > 1):
        return None
    return each(of, make, "day")


def _last_of(context: Context, start: date, end: date, grain: str) -> date:
    last = end - timedelta(days=1)
    while grain == "week" and not context.working_days(last) and last > start:
        last -= timedelta(days=1)
    return last


def _middle(start: date, end: date, grain: str) -> date:
    """Wednesday, the 15th, the 15th of the second month, the end of June."""
    if grain == "week":
        return start + timedelta(days=2)
    months = (end.year - start.year) * 12 + end.month - start.month
    index = start.year * 12 + start.month - 1
    if months <= 3:
        return _months(index + months // 2, 1)[0].replace(day=15)
    return _months(index + months // 2, 1)[0] - timedelta(days=1)


def edge_of_unit(context: Context, unit: str, where: str) -> Span | list[Span] | None:
    """月底 is this month's; 年初 in a plan is the next year's, because this year's is over."""
    of, following = unit_span(context, unit, 0), unit_span(context, unit, 1)
    if of is None or following is None or of.is_day:
        return None
    day, after = edge(context, of, where), edge(context, following, where)
    if day is None or after is None or context.past or day.options[0][0] >= context.today:
        return day
    if unit == "week" and where == "end" and of.options[0][1]:
        # On a Saturday, Friday is over: the Sunday or the next Friday.
        return [one_day(of.options[0][1] - timedelta(days=1)), after]
    return after


for _where in ("start", "mid", "end"):

    def _edge_of(context: Context, of: Span, where: str = _where) -> Span | list[Span] | None:
        if of == unit_span(context, "week", 0):
            return edge_of_unit(context, "week", where)
        return edge(context, of, where)

    def _edge_of_unit(context: Context, unit: str, where: str = _where) -> Span | list[Span] | None:
        return edge_of_unit(context, unit, where) if unit not in ("day", "working_day", "weekend") else None

    rule("edge_day", f"<{_where}_of> any_period", f"longer_period <{_where}_of_after>")(_edge_of)
    rule("edge_day", f"<{_where}_of> <the>? any_unit", f"fiscal_unit <{_where}_of_after>")(_edge_of_unit)

for _mark, _unit, _where in (
    ("eow", "week", "end"),
    ("eom", "month", "end"),
    ("eoq", "quarter", "end"),
    ("eoy", "year", "end"),
    ("eofy", "fiscal_year", "end"),
    ("week_start", "week", "start"),
    ("month_start", "month", "start"),
    ("month_mid", "month", "mid"),
    ("month_end", "month", "end"),
    ("quarter_start", "quarter", "start"),
    ("quarter_end", "quarter", "end"),
    ("year_start", "year", "start"),
    ("year_mid", "year", "mid"),
    ("year_end", "year", "end"),
):

    def _edge_now(context: Context, unit: str = _unit, where: str = _where) -> Span | list[Span] | None:
        return edge_of_unit(context, unit, where)

    def _edge_shifted(context: Context, shift: int, unit: str = _unit, where: str = _where) -> Span | None:
        of = unit_span(context, unit, shift)
        return edge(context, of, where) if of else None

    rule("edge_day", f"<{_mark}>")(_edge_now)
    rule("edge_day", f"shift <{_mark}>")(_edge_shifted)


@rule("edge_day", "period <eom>", "period <month_end>")
def _month_end_of(context: Context, of: Span) -> Span | None:
    return edge(context, of, "end") if of.grain == "month" else None


@rule("edge_day", "whichyear <eoy>", "whichyear <year_end>")
def _year_end_of(context: Context, year: int) -> Span:
    return one_day(date(year, 12, 31))


@rule("edge_day", "whichyear <year_mid>")
def _year_mid_of(context: Context, year: int) -> Span:
    return one_day(date(year, 6, 30))


@rule("edge_day", "whichyear <year_start>")
def _year_start_of(context: Context, year: int) -> Span:
    return one_day(date(year, 1, 1))


@rule("date", "edge_day")
def _edge_day(context: Context, span: Span) -> Span:
    return span


@rule("day_word", "unit")
def _day_word(context: Context, unit: str) -> str | None:
    return unit if unit in ("day", "working_day") else None


@rule("date", "ord day_word period")
def _nth_day(context: Context, nth: int, unit: str, of: Span) -> Span | None:
    return nth_day(context, of, nth, unit == "working_day")


@rule("date", "period <di> num <ge>? day_word")
def _nth_day_after(context: Context, of: Span, num: Num, unit: str) -> Span | None:
    return nth_day(context, of, num.value, unit == "working_day")


@rule("date", "<last> day_word period")
def _last_day(context: Context, unit: str, of: Span) -> Span | None:
    return nth_day(context, of, -1, unit == "working_day")


@rule("date", "period <last> num? <ge>? day_word")
def _last_day_after(context: Context, of: Span, num: Num | None, unit: str) -> Span | None:
    return nth_day(context, of, -1, unit == "working_day") if num is None or num.value == 1 else None


def nth_day(context: Context, of: Span, nth: int, working: bool) -> Span | None:
    """The nth (working) day of a period; -1 is the last. None where it has fewer."""

    def make(start: date, end: date | None) -> Option | None:
        if end is None:
            return None
        step = timedelta(days=1 if nth > 0 else -1)
        day = start if nth > 0 else end - timedelta(days=1)
        left = abs(nth)
        while start <= day < end:
            if not working or context.working_days(day):
                left -= 1
            if not left:
                return day, None
            day += step
        return None

    return each(of, make, "day") if 0 < abs(nth) <= 366 else None


@rule("date", "month_said dom_after")
def _day_of_said_month(context: Context, of: Span, day: int) -> Span | None:
    return _nth_of_month(of, day)


@rule("dom_after", "num <day_mark>")
def _dom_after(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 31 else None


@rule("date", "mdom month_relative")
def _day_of_relative_month(context: Context, day: int, of: Span) -> Span | None:
    return _nth_of_month(of, day)


@rule("month_relative", "period")
def _month_relative(context: Context, of: Span) -> Span | None:
    return of if of.grain == "month" and len(of.options) == 1 else None


def _nth_of_month(of: Span, day: int) -> Span | None:
    def make(start: date, end: date | None) -> Option | None:
        found = start + timedelta(days=day - 1)
        return (found, None) if end and found < end else None

    return each(of, make, "day")


@rule("stretch", "<rest_of> <the>? unit", "<rest_of> shift unit", "shift any_unit <rest_of_after>")
def _rest(context: Context, *values: object) -> Stretch | None:
    """What is left of this week, month…, its last day included as said."""
    unit = values[-1]
    if len(values) == 2 and values[0] != 0:
        return None
    of = unit_span(context, str(unit), 0)
    if of is None or of.is_day or of.options[0][1] is None:
        return None
    last = of.options[0][1] - timedelta(days=1)
    return Stretch(_at(context.today), _at(last), of.grain)


@rule("stretch", "any_period <within_after>", "<within> any_period")
def _within_period(context: Context, of: Span) -> Stretch | None:
    """本周内: what is left of this week; "within next month" is that month."""
    start, end = choose(of, context)[0]
    if end is None:
        return None
    return Stretch(_at(max(start, context.today)), _at(end - timedelta(days=1)), of.grain)


@rule("stretch", "any_unit <within_after>")
def _within_unit(context: Context, unit: str) -> Stretch | None:
    of = unit_span(context, unit, 0)
    return _within_period(context, of) if of and not of.is_day else None


for _mark, _unit in (("ytd", "year"), ("qtd", "quarter"), ("mtd", "month"), ("wtd", "week")):

    def _to_date(context: Context, unit: str = _unit) -> Stretch | None:
        """From the beginning of the year, month… to today."""
        of = unit_span(context, unit, 0)
        assert of is not None
        return Stretch(_at(of.options[0][0]), _at(context.today), of.grain)

    rule("stretch", f"<{_mark}>")(_to_date)


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


def _at(day: date) -> datetime:
    return datetime.combine(day, time())


def last_day(of: Span, context: Context) -> date:
    """The last day of the period that is meant now."""
    start, end = choose(of, context)[0]
    return end - timedelta(days=1) if end else start
