"""Times of day: 3pm, 15:00, half past eight, quarter to nine, tonight at 8, 下午三点半, 两点一刻,
差五分三点."""

from dataclasses import replace
from re import Match

from bot.language.numerals import Num
from bot.language.rules.start import rule
from bot.language.spans import Clock, Context
from bot.language.values import Grain

HOURS = {
    "dawn": (0, 6),
    "early": (8, 12),
    "morning": (9, 12),
    "noon": (12, 13),
    "afternoon": (14, 18),
    "evening": (18, 21),
    "night": (19, 24),
    "midnight": (23, 24),
}
Figures = tuple[tuple[int, ...], Match[str]]


def clock(
    hour: int, minute: int = 0, second: int = 0, *, grain: Grain = "minute", is_open: bool = False
) -> Clock | None:
    """A time of day, or None where there is none; 24:00 ends the day."""
    if hour == 24 and not minute and not second:
        return Clock(0, 0, 0, grain, shift=1)
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59):
        return None
    return Clock(hour, minute, second, grain, open=is_open and 1 <= hour <= 12, twelve=1 <= hour <= 12)


def halved(found: Clock | None, afternoon: bool) -> Clock | None:
    """The time with am or pm said."""
    if found is None or found.hour > 12 or found.hour == 0:
        # "15:00 pm" says the same twice; "15:00 am" is a slip.
        return replace(found, open=False, twelve=False) if found and afternoon and found.hour > 12 else None
    return replace(found, hour=found.hour % 12 + (12 if afternoon else 0), open=False, twelve=False)


@rule("figured", "hms")
def _hms(context: Context, figures: Figures) -> Clock | None:
    parts, found = figures
    grain: Grain = "second" if len(parts) == 3 else "minute"
    # 07:00 and 7:56:30 are of the 24-hour clock; 7:00 is of either.
    return clock(*parts, grain=grain, is_open=len(found[1]) == 1 and len(parts) == 2)


@rule("figured", "h24")
def _h24(context: Context, figures: Figures) -> Clock | None:
    hour, minute = figures[0]
    return clock(hour, minute)


@rule("figured", "num <dian>")
def _dian(context: Context, num: Num) -> Clock | None:
    # 07时, like 07:00, is of the 24-hour clock.
    is_open = not (num.width == 2 and num.value < 10)
    return clock(num.value, grain="hour", is_open=is_open) if num.width <= 2 else None


@rule("figured", "num <dian> num <fen>?", "num <dian> <guo> num <fen>", "num <dian> <zero> num <fen>?")
def _dian_fen(context: Context, num: Num, minute: Num) -> Clock | None:
    if num.width > 2 or minute.width > 2 or (minute.value < 10 and minute.width == 1):
        return None
    return clock(num.value, minute.value, is_open=not (num.width == 2 and num.value < 10))


@rule("figured", "num <dian> num <fen> num <miao>")
def _dian_fen_miao(context: Context, num: Num, minute: Num, second: Num) -> Clock | None:
    return clock(num.value, minute.value, second.value, grain="second", is_open=True)


@rule("figured", "num <dian> <half>")
def _dian_half(context: Context, num: Num) -> Clock | None:
    return clock(num.value, 30, is_open=True)


@rule("figured", "num <dian> <guo>? num <ke>")
def _dian_ke(context: Context, num: Num, quarters: Num) -> Clock | None:
    return clock(num.value, 15 * quarters.value, is_open=True) if quarters.value in (1, 3) else None


@rule("figured", "num <dian> <zheng>")
def _dian_zheng(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True)


@rule("figured", "<cha> num <ke> num <dian>")
def _cha_ke(context: Context, quarters: Num, num: Num) -> Clock | None:
    return _to(clock(num.value, is_open=True), 15 * quarters.value) if quarters.value in (1, 3) else None


@rule("figured", "<cha> num <fen> num <dian>")
def _cha(context: Context, minutes: Num, num: Num) -> Clock | None:
    return _to(clock(num.value, is_open=True), minutes.value)


@rule("figured", "num <dian> <cha> num <ke>")
def _dian_cha_ke(context: Context, num: Num, quarters: Num) -> Clock | None:
    return _cha_ke(context, quarters, num)


@rule("figured", "num <dian> <cha> num <fen>")
def _dian_cha(context: Context, num: Num, minutes: Num) -> Clock | None:
    return _to(clock(num.value, is_open=True), minutes.value)


@rule("figured", "num <oclock>")
def _oclock(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True) if num.width <= 2 else None


@rule("figured", "spoken spoken")
def _spoken(context: Context, num: Num, minute: Num) -> Clock | None:
    """ "eight forty", "eleven five"."""
    return clock(num.value, minute.value, is_open=True) if 1 <= num.value <= 12 and minute.value else None


@rule("hour", "figured")
def _figured_hour(context: Context, found: Clock) -> Clock:
    return found


@rule("hour", "num")
def _bare_hour(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True) if num.width <= 2 and num.value <= 12 else None


@rule("minutes", "num")
def _minutes(context: Context, num: Num) -> int | None:
    return num.value if 1 <= num.value <= 59 else None


@rule("minutes", "minutes_said")
def _any_minutes(context: Context, minutes: int) -> int:
    return minutes


@rule("minutes_said", "num unit")
def _minutes_said(context: Context, num: Num, unit: str) -> int | None:
    return num.value if 1 <= num.value <= 59 and unit == "minute" else None


@rule("minutes_said", "<a>? <quarter>")
def _quarter(context: Context) -> int:
    return 15


@rule("minutes_said", "<half>")
def _half(context: Context) -> int:
    return 30


@rule("minutes_said", "<three_quarters>")
def _three_quarters(context: Context) -> int:
    return 45


@rule("spoken_clock", "minutes <past> hour_said")
def _past(context: Context, minutes: int, hour: Clock) -> Clock | None:
    return replace(hour, minute=minutes, grain="minute") if hour.minute == 0 else None


@rule("spoken_clock", "<half> hour_bare")
def _half_eight(context: Context, hour: Clock) -> Clock:
    """ "half eight" is half past eight in Britain."""
    return replace(hour, minute=30, grain="minute")


@rule("hour_bare", "spoken")
def _spoken_hour(context: Context, num: Num) -> Clock | None:
    return clock(num.value, is_open=True) if 1 <= num.value <= 12 else None


@rule("spoken_clock", "num <to_hour> hour_said")
def _figure_to(context: Context, minutes: Num, hour: Clock) -> Clock | None:
    """ "20 to 9"; "9 to 5" is rather from one hour to another."""
    return _to(hour, minutes.value) if minutes.value > 12 or not minutes.width else None


@rule("spoken_clock", "minutes_said <to_hour> hour_said")
def _minutes_to(context: Context, minutes: int, hour: Clock) -> Clock | None:
    return _to(hour, minutes)


@rule("hour_said", "hour")
def _hour_said(context: Context, found: Clock) -> Clock:
    return found


@rule("hour_said", "hour <am>")
def _hour_am(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=False)


@rule("hour_said", "hour <pm>")
def _hour_pm(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=True)


@rule("hour_said", "hour_word")
def _hour_noon(context: Context, word: tuple[int, ...]) -> Clock:
    return _of_word(word)


def _of_word(word: tuple[int, ...]) -> Clock:
    hour, minute, second = (*word, 0)[:3]
    return Clock(hour, minute, second, "second" if len(word) == 3 else "hour", midnight=hour == 0)


def _to(hour: Clock | None, minutes: int) -> Clock | None:
    if hour is None or not 1 <= minutes <= 59:
        return None
    total = hour.hour * 60 + hour.minute - minutes
    if hour.open and total < 60:
        total += 12 * 60
    # "quarter to eight" is as much of the morning as eight is.
    is_open = hour.open and hour.hour < 8
    return replace(hour, hour=total // 60 % 24, minute=total % 60, grain="minute", open=is_open)


@rule("halved", "hour <am>", "hour <am> <oclock>")
def _am(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=False)


@rule("halved", "hour <pm>")
def _pm(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=True)


@rule("halved", "h_m <am>", "hhmm <am>")
def _dotted_am(context: Context, figures: Figures) -> Clock | None:
    return halved(clock(*figures[0]), afternoon=False)


@rule("halved", "h_m <pm>", "hhmm <pm>")
def _dotted_pm(context: Context, figures: Figures) -> Clock | None:
    return halved(clock(*figures[0]), afternoon=True)


@rule("halved", "h24 <am>")
def _h24_am(context: Context, figures: Figures) -> Clock | None:
    return halved(clock(*figures[0]), afternoon=False)


@rule("halved", "h_ap")
def _one_letter(context: Context, figures: Figures) -> Clock | None:
    """ "3:15p"."""
    return halved(clock(*figures[0]), afternoon=figures[1][3] == "p")


@rule("halved", "<am> figured")
def _am_first(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=False)


@rule("halved", "<pm> figured")
def _pm_first(context: Context, found: Clock) -> Clock | None:
    return halved(found, afternoon=True)


@rule("told", "figured", "spoken_clock", "halved")
def _told(context: Context, found: Clock) -> Clock:
    return found


@rule("told", "hour_word", "num hour_word")
def _word(context: Context, *values: object) -> Clock | None:
    """noon, midnight, end of day; "12 noon"."""
    word = values[-1]
    assert isinstance(word, tuple)
    if len(values) == 2 and isinstance(values[0], Num) and values[0].value != 12:
        return None
    return _of_word(word)


@rule("told", "<at> num")
def _at(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True) if num.width <= 2 and 1 <= num.value <= 12 else None


@rule("told", "num <ish>")
def _ish(context: Context, num: Num) -> Clock | None:
    """ "Monday 9ish"."""
    return _at(context, num)


@rule("told", "<at> h_m")
def _at_dotted(context: Context, figures: Figures) -> Clock | None:
    hour, minute = figures[0]
    return clock(hour, minute, is_open=len(figures[1][1]) == 1)


@rule("told", "<at> hhmm")
def _at_hhmm(context: Context, figures: Figures) -> Clock | None:
    """ "at 1530" of the 24-hour clock; "at 330" could be the afternoon's."""
    hour, minute = figures[0]
    return clock(hour, minute, is_open=len(figures[1][1]) == 1)


def of_part(part: str, found: Clock) -> list[Clock]:
    """A time with its part of the day said: 三点 in 下午 is 15:00. Nothing where they contradict each
    other."""
    if not found.twelve:
        return [found] if _agrees(part, found) else []
    hour = found.hour
    closed = replace(found, open=False, twelve=False)
    afternoon = replace(closed, hour=hour % 12 + 12)
    match part:
        case "dawn" | "early" | "morning":
            return [closed] if hour < 12 else [replace(closed, hour=0) if part == "dawn" else closed]
        case "noon":
            return [closed] if hour in (11, 12) else [afternoon] if hour <= 2 else []
        case "afternoon":
            return [afternoon]
        case "evening":
            return [afternoon] if 4 <= hour <= 11 else []
    if hour == 12:
        return [replace(closed, hour=0, shift=1)]
    if hour >= 5:
        return [afternoon]
    # In the small hours: the night that begins on the day, or the one that ends on it.
    return [replace(closed, shift=1), closed]


def _agrees(part: str, found: Clock) -> bool:
    first, last = {
        "dawn": (0, 7),
        "early": (4, 12),
        "morning": (4, 13),
        "noon": (11, 14),
        "afternoon": (12, 23),
    }.get(part, (16, 24))
    return first <= found.hour < last or (found.hour < 6 and part in ("night", "midnight"))


@rule("clock", "told")
def _plain(context: Context, found: Clock) -> Clock:
    return found


@rule("clock", "part told", "part hour_after_part")
def _part_first(context: Context, part: str, found: Clock) -> list[Clock]:
    return of_part(part, found)


@rule("hour_after_part", "<at> num")
def _at_hour(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True) if num.width <= 2 and 1 <= num.value <= 12 else None


@rule("clock", "told part", "in_part part")
def _part_last(context: Context, found: Clock, part: str) -> list[Clock]:
    return of_part(part, found)


@rule("in_part", "num <in>", "num <at_night>")
def _hour_in_part(context: Context, num: Num) -> Clock | None:
    return clock(num.value, grain="hour", is_open=True) if num.width <= 2 and 1 <= num.value <= 12 else None
