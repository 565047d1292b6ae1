"""Repetitions and lengths of time for reminders: every Monday 9:00, 每月最后一个工作日, 2 hours before,
提前一天."""

from dataclasses import replace
from datetime import time

from bot.language.numerals import Num
from bot.language.rules.clocks import HOURS
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context, clocks
from bot.language.values import Duration, Recurrence

_NINE = time(9)  # the hour of a repetition that names none


@rule("more_days", "<and_to>? weekday", "<and_to>? short_weekday")
def _one_more(context: Context, weekday: int) -> tuple[int, ...]:
    return (weekday,)


@rule("more_days", "<and_to>? weekday more_days", "<and_to>? short_weekday more_days")
def _more(context: Context, weekday: int, more: tuple[int, ...]) -> tuple[int, ...]:
    return (weekday, *more)


@rule("rhythm", "<every> weekday more_days", "<weekly> weekday more_days", "weekday more_days <weekly>")
def _several_days(context: Context, weekday: int, more: tuple[int, ...]) -> Recurrence:
    """ "every Mon, Wed and Fri", 每周一三五. It goes first: who reads on in a line takes the first."""
    days = tuple(sorted({weekday, *more}))
    return Recurrence("weekly", _NINE, weekday=days[0], weekdays=days if len(days) > 1 else ())


@rule("rhythm", "<daily>")
def _daily(context: Context) -> Recurrence:
    return Recurrence("daily", _NINE)


@rule("rhythm", "<every> day_word")
def _every_day(context: Context, unit: str) -> Recurrence:
    return Recurrence("daily" if unit == "day" else "weekdays", _NINE)


@rule("rhythm", "<weekdays>")
def _weekdays(context: Context) -> Recurrence:
    return Recurrence("weekdays", _NINE)


@rule("rhythm", "<every>? weekday", "<weekly> weekday", "weekday <weekly>", "weekday <every> unit")
def _weekly(context: Context, weekday: int, unit: str = "week") -> Recurrence | None:
    return Recurrence("weekly", _NINE, weekday=weekday) if unit == "week" else None


@rule("rhythm", "<every> <other> weekday", "<biweekly> weekday", "weekday <biweekly>")
def _biweekly(context: Context, weekday: int) -> Recurrence:
    return Recurrence("weekly", _NINE, weekday=weekday, interval=2)


@rule("rhythm", "<biweekly>")
def _biweekly_bare(context: Context) -> Recurrence:
    return Recurrence("weekly", _NINE, weekday=0, interval=2)


@rule("rhythm", "<weekly>")
def _weekly_bare(context: Context) -> Recurrence:
    """Weekly without a day is on Mondays."""
    return Recurrence("weekly", _NINE, weekday=0)


@rule("rhythm", "<monthly> dom", "mdom <monthly>", "<monthly> mdom")
def _monthly(context: Context, day: int) -> Recurrence:
    return Recurrence("monthly", _NINE, day=day)


@rule("rhythm", "<monthly>")
def _monthly_bare(context: Context) -> Recurrence:
    return Recurrence("monthly", _NINE, day=1)


@rule("rhythm", "<monthly> <last> num? <ge>? day_word", "<last> day_word <monthly>")
def _monthly_last(context: Context, *values: object) -> Recurrence | None:
    return _nth("monthly", -1, values)


@rule("rhythm", "<quarterly> <last> num? <ge>? day_word", "<last> day_word <quarterly>")
def _quarterly_last(context: Context, *values: object) -> Recurrence | None:
    return _nth("quarterly", -1, values)


@rule("rhythm", "<monthly> ord day_word", "ord day_word <monthly>", "<monthly> <di> num <ge>? day_word")
def _monthly_nth(context: Context, nth: int | Num, unit: str) -> Recurrence | None:
    return _nth("monthly", nth.value if isinstance(nth, Num) else nth, (unit,))


@rule("rhythm", "<quarterly> ord day_word", "ord day_word <quarterly>", "<quarterly> <di> num <ge>? day_word")
def _quarterly_nth(context: Context, nth: int | Num, unit: str) -> Recurrence | None:
    return _nth("quarterly", nth.value if isinstance(nth, Num) else nth, (unit,))


def _nth(freq: str, nth: int, values: tuple[object, ...]) -> Recurrence | None:
    if any(isinstance(value, Num) and value.value != 1 for value in values[:-1]):
        return None
    if nth > 31:
        return None
    working = values[-1] == "working_day"
    return Recurrence("monthly" if freq == "monthly" else "quarterly", _NINE, day=nth, working=working)


@rule(
    "rhythm",
    "<every> <month_end>",
    "<every> <eom>",
    "<end_of> <monthly>",
    "<monthly> <month_end>",
    "<monthly> <eom>",
    "<monthly> <end_of_after>",
)
def _month_end(context: Context) -> Recurrence:
    return Recurrence("monthly", _NINE, day=-1)


@rule("rhythm", "<every> <month_start>", "<monthly> <month_start>")
def _month_start(context: Context) -> Recurrence:
    return Recurrence("monthly", _NINE, day=1)


@rule("rhythm", "<quarterly>")
def _quarterly_bare(context: Context) -> Recurrence:
    return Recurrence("quarterly", _NINE, day=1)


@rule("rhythm", "<quarterly> <end_of_after>", "<every> <quarter_end>")
def _quarter_end(context: Context) -> Recurrence:
    return Recurrence("quarterly", _NINE, day=-1)


@rule("repeat", "rhythm")
def _repeat(context: Context, rhythm: Recurrence) -> Recurrence:
    return rhythm


@rule("repeat", "rhythm clock", "rhythm bare_hour")
def _at(context: Context, rhythm: Recurrence, clock: Clock) -> list[Recurrence]:
    return [replace(rhythm, at=each.time) for each in clocks(clock) if not each.shift]


@rule("repeat", "rhythm part")
def _at_part(context: Context, rhythm: Recurrence, part: str) -> Recurrence:
    return replace(rhythm, at=time(HOURS[part][0]))


@rule("repeat", "clock rhythm")
def _at_first(context: Context, clock: Clock, rhythm: Recurrence) -> list[Recurrence]:
    return _at(context, rhythm, clock)


@rule("bare_hour", "num")
def _bare_hour(context: Context, num: Num) -> Clock | None:
    return Clock(num.value, grain="hour", open=True) if num.width and 8 <= num.value <= 12 else None


@rule("duration", "day_word <earlier>")
def _day_earlier(context: Context, unit: str) -> Duration:
    """ "the day before"."""
    return Duration(days=1) if unit == "day" else Duration(working_days=1)


@rule("duration", "<within_past> dur")
@rule("duration", "dur", "dur <earlier>", "<in_advance> dur", "dur <before>", "<earlier> dur")
def _duration(context: Context, dur: Duration) -> Duration:
    return dur
