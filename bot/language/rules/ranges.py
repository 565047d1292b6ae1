"""From one day or moment to another: from 10 to 12 May, 周一到周三, since October, within 5 days, the last 30
days."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.language.numerals import Num
from bot.language.rules.clocks import of_part
from bot.language.rules.periods import month_span
from bot.language.rules.start import rule
from bot.language.spans import (
    Clock,
    Context,
    Edge,
    FromTo,
    Instant,
    Moment,
    Option,
    Since,
    Span,
    Stretch,
    choose,
    clocks,
    each,
    one_day,
    period,
    yearly,
)
from bot.language.values import Duration


@rule("edge", "moment", "date", "any_period", "instant")
def _edge(context: Context, edge: Edge) -> Edge:
    return edge


@rule(
    "range",
    "<begin>? edge <to> edge",
    "<begin>? edge <to> edge <between_after>",
    "<begin>? edge <and_to> edge <between_after>",
    "<between> edge <and_to> edge",
    "<between> edge <to> edge",
)
def _from_to(context: Context, first: Edge, last: Edge) -> FromTo | None:
    if isinstance(first, Span) and isinstance(last, Span):
        if first.order and last.order and first.order != last.order:
            return None
        # "Friday - 3" and "2026-11 - 12" are not two edges alike.
        if {first.grain, last.grain} == {"year", "day"}:
            return None
    if isinstance(first, Span) and isinstance(last, Instant):
        first = Span(tuple(option for option in first.options if option[0] <= context.today), first.grain)
        if not first.options:
            return None
    return FromTo(first, last)


@rule("range", "<begin>? bare_year <to> bare_year", "<between> bare_year <and_to> bare_year")
@rule("range", "<begin>? bare_year <and_to> bare_year <between_after>")
def _years(context: Context, first: Span, last: Span) -> FromTo:
    return FromTo(first, last)


@rule("range", "<begin>? num <to> num <month_mark>")
def _months(context: Context, first: Num, last: Num) -> FromTo | None:
    """1-2月, 十二至一月."""
    if not (1 <= first.value <= 12 and 1 <= last.value <= 12 and first.value != last.value):
        return None
    begin = yearly(context.today, lambda year: month_span(year, first.value), "month")
    end = yearly(context.today, lambda year: month_span(year, last.value), "month")
    return FromTo(begin, end) if begin and end else None


@rule("range", "<begin>? whichyear num <to> num <month_mark>")
def _months_of(context: Context, year: int, first: Num, last: Num) -> FromTo | None:
    """2018年1-9月."""
    if not 1 <= first.value < last.value <= 12:
        return None
    months = [period(*month_span(year, each.value), "month") for each in (first, last)]
    return FromTo(months[0], months[1])


@rule("range", "edge <after> edge <before>", "edge <later> edge <ago>")
def _after_before(context: Context, first: Edge, last: Edge) -> FromTo | None:
    return _from_to(context, first, last)


@rule("range", "<begin>? moment <to> clock", "<between> moment <and_to> clock")
def _moment_to_clock(context: Context, first: Moment, last: Clock) -> list[FromTo]:
    """ "Friday 3pm to 4pm"; "3 to 4pm" begins before it ends; "2 to 4" is of the afternoon or of the
    night."""
    if first.clock.open and not last.open:
        starts = [each for each in _halves(first.clock) if each.time < last.time][:1]
    else:
        starts = clocks(first.clock)
    pairs = []
    for start in starts:
        ends = sorted(
            each.time for each in (_halves(last) if last.open else [last]) if each.time > start.time
        )
        if ends or last.shift:
            end = replace(last, open=False, hour=ends[0].hour) if ends else last
            pairs.append(FromTo(Moment(first.span, start), Moment(first.span, end)))
    return pairs or [
        # "10pm to 2am" goes on into the next morning.
        FromTo(Moment(first.span, start), Moment(first.span, replace(end, shift=1)))
        for start in starts
        for end in _halves(last)
        if start.hour >= 16 and end.hour <= 8
    ]


def _halves(clock: Clock) -> list[Clock]:
    """Both times of the 12-hour clock, the later one first."""
    closed = replace(clock, open=False)
    return [replace(closed, hour=clock.hour + 12), closed] if clock.hour < 12 else [closed]


@rule("range", "<begin>? <now> <to> clock", "<between> <now> <and_to> clock")
def _now_to_clock(context: Context, last: Clock) -> list[FromTo]:
    """ "from now to 5pm", 从现在到八点: the next one."""
    now = Instant(Duration(), "minute")
    coming = [each for each in _halves(last) if each.time > context.now.time()] if last.open else [last]
    return [FromTo(now, Moment(None, replace(each, open=False))) for each in coming[-1:]]


@rule("range", "clock_range")
def _clocks(context: Context, found: FromTo) -> FromTo:
    return found


@rule("clock_range", "<begin>? clock <to> clock", "<between> clock <and_to> clock")
def _clock_to_clock(context: Context, first: Clock, last: Clock) -> list[FromTo]:
    return _moment_to_clock(context, Moment(None, first), last)


@rule(
    "clock_range",
    "<begin>? halved <to> bare_clock",
    "<begin>? bare_clock <to> clock",
    "<between> bare_clock <and_to> clock",
)
def _bare_to_clock(context: Context, first: Clock, last: Clock) -> list[FromTo]:
    """ "3-5pm", 下午3-5点."""
    return _moment_to_clock(context, Moment(None, first), last)


@rule("bare_range", "<begin>? bare_clock <to> bare_clock", "<between> bare_clock <and_to> bare_clock")
@rule("bare_range", "<begin>? clock <to> bare_clock", "<between> clock <and_to> bare_clock")
def _bare_range(context: Context, first: Clock, last: Clock) -> list[FromTo]:
    return _moment_to_clock(context, Moment(None, first), last)


@rule("when", "date bare_range")
def _date_bare(context: Context, span: Span, times: FromTo) -> FromTo | None:
    """ "tomorrow 2-4", "Fri 10:30-12": beside a day, both are hours."""
    return _date_clocks(context, span, times)


@rule("when", "bare_range date")
def _bare_date(context: Context, times: FromTo, span: Span) -> FromTo | None:
    return _date_clocks(context, span, times)


@rule("bare_clock", "num")
def _bare_clock(context: Context, num: Num) -> Clock | None:
    if not (1 <= num.value <= 12 and num.width <= 2):
        return None
    return Clock(num.value, open=True, twelve=True)


@rule("clock_range", "part clock_range_open")
def _part_range(context: Context, part: str, found: FromTo) -> FromTo | None:
    """下午3-5点: both of the afternoon."""
    assert isinstance(found.first, Moment)
    assert isinstance(found.last, Moment)
    firsts, lasts = of_part(part, found.first.clock), of_part(part, found.last.clock)
    return FromTo(Moment(None, firsts[0]), Moment(None, lasts[0])) if len(firsts) == len(lasts) == 1 else None


@rule("clock_range_open", "bare_clock <to> told", "told <to> told")
def _open_range(context: Context, first: Clock, last: Clock) -> FromTo:
    return FromTo(Moment(None, first), Moment(None, last))


@rule("range", "clock_range date", "clock_range <sep> date")
def _clocks_date(context: Context, times: FromTo, span: Span) -> FromTo | None:
    return _date_clocks(context, span, times)


@rule("range", "date clock_range")
def _date_clocks(context: Context, span: Span, times: FromTo) -> FromTo | None:
    if not (isinstance(times.first, Moment) and isinstance(times.last, Moment) and span.is_day):
        return None
    return FromTo(Moment(span, times.first.clock), Moment(span, times.last.clock))


def _days_of_month(of: Span, first: int, last: int) -> FromTo | None:
    def day(number: int) -> Span | None:
        def make(start: date, end: date | None) -> Option | None:
            found = start + timedelta(days=number - 1)
            return (found, None) if end and found < end else None

        return each(of, make, "day")

    if of.grain != "month":
        return None
    begin, finish = day(first), day(last)
    return FromTo(begin, finish) if begin and finish and first < last else None


@rule("shared", "<begin>? whichyear? mon dom <to> dom_after")
def _shared_month(context: Context, year: int | None, month: int, first: int, last: int) -> FromTo | None:
    """从一月十日到十二日: both in January."""
    span = period(*month_span(year, month), "month") if year else None
    of = span or yearly(context.today, lambda each_year: month_span(each_year, month), "month")
    return _days_of_month(of, first, last) if of else None


@rule("day_no", "dom")
def _day_no(context: Context, day: int) -> int:
    return day


@rule("shared", "<begin>? day_no <to> day_no period", "<between> day_no <and_to> day_no period")
@rule("shared", "<between> day_no <to> day_no period")
def _days_then_month(context: Context, first: int, last: int, of: Span) -> FromTo | None:
    return _days_of_month(of, first, last)


@rule("shared", "<begin>? period <begin>? day_no <to> day_no", "period <between> day_no <and_to> day_no")
@rule("shared", "<between> period day_no <and_to> day_no")
def _month_then_days(context: Context, of: Span, first: int, last: int) -> FromTo | None:
    return _days_of_month(of, first, last)


@rule("shared", "<between> period day_no <and_to> day_no <sep>? year")
@rule("shared", "<begin>? period <begin>? day_no <to> day_no <sep>? year")
def _month_days_year(context: Context, of: Span, first: int, last: int, year: int) -> FromTo | None:
    named = Span(tuple(option for option in of.options if option[0].year == year), of.grain)
    return _days_of_month(named, first, last) if named.options else None


@rule("range", "week_said <begin>? weekday <to> weekday", "week_said <between> weekday <and_to> weekday")
def _in_week(context: Context, week: Span, first: int, last: int) -> FromTo | None:
    monday = week.options[0][0]
    if first >= last:
        return None
    return FromTo(one_day(monday + timedelta(days=first)), one_day(monday + timedelta(days=last)))


@rule("range", "<begin>? weekday <to> weekday week_said")
def _in_week_after(context: Context, first: int, last: int, week: Span) -> FromTo | None:
    return _in_week(context, week, first, last)


@rule("range", "<begin>? shift week_weekday <to> weekday")
def _of_week(context: Context, shift: int, first: int, last: int) -> FromTo | None:
    """下周一到周三: both of next week."""
    monday = one_day(context.monday + timedelta(weeks=shift))
    return _in_week(context, Span(monday.options, "week"), first, last)


@rule("week_said", "period")
def _week_said(context: Context, of: Span) -> Span | None:
    return of if of.grain == "week" and len(of.options) == 1 else None


@rule("up_to_now", "<since> edge", "<since>? edge <since_after>", "<since> bare_year")
def _since(context: Context, edge: Edge) -> Since | None:
    return Since(edge) if isinstance(edge, Span) else None


@rule("up_to_now", "<since>? edge <onwards>", "<open_from> edge <onwards>?", "<starting> edge")
def _onwards(context: Context, edge: Edge) -> Since | Span | None:
    """12月1日起 in November begins then, 10月1日起 began already; a weekday is the one to come."""
    if not isinstance(edge, Span):
        return None
    if edge.cycle == "week" and not context.past:
        return one_day(choose(edge, context)[0][0])
    nearest = min((start for start, _ in edge.options), key=lambda day: abs((day - context.today).days))
    return one_day(nearest) if nearest > context.today else Since(edge)


@rule("range", "<until> edge", "<until>? edge <until_after>")
def _until(context: Context, edge: Edge) -> Stretch | None:
    if not isinstance(edge, Span):
        return None
    start, end = choose(edge, context)[0]
    last = datetime.combine(end or start, time())
    now = datetime.combine(context.today, time())
    return Stretch(now, last, edge.grain) if last > now else None
