"""Times on a day: Fri 3pm, 明天下午三点, tonight at 8, 2026-12-05T15:00Z, end of Friday."""

from datetime import timedelta
from re import Match

from bot.language.numerals import Num
from bot.language.rules.clocks import HOURS, clock, of_part
from bot.language.rules.dates import weekly
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context, Moment, PartOfDay, Span, day_of, one_day

Figures = tuple[tuple[int, ...], Match[str]]


def _on(day: Span, part: str, found: Clock) -> list[Moment]:
    return [Moment(day, each) for each in of_part(part, found)]


@rule("part_day", "part_today")
def _today(context: Context, part: str) -> tuple[Span, str]:
    return one_day(context.today), part


@rule("part_day", "part_tomorrow")
def _tomorrow(context: Context, part: str) -> tuple[Span, str]:
    return one_day(context.today + timedelta(days=1)), part


@rule("part_day", "part_yesterday")
def _yesterday(context: Context, part: str) -> tuple[Span, str]:
    return one_day(context.today - timedelta(days=1)), part


@rule("part_day", "shift part")
def _this_part(context: Context, shift: int, part: str) -> tuple[Span, str] | None:
    if shift == 0 or (shift == -1 and part in ("night", "evening")):
        return one_day(context.today + timedelta(days=shift)), part
    return None


@rule("part_day", "date part")
def _date_part(context: Context, span: Span, part: str) -> tuple[Span, str] | None:
    return (span, part) if span.is_day else None


@rule("part_day", "date <am>")
def _date_am(context: Context, span: Span) -> tuple[Span, str] | None:
    """ "Mon AM"."""
    return (span, "morning") if span.is_day else None


@rule("part_day", "date <pm>")
def _date_pm(context: Context, span: Span) -> tuple[Span, str] | None:
    return (span, "afternoon") if span.is_day else None


@rule("part_day", "part date")
def _part_date(context: Context, part: str, span: Span) -> tuple[Span, str] | None:
    return (span, part) if span.is_day else None


@rule("moment", "part_day told", "part_day hour_after_part")
def _part_day_clock(context: Context, day: tuple[Span, str], found: Clock) -> list[Moment]:
    return _on(day[0], day[1], found)


@rule("moment", "told part_day", "in_part part_day")
def _clock_part_day(context: Context, found: Clock, day: tuple[Span, str]) -> list[Moment]:
    return _on(day[0], day[1], found)


@rule("part_of_day", "part_day")
def _part_of_day(context: Context, day: tuple[Span, str]) -> PartOfDay:
    return PartOfDay(day[0], HOURS[day[1]])


@rule("part_of_day", "part")
def _bare_part(context: Context, part: str) -> PartOfDay:
    return PartOfDay(None, HOURS[part])


@rule("moment", "date clock", "date <sep> clock", "date <t> clock")
def _date_clock(context: Context, span: Span, found: Clock) -> Moment | None:
    return Moment(span, found) if span.is_day else None


@rule("moment", "date hms utc")
def _date_clock_utc(context: Context, span: Span, figures: Figures, offset: int) -> Moment | None:
    return _date_clock_offset(context, span, figures, offset)


@rule("moment", "date <before> clock")
def _date_before(context: Context, span: Span, found: Clock) -> Moment | None:
    return Moment(span, found) if span.is_day else None


@rule("moment", "<end_of> date_alone")
def _end_of_day(context: Context, span: Span) -> Moment:
    return Moment(span, Clock(23, 59, 59, "second"))


@rule("date_alone", "away")
def _away_alone(context: Context, days: int) -> Span:
    return one_day(context.today + timedelta(days=days))


@rule("date_alone", "weekday")
def _weekday_alone(context: Context, weekday: int) -> Span:
    return weekly(context, weekday)


@rule("date_alone", "fixed_date")
def _fixed_alone(context: Context, span: Span) -> Span:
    return span


@rule("sure_moment", "part_day num")
def _part_day_hour(context: Context, day: tuple[Span, str], num: Num) -> list[Moment] | None:
    """ "tonight 8"."""
    found = clock(num.value, grain="hour", is_open=True) if 1 <= num.value <= 12 and num.width else None
    return _on(day[0], day[1], found) if found else None


@rule("sure_moment", "num part_day")
def _hour_part_day(context: Context, num: Num, day: tuple[Span, str]) -> list[Moment] | None:
    """ "8 tonight"."""
    return _part_day_hour(context, day, num)


@rule("moment", "date <t> hms offset")
def _date_clock_offset(context: Context, span: Span, figures: Figures, offset: int) -> Moment | None:
    found = clock(*figures[0], grain="second" if len(figures[0]) == 3 else "minute")
    return Moment(span, found, offset) if found and len(span.options) == 1 else None


@rule("moment", "clock date")
def _clock_date(context: Context, found: Clock, span: Span) -> Moment | None:
    return Moment(span, found) if span.is_day else None


@rule("moment", "weekday mon dom hms year")
def _unix(context: Context, weekday: int, month: int, day: int, figures: Figures, year: int) -> Moment | None:
    """ "Wed Oct 26 15:50:06 2016", as computers write it."""
    found, at = day_of(year, month, day), clock(*figures[0], grain="second")
    return Moment(one_day(found), at) if found and at and found.weekday() == weekday else None
