"""So many days, weeks or hours up to now or from now on: within 5 days, the last 30 days, 未来两周, 3 days
from Monday."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from bot.language.numerals import Num
from bot.language.rules.durations import length
from bot.language.rules.periods import unit_span
from bot.language.rules.start import rule
from bot.language.spans import Context, Span, Stretch, choose, later
from bot.language.values import Duration, Grain

_GRAIN: dict[str, Grain] = {"day": "day", "working_day": "day", "fortnight": "week", "half": "month"}


def _grain(dur: Duration) -> Grain:
    if dur.seconds:
        return "minute"
    if dur.months:
        return "year" if dur.months % 12 == 0 else "month"
    return "week" if dur.days and dur.days % 7 == 0 else "day"


def _forward(context: Context, dur: Duration, start: datetime) -> Stretch:
    if dur.seconds:
        at = context.now.replace(microsecond=0) if start.date() == context.today else start
        end = datetime.combine(later(at.date(), dur, context.working_days), at.time())
        return Stretch(at, end + timedelta(seconds=dur.seconds), "minute")
    end = datetime.combine(later(start.date(), dur, context.working_days), start.time())
    return Stretch(start, end, _grain(dur))


def _today(context: Context) -> datetime:
    return datetime.combine(context.today, time())


@rule("stretch", "<within> unit")
def _within_one(context: Context, unit: str) -> Stretch | None:
    """ "within a week" said without its number: "within the next month"."""
    dur = length(Decimal(1), unit)
    return _forward(context, dur, _today(context)) if dur else None


@rule("stretch", "<within> dur <from_now>?", "dur <within_after>", "<within> shift dur")
def _within(context: Context, *values: object) -> Stretch | None:
    """From now on, today included: "within 5 days", 三天内."""
    dur = values[-1]
    assert isinstance(dur, Duration)
    if len(values) == 2 and values[0] != 1:
        return None
    return _forward(context, dur, _today(context))


@rule("shared", "<within_next> dur")
def _within_next(context: Context, dur: Duration) -> Stretch:
    """ "in the next 2 weeks" begins now."""
    return _forward(context, dur, _today(context))


@rule("stretch", "<future> dur", "<future> dur <within_after>?")
def _future(context: Context, dur: Duration) -> Stretch:
    """The days to come, today not among them: 未来两天."""
    return _coming(context, dur)


@rule("stretch", "<coming> dur_counted")
def _coming_counted(context: Context, dur: Duration) -> Stretch:
    return _coming(context, dur)


@rule("stretch", "shift num unit")
def _quarters(context: Context, shift: int, num: Num, unit: str) -> Stretch | None:
    """Quarters are the calendar's: the last 2 quarters end where this one begins."""
    this = unit_span(context, "quarter", 0) if unit == "quarter" and 2 <= num.value <= 40 else None
    if this is None or abs(shift) != 1:
        return None
    first = unit_span(context, "quarter", 1 if shift == 1 else -num.value)
    last = unit_span(context, "quarter", num.value if shift == 1 else -1)
    assert first is not None
    assert last is not None
    assert last.options[0][1] is not None
    return Stretch(
        datetime.combine(first.options[0][0], time()), datetime.combine(last.options[0][1], time()), "quarter"
    )


@rule("stretch", "shift dur_counted")
def _shifted(context: Context, shift: int, dur: Duration) -> Stretch | None:
    """ "the next 3 weeks", "last 30 days"."""
    if shift == 1:
        return _coming(context, dur)
    return _past(context, dur) if shift == -1 else None


@rule("stretch", "num shift unit")
def _turned(context: Context, num: Num, shift: int, unit: str) -> Stretch | None:
    """ "the 2 next weeks"."""
    dur = length(Decimal(num.value), unit)
    return _shifted(context, shift, dur) if dur and num.width else None


@rule("stretch", "shift unit")
def _shifted_one(context: Context, shift: int, unit: str) -> Stretch | None:
    """ "last hour", 上个小时: up to now."""
    dur = length(Decimal(1), unit)
    return _shifted(context, shift, dur) if dur and dur.seconds else None


@rule("dur_counted", "num unit")
def _counted(context: Context, num: Num, unit: str) -> Duration | None:
    # 下一周 is next week, not the seven days to come.
    if (num.value < 2 and not num.width) or unit == "quarter":
        return None
    return length(Decimal(num.value), unit)


@rule("dur_counted", "<couple> unit")
def _couple(context: Context, unit: str) -> Duration | None:
    return length(Decimal(2), unit)


def _coming(context: Context, dur: Duration) -> Stretch:
    if dur.seconds:
        return _forward(context, dur, _today(context))
    start = _today(context) + timedelta(days=1)
    if dur.working_days:
        end = later(context.today, dur, context.working_days)
        return Stretch(start, datetime.combine(end, time()) + timedelta(days=1), "day")
    return _forward(context, dur, start)


def _past(context: Context, dur: Duration) -> Stretch:
    if dur.seconds:
        now = context.now.replace(microsecond=0)
        return Stretch(now - timedelta(seconds=dur.seconds), now, "minute")
    start = later(context.today, dur, context.working_days, -1)
    return Stretch(datetime.combine(start, time()), _today(context), _grain(dur))


@rule("stretch", "<past_one> unit")
def _recent_one(context: Context, unit: str) -> Stretch | None:
    """ "the past month" ends today, unlike last month."""
    dur = length(Decimal(1), unit)
    return _past(context, dur) if dur else None


@rule("stretch", "<within_past> dur <within_after>?", "<within_past> dur_counted")
def _recent(context: Context, dur: Duration) -> Stretch:
    return _past(context, dur)


@rule("stretch", "dur <starting> edge", "<starting> edge dur", "<since>? edge <onwards> dur")
@rule("shared", "<for> dur <from> edge")
def _starting(context: Context, *values: object) -> Stretch | list[Stretch] | None:
    """ "3 days starting next Monday"."""
    dur = next(value for value in values if isinstance(value, Duration))
    edge = next(value for value in values if not isinstance(value, Duration))
    if not isinstance(edge, Span) or not edge.is_day:
        return None
    return [_forward(context, dur, datetime.combine(start, time())) for start, _ in choose(edge, context)]


@rule("shared", "<for> dur <from_now>", "<for> dur <starting> <now>")
def _for(context: Context, dur: Duration) -> Stretch:
    return _forward(context, dur, _today(context))
