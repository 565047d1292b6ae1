"""Lengths of time, and days and moments counted with them: in 3 days, 两周后, 2 hours ago, 3 days before 5
Dec."""

from datetime import timedelta
from decimal import Decimal

from bot.language.numerals import Num
from bot.language.rules.dates import weekly
from bot.language.rules.start import rule
from bot.language.spans import Context, Instant, Span, choose, later, one_day
from bot.language.values import Duration, Grain

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_SECONDS = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3600}
_GRAINS: dict[str, Grain] = {
    "second": "second",
    "minute": "minute",
    "quarter_hour": "minute",
    "hour": "minute",
}


def length(count: Decimal, unit: str) -> Duration | None:
    """So many of a unit; None where a fraction of it is no whole number of smaller ones."""
    if count > (1000 if unit == "year" else 100_000):
        return None
    if unit in _SECONDS:
        seconds = count * _SECONDS[unit]
        return Duration(seconds=int(seconds)) if seconds == int(seconds) else None
    if unit == "day" and count % 1:
        return Duration(seconds=int(count * 86400)) if count * 24 % 1 == 0 else None
    if unit in _DAYS:
        days = count * _DAYS[unit]
        return Duration(days=int(days)) if days == int(days) else None
    if unit == "month" and count % 1 == Decimal("0.5"):
        return Duration(months=int(count), days=15)  # 半个月
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        return Duration(months=int(months)) if months == int(months) else None
    if unit == "working_day" and count == int(count):
        return Duration(working_days=int(count))
    return None


def add(first: Duration, second: Duration) -> Duration:
    """Two lengths one after the other."""
    return Duration(
        first.months + second.months,
        first.days + second.days,
        first.seconds + second.seconds,
        first.working_days + second.working_days,
    )


@rule("count", "num")
def _count(context: Context, num: Num) -> Decimal:
    return Decimal(num.value)


@rule("count", "num <more>")
def _count_more(context: Context, num: Num) -> Decimal:
    """ "in 2 more hours"."""
    return Decimal(num.value)


@rule("count", "decimal")
def _decimal_count(context: Context, count: Decimal) -> Decimal:
    return count


@rule("count", "<a>")
def _one(context: Context) -> Decimal:
    return Decimal(1)


@rule("count", "<a>? <couple>")
def _couple(context: Context) -> Decimal:
    return Decimal(2)


@rule("count", "<half> <a>?", "<a> <half>")
def _half(context: Context) -> Decimal:
    return Decimal("0.5")


@rule("count", "num <and> <a>? <half>", "num <ge>? <half> <ge>?")
def _and_half(context: Context, num: Num) -> Decimal:
    return num.value + Decimal("0.5")


@rule("count", "<a>? <quarter> <a>?", "<three_quarters> <a>?")
def _quarters(context: Context) -> None:
    return None  # "quarter of an hour" is its own rule; a quarter of a week is no length


@rule("piece", "count unit")
def _piece(context: Context, count: Decimal, unit: str) -> Duration | None:
    # Half a day is said of no exact time; quarters and halves are not added to other units.
    if (unit == "day" and count < 1) or unit in ("quarter", "half"):
        return None
    return length(count, unit)


@rule("dur", "count unit")
def _long_piece(context: Context, count: Decimal, unit: str) -> Duration | None:
    return length(count, unit) if unit in ("quarter", "half") else None


@rule("piece", "count unit <half>", "count unit <and> <a>? <half>")
def _piece_half(context: Context, count: Decimal, unit: str) -> Duration | None:
    """ "an hour and a half"; 一年半."""
    return length(count + Decimal("0.5"), unit)


@rule("piece", "num <ge> <half> <month_mark>")
def _month_and_half(context: Context, num: Num) -> Duration:
    """一个半月."""
    return Duration(months=num.value, days=15)


@rule("piece", "<a>? <quarter> <a>? unit")
def _quarter_hour(context: Context, unit: str) -> Duration | None:
    return Duration(seconds=900) if unit == "hour" else None


@rule("piece", "<three_quarters> <a>? unit")
def _three_quarters(context: Context, unit: str) -> Duration | None:
    return Duration(seconds=2700) if unit == "hour" else None


@rule("dur", "piece")
def _single(context: Context, piece: Duration) -> Duration:
    return piece


@rule("dur", "piece <and>? dur")
def _joined(context: Context, piece: Duration, rest: Duration) -> Duration | None:
    """Different units, the longer before the shorter; years and months in either order."""
    if piece.working_days or rest.working_days:
        return None
    if piece.seconds and piece.seconds <= rest.seconds:
        return None
    if piece.days and (piece.days <= rest.days or (piece.days < 7 and rest.days)):
        return None
    if piece.months and rest.months and (piece.months % 12 == 0) == (rest.months % 12 == 0):
        return None
    return add(piece, rest)


@rule(
    "ahead",
    "<in> dur",
    "<in> dur <from_now>",
    "dur <from_now>",
    "dur <later>",
    "<again> dur",
    "<again> dur <later>",
    "<after_count> dur",
)
def _ahead(context: Context, dur: Duration) -> Duration:
    return dur


@rule("back", "dur <ago>")
def _back(context: Context, dur: Duration) -> Duration:
    return Duration(-dur.months, -dur.days, -dur.seconds, -dur.working_days)


@rule("date", "ahead")
def _day_ahead(context: Context, dur: Duration) -> Span | None:
    if dur.seconds:
        return None
    return one_day(later(context.today, dur, context.working_days))


@rule("date", "back")
def _day_back(context: Context, dur: Duration) -> Span | None:
    if dur.seconds:
        return None
    positive = Duration(-dur.months, -dur.days, 0, -dur.working_days)
    return one_day(later(context.today, positive, context.working_days, -1))


@rule("instant", "ahead", "back")
def _instant(context: Context, dur: Duration) -> Instant | None:
    if not dur.seconds or dur.working_days:
        return None
    return Instant(dur, "second" if dur.seconds % 60 else "minute")


@rule("instant", "<now>")
def _now(context: Context) -> Instant:
    return Instant(Duration(), "minute")


def _moved(context: Context, dur: Duration, of: Span, sign: int) -> list[Span] | None:
    """The day itself is settled first: a week from Friday is a week from the coming one."""
    if dur.seconds or not of.is_day:
        return None
    return [one_day(later(start, dur, context.working_days, sign)) for start, _ in choose(of, context)]


@rule("date", "dur <from> plain_date", "dur <after> plain_date", "plain_date <later> dur", "weeks away_day")
@rule("date", "weeks plain_weekday_said")
def _after(context: Context, *values: Duration | Span) -> list[Span] | None:
    dur, of = _sorted(values)
    return _moved(context, dur, of, 1)


@rule("date", "dur <before> plain_date", "plain_date <ago> dur", "plain_date <in_advance> dur")
def _before(context: Context, *values: Duration | Span) -> list[Span] | None:
    dur, of = _sorted(values)
    return _moved(context, dur, of, -1)


def _sorted(values: tuple[Duration | Span, ...]) -> tuple[Duration, Span]:
    first, second = values
    if isinstance(first, Duration):
        assert isinstance(second, Span)
        return first, second
    assert isinstance(second, Duration)
    return second, first


@rule("plain_date", "fixed_date", "edge_day")
def _plain(context: Context, span: Span) -> Span:
    return span


@rule("plain_date", "weekday")
def _plain_weekday(context: Context, weekday: int) -> Span:
    return weekly(context, weekday)


@rule("weeks", "dur")
def _weeks(context: Context, dur: Duration) -> Duration | None:
    """ "two weeks today", "a week on Friday"."""
    return dur if dur.days % 7 == 0 and dur.days and not (dur.months or dur.seconds) else None


@rule("away_day", "away")
def _away_day(context: Context, days: int) -> Span:
    return one_day(context.today + timedelta(days=days))


@rule("plain_weekday_said", "plain_weekday")
def _weekday_said(context: Context, weekday: int) -> Span:
    """ "a week Monday"."""
    return weekly(context, weekday)


@rule("away_day", "<on> weekday")
def _on_weekday(context: Context, weekday: int) -> Span:
    return weekly(context, weekday)


@rule("plain_date", "away")
def _plain_away(context: Context, days: int) -> Span:
    return one_day(context.today + timedelta(days=days))


@rule("plain_date", "feast_day")
def _plain_feast(context: Context, span: Span) -> Span:
    return span


@rule("date", "day_word <after> plain_date")
def _day_after(context: Context, unit: str, span: Span) -> list[Span] | None:
    return _moved(context, Duration(days=1) if unit == "day" else Duration(working_days=1), span, 1)


@rule("date", "day_word <before> plain_date")
def _day_before(context: Context, unit: str, span: Span) -> list[Span] | None:
    return _moved(context, Duration(days=1) if unit == "day" else Duration(working_days=1), span, -1)
