"""Days of a period: its first, middle, last and nth day, working days too; end of month, 年底, 下个月5号."""

from datetime import date, timedelta

from bot.language.numerals import Num
from bot.language.rules.periods import months_from, unit_span
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, each, one_day


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
        return months_from(index + months // 2, 1)[0].replace(day=15)
    return months_from(index + months // 2, 1)[0] - timedelta(days=1)


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


@rule("edge_day", "period <eom>", "period <month_end>", "<eom> period")
def _month_end_of(context: Context, of: Span) -> Span | None:
    return edge(context, of, "end") if of.grain == "month" else None


@rule("edge_day", "<eoq> period", "period <eoq>")
def _quarter_end_of(context: Context, of: Span) -> Span | None:
    return edge(context, of, "end") if of.grain == "quarter" else None


@rule("edge_day", "<eoy> whichyear", "whichyear <eoy>", "whichyear <year_end>")
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


@rule("date", "month_said dom_after", "month_relative ord")
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
