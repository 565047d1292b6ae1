"""What dates and times mean before one reading is chosen: all the days that words can name, and how one is
picked."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.language.values import Duration, Grain, Language, WorkingDays

Cycle = Literal["", "week", "month", "year"]
Option = tuple[date, date | None]


@dataclass(frozen=True)
class Context:
    """What a reading depends on besides the words. `now` is naive and local."""

    now: datetime
    language: Language | None
    past: bool
    working_days: WorkingDays
    fiscal_start_month: int

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())


@dataclass(frozen=True)
class Span:
    """A day (its end is None) or a period, with every option that the words leave open, in order.

    `cycle` says what the options repeat with. `order` is how a date in figures was read, so that both ends of
    a from–to are read alike. `doubtful` where a weekday said beside it does not agree: it counts only where
    no other reading agrees either.
    """

    options: tuple[Option, ...]
    grain: Grain
    cycle: Cycle = ""
    order: str = ""
    doubtful: bool = False

    @property
    def is_day(self) -> bool:
        return self.options[0][1] is None


@dataclass(frozen=True)
class Clock:
    """A time of day. `open` where the words leave morning or afternoon to ask; `shift` 1 is in the night
    after.

    `twelve` where it may be of the 12-hour clock, so that a part of the day said beside it moves it. `zone`
    is the zone said with it, where that is not the reader's.
    """

    hour: int
    minute: int = 0
    second: int = 0
    grain: Grain = "minute"
    open: bool = False
    twelve: bool = False
    shift: int = 0
    midnight: bool = False
    zone: str = ""

    @property
    def time(self) -> time:
        return time(self.hour, self.minute, self.second)


@dataclass(frozen=True)
class Moment:
    """A time of day on a day; of the next (or last) fitting day where none is said. `offset` is minutes from
    UTC."""

    span: Span | None
    clock: Clock
    offset: int | None = None


@dataclass(frozen=True)
class PartOfDay:
    """The morning, afternoon… of a day: from one hour to another."""

    span: Span | None
    hours: tuple[int, int]


@dataclass(frozen=True)
class Instant:
    """A moment counted from now."""

    ahead: Duration
    grain: Grain


@dataclass(frozen=True)
class Stretch:
    """From a start to an end, both settled."""

    start: datetime
    end: datetime
    grain: Grain


@dataclass(frozen=True)
class FromTo:
    """From one edge to another, each as said."""

    first: "Edge"
    last: "Edge"


@dataclass(frozen=True)
class Since:
    """From a day to now."""

    first: Span


Edge = Span | Moment | Instant
Meaning = Span | Clock | Moment | PartOfDay | Instant | Stretch | FromTo | Since
Reading = tuple[datetime, datetime | None, Grain]


def one_day(day: date) -> Span:
    """A day that leaves nothing open."""
    return Span(((day, None),), "day")


def period(start: date, end: date, grain: Grain) -> Span:
    """A period that leaves nothing open; `end` is exclusive."""
    return Span(((start, end),), grain)


def each(span: Span, change: Callable[[date, date | None], Option | None], grain: Grain) -> Span | None:
    """The span that `change` makes of every option, without those it makes None of."""
    options = tuple(option for start, end in span.options if (option := change(start, end)) is not None)
    return Span(options, grain, span.cycle if len(options) > 1 else "", span.order) if options else None


def yearly(today: date, make: Callable[[int], Option | None], grain: Grain) -> Span | None:
    """A span for each year around today, for words that name no year."""
    options = tuple(option for year in range(today.year - 9, today.year + 10) if (option := make(year)))
    return Span(options, grain, "year") if options else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def later(start: date, duration: Duration, working_days: WorkingDays, sign: int = 1) -> date:
    """The day that lies a duration of whole days after (or before) `start`. Raises OverflowError,
    ValueError."""
    from dateutil.relativedelta import relativedelta  # most texts count nothing

    day = start + relativedelta(months=sign * duration.months, days=sign * duration.days)
    left = duration.working_days
    while left:
        day += timedelta(days=sign)
        if working_days(day):
            left -= 1
    return day


def choose(span: Span, context: Context, at: time | None = None, shift: int = 0) -> list[Option]:
    """The options that the words can mean now: the next for a plan, the last for what is past.

    A weekday said on that very day can be today or a week away, which is two.
    """
    options = span.options
    if len(options) == 1:
        return list(options)

    def moment(option: Option) -> datetime:
        return datetime.combine(option[0], at or time()) + timedelta(days=shift)

    if context.past:
        bound = context.now if at else datetime.combine(context.today, time.max)
        fitting = [option for option in options if moment(option) <= bound][::-1] or list(options[:1])
    else:
        bound = context.now if at else datetime.combine(context.today, time())
        if span.is_day:
            fitting = [option for option in options if moment(option) >= bound] or list(options[-1:])
        else:
            fitting = [option for option in options if option[1] and option[1] > context.today]
            fitting = fitting or list(options[-1:])
    on_its_day = span.cycle == "week" and span.is_day and fitting[0][0] == context.today
    return fitting[:2] if on_its_day else fitting[:1]


def clocks(clock: Clock) -> list[Clock]:
    """The times that a time can mean, an office hour first: 5 o'clock is 17:00 or 05:00, 9 o'clock is
    09:00."""
    if not clock.open:
        return [clock]
    closed = replace(clock, open=False)
    if clock.hour == 12 or clock.hour >= 8:
        return [closed]
    evening = replace(closed, hour=clock.hour + 12)
    return [evening, closed] if clock.hour < 7 else [closed, evening]


def readings(meaning: Meaning, context: Context) -> list[Reading]:
    """Every reading that people would give the words now, the likeliest first; naive and local."""
    match meaning:
        case Span():
            return [
                (_midnight(start), _midnight(end) if end else None, meaning.grain)
                for start, end in choose(meaning, context)
            ]
        case Clock():
            return _moments(Moment(None, meaning), context)
        case Moment():
            return _moments(meaning, context)
        case PartOfDay():
            return _parts(meaning, context)
        case Instant():
            return [(_ahead(meaning.ahead, context), None, meaning.grain)]
        case Stretch():
            return [(meaning.start, meaning.end, meaning.grain)]
        case Since():
            before = [start for start, _ in meaning.first.options if start <= context.today]
            return [
                (_midnight(start), context.now.replace(microsecond=0), meaning.first.grain)
                for start in before[-1:]
            ]
        case FromTo():
            return _from_to(meaning, context)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _ahead(duration: Duration, context: Context) -> datetime:
    day = later(context.today, duration, context.working_days)
    return datetime.combine(day, context.now.time().replace(microsecond=0)) + timedelta(
        seconds=duration.seconds
    )


def _moments(moment: Moment, context: Context) -> list[Reading]:
    found: list[Reading] = []
    clock, span = moment.clock, moment.span
    if span is not None and clock.midnight:
        alternatives = [clock, replace(clock, shift=1)]
    elif span is None and clock.open and clock.hour >= 8 and clock.hour < 12:
        alternatives = _either_half(clock, context)
    elif span is not None and clock.open and span.options == ((context.today, None),) and clock.hour < 12:
        alternatives = _still_possible(clock, context)
    else:
        alternatives = clocks(clock)
    for each_clock in alternatives:
        around = span or Span(
            tuple((context.today + timedelta(days=away), None) for away in (-1, 0, 1)), "day", "month"
        )
        for start, _ in choose(around, context, each_clock.time, each_clock.shift):
            at = datetime.combine(start, each_clock.time) + timedelta(days=each_clock.shift)
            found.append((at, None, clock.grain))
    return found


def _either_half(clock: Clock, context: Context) -> list[Clock]:
    """8 to 11 o'clock is in the morning, unless that is over and the same hour of the evening is still to
    come."""
    morning, evening = replace(clock, open=False), replace(clock, open=False, hour=clock.hour + 12)
    if not context.past and morning.time < context.now.time() < evening.time:
        return [evening, morning]
    return [morning]


def _still_possible(clock: Clock, context: Context) -> list[Clock]:
    """Today's times that are not over yet for a plan, or over already for what is past."""
    both = [replace(clock, open=False), replace(clock, open=False, hour=clock.hour + 12)]
    now = context.now.time()
    possible = [each for each in both if (each.time <= now if context.past else each.time >= now)]
    return possible if len(possible) == 1 else clocks(clock)


def _parts(part: PartOfDay, context: Context) -> list[Reading]:
    first, last = part.hours
    if part.span is not None:
        days = [start for start, _ in choose(part.span, context)]
    elif context.past:
        days = [context.today - timedelta(days=context.now.hour < first)]
    else:
        days = [context.today + timedelta(days=context.now.hour >= last)]
    begins = [_midnight(day) for day in days]
    return [(day + timedelta(hours=first), day + timedelta(hours=last), "hour") for day in begins]


def _from_to(meaning: FromTo, context: Context) -> list[Reading]:
    found: list[Reading] = []
    grain: Grain = meaning.last.grain if isinstance(meaning.last, Span) else "minute"
    if isinstance(meaning.first, Span) and isinstance(meaning.last, Moment):
        grain = "minute"
    for last, end in _ends(meaning, context):
        for start in _starts(meaning.first, last, context, settled=_is_settled(meaning.last)):
            if start < end:
                # At half past midnight, 10pm to 2am is of the night to come.
                late = start < context.now and not context.past and _is_nightly(meaning)
                found.append((start + timedelta(days=late), end + timedelta(days=late), grain))
    return found


def _is_nightly(meaning: FromTo) -> bool:
    """Whether it goes from one hour into the next morning, with no day said."""
    last = meaning.last
    return isinstance(last, Moment) and last.span is None and last.clock.shift == 1


def _ends(meaning: FromTo, context: Context) -> list[tuple[datetime, datetime]]:
    """Where the last edge begins and where the from–to ends: the first chance after a start that leaves
    nothing open, else as for any day."""
    first, last = meaning.first, meaning.last
    if _is_settled(first) and isinstance(first, Span) and isinstance(last, Span) and len(last.options) > 1:
        begun = first.options[0][0]
        for start, end in _around(last, begun.year):
            if start > begun or (start == begun and _is_whole(last)):
                return [_end_of(last, _midnight(start), _midnight(end) if end else None)]
        return []
    return [_end_of(last, start, end) for start, end, _ in readings(last, context)]


def _around(span: Span, year: int) -> Iterator[Option]:
    """The options of what comes every year, in a year far from today's too."""
    first = span.options[0][0]
    if span.cycle != "year" or first.year <= year < span.options[-1][0].year:
        yield from span.options
        return
    for away in (year - first.year, year - first.year + 1):
        with suppress(ValueError):  # 29 February
            start, end = span.options[0]
            yield start.replace(year=start.year + away), end and end.replace(year=end.year + away)


def _end_of(edge: Edge, start: datetime, end: datetime | None) -> tuple[datetime, datetime]:
    return (start, end) if end and _is_whole(edge) else (start, start)


def _is_whole(edge: Edge) -> bool:
    """Whether the last edge of a from–to counts whole: January to March ends with March, a range of years
    where its last year begins."""
    return isinstance(edge, Span) and edge.grain in ("week", "month", "quarter")


def _is_settled(edge: Edge) -> bool:
    return isinstance(edge, Span) and len(edge.options) == 1


def _edges(edge: Edge, context: Context) -> list[datetime]:
    return [start for start, _, _ in readings(edge, context)]


def _starts(edge: Edge, end: datetime, context: Context, *, settled: bool) -> list[datetime]:
    """Where a from–to begins, given its end: not after it, and the nearest that people would mean."""
    span = edge if isinstance(edge, Span) else edge.span if isinstance(edge, Moment) else None
    if span is None or len(span.options) == 1:
        if isinstance(edge, Moment) and edge.span is None:
            starts = [datetime.combine(end.date(), each.time) for each in clocks(edge.clock)]
            return [start if start < end else start - timedelta(days=1) for start in starts]
        return _edges(edge, context)
    before = [start for start, _ in span.options if start <= end.date()]
    if not before:
        return []
    ahead = [start for start in before if start >= context.today]
    use_next = ahead and not context.past and not (span.cycle == "year" and settled)
    day = ahead[0] if use_next else before[-1]
    times = [each.time for each in clocks(edge.clock)] if isinstance(edge, Moment) else [time()]
    return [datetime.combine(day, at) for at in times]
