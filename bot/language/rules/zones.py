"""Times in a zone that is said: 3pm EST, 北京时间下午三点, Thursday 8:00 GMT."""

from dataclasses import replace

from bot.language.rules.clocks import of_part
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context, Moment, Span


def _in_each(found: Clock, zones: str) -> list[Clock]:
    """One time for each zone that the words can mean: CST is Chicago's and China's."""
    return [replace(found, zone=zone) for zone in zones.split()]


@rule("told", "figured zone", "spoken_clock zone", "halved zone")
def _zone_last(context: Context, found: Clock, zones: str) -> list[Clock]:
    return _in_each(found, zones)


@rule("told", "zone figured", "zone halved")
def _zone_first(context: Context, zones: str, found: Clock) -> list[Clock]:
    return _in_each(found, zones)


@rule("clock", "zone part told")
def _zone_part(context: Context, zones: str, part: str, found: Clock) -> list[Clock]:
    return [each for zoned in _in_each(found, zones) for each in of_part(part, zoned)]


@rule("moment", "zone date clock")
def _zone_date(context: Context, zones: str, span: Span, found: Clock) -> list[Moment]:
    """北京时间周五15:00."""
    return [Moment(span, each) for each in _in_each(found, zones)] if span.is_day else []


@rule("moment", "zone part_day told")
def _zone_part_day(context: Context, zones: str, day: tuple[Span, str], found: Clock) -> list[Moment]:
    """北京时间周五下午三点."""
    return [Moment(day[0], each) for zoned in _in_each(found, zones) for each in of_part(day[1], zoned)]


@rule("when", "moment zone_short", "clock zone_short")
def _short(context: Context, found: Moment | Clock, zones: str) -> list[Moment]:
    moment = Moment(None, found) if isinstance(found, Clock) else found
    return [replace(moment, clock=each) for each in _in_each(moment.clock, zones)]
