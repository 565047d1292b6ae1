"""Days, moments and periods: the grammar first, dateparser where it is sure, a refusal else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language.computer import computer_written
from bot.language.grammar import Unreadable
from bot.language.refusals import (
    Ambiguous,
    DateNotUnderstood,
    DayBeyondMonth,
    NoSuchDay,
    NoSuchHour,
    NoSuchMonth,
    NoSuchTime,
    NotUnderstood,
)
from bot.language.rules import GRAMMAR
from bot.language.rules.lacking import Lacking
from bot.language.spans import (
    Clock,
    Context,
    FromTo,
    Instant,
    Meaning,
    Moment,
    PartOfDay,
    Reading,
    Span,
    Stretch,
    readings,
)
from bot.language.tables import TABLES
from bot.language.text import fold
from bot.language.values import Language, When, WorkingDays, monday_to_friday

# A zone's abbreviation in brackets at the end.
_ZONE = re.compile(r" ?[(（]([A-Z]{2,5}|[+-]\d{2,4})[)）]$")
LONGEST = 120  # no date that a person types is longer
EXAMPLES = {"en": "Fri 3pm, Dec 5, end of month", "zh": "周五下午3点、12月5日、月底"}


def read_when(
    text: str,
    *,
    now: datetime,
    language: Language | None = None,
    past: bool = False,
    working_days: WorkingDays = monday_to_friday,
    fiscal_start_month: int = 1,
) -> When:
    """Read a day, moment or period said at `now` (aware; its zone is the reader's).

    `past` is for what has happened, as in a log: "Friday" is then the last one. `language` settles only what
    the languages do differently, such as 12/11; the words of both are always read.

    Raises NotUnderstood where no reading is left, Ambiguous where people would read it in more than one way,
    and NoSuchTime (a NotUnderstood) for a time that a change of clocks skips.
    """
    zoned = _ZONE.search(text.strip())
    found = all_readings(
        text.strip()[: zoned.start()] if zoned else text,
        now=now,
        language=language,
        past=past,
        working_days=working_days,
        fiscal_start_month=fiscal_start_month,
    )
    if zoned:
        # "3:00 PM (CST)", as we print it, is of the reader's zone or of none we could name.
        found = tuple(when for when in found if when.start.tzname() == zoned[1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise refused(text, _lacking(text, now), language)
    raise Ambiguous(typed=text, readings=found)


def _lacking(text: str, now: datetime) -> Lacking | None:
    """What the calendar or the clock lacks of the words, where they are a date by their form."""
    if len(text) > LONGEST:
        return None
    context = context_of(now, None, False, monday_to_friday, 1)
    try:
        found: list[Lacking] = GRAMMAR.reader(fold(text).folded, context).whole("lacking_whole")
    except (Unreadable, RecursionError):
        return None
    return found[0] if found else None


def refused(typed: str, lacking: Lacking | None, language: Language | None = None) -> NotUnderstood:
    """Why words are no date, as far as it is known."""
    shown = example(typed, language)
    if lacking is None:
        return DateNotUnderstood(typed=typed, example=shown)
    if lacking.last:
        return DayBeyondMonth(typed=typed, example=shown, last=lacking.last)
    refusal = {"day": NoSuchDay, "month": NoSuchMonth, "time": NoSuchHour}[lacking.what]
    return refusal(typed=typed, example=shown)


def example(text: str, language: Language | None) -> str:
    """Dates that can be read, in the language of what was typed."""
    chinese = language == "zh" or any("\u4e00" <= char <= "\u9fff" for char in text[:LONGEST])
    return EXAMPLES["zh" if chinese else "en"]


def spoken(text: str, language: Language | None) -> Language | None:
    """The language whose customs hold: Chinese wherever Chinese characters are."""
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else language


def context_of(
    now: datetime,
    language: Language | None,
    past: bool,
    working_days: WorkingDays,
    fiscal_start_month: int,
) -> Context:
    """What a reading depends on besides the words."""
    return Context(now.replace(tzinfo=None), language, past, working_days, fiscal_start_month)


def all_readings(
    text: str,
    *,
    now: datetime,
    language: Language | None = None,
    past: bool = False,
    working_days: WorkingDays = monday_to_friday,
    fiscal_start_month: int = 1,
) -> tuple[When, ...]:
    """Every reading that people would give the words, the likeliest first; none where nothing is readable."""
    if len(text) > LONGEST or _is_verb(text):
        return ()
    folded = fold(text)
    if not folded.folded:
        return ()
    context = context_of(now, spoken(text, language), past, working_days, fiscal_start_month)
    try:
        reader = GRAMMAR.reader(folded.folded, context)
        meanings = reader.whole("sure") or reader.whole("when")
        if not meanings:
            return computer_written(text, now)
        return settle(meanings, context, now, text.strip())
    except (Unreadable, OverflowError, RecursionError):
        return ()


def _is_verb(text: str) -> bool:
    return text.strip() in TABLES["en"]["capitalised"]["alone"]


def settle(meanings: Sequence[Meaning], context: Context, now: datetime, typed: str) -> tuple[When, ...]:
    """The meanings as values in the reader's zone, each reading once.

    Raises NoSuchTime where the only reading is a time that clocks skip.
    """
    found: dict[tuple[datetime, timedelta | None, date | None], When] = {}
    skipped = False
    agreeing = [meaning for meaning in meanings if not _is_doubtful(meaning)]
    for meaning in agreeing or meanings:
        there, context_there = now, context
        if zone := _zone_of(meaning):
            there = now.astimezone(ZoneInfo(zone))
            context_there = replace(context, now=there.replace(tzinfo=None))
        for reading in readings(meaning, context_there):
            for when in _placed(meaning, reading, there, typed):
                if zone and when:
                    when = _moved(when, now)
                if when is None:
                    skipped = True
                else:
                    end = when.end.date() if when.end and not when.is_moment else when.end
                    found.setdefault((when.start.replace(tzinfo=None), when.start.utcoffset(), end), when)
    if skipped and not found:
        raise NoSuchTime(typed=typed, example=example(typed, context.language))
    return tuple(found.values())


def _elapsing(start: datetime, end: datetime, now: datetime, typed: str) -> When:
    """Hours from now on or up to now, which go by though clocks change: "within 12 hours"."""
    lasts, now = end - start, now.replace(microsecond=0)
    if now.replace(tzinfo=None) == end:
        return When((now.astimezone(UTC) - lasts).astimezone(now.tzinfo), now, "minute", typed)
    begin = now if now.replace(tzinfo=None) == start else start.replace(tzinfo=now.tzinfo)
    return When(begin, (begin.astimezone(UTC) + lasts).astimezone(now.tzinfo), "minute", typed)


def _moved(when: When, now: datetime) -> When:
    """A moment of another zone, in the reader's."""
    end = when.end and when.end.astimezone(now.tzinfo)
    return replace(when, start=when.start.astimezone(now.tzinfo), end=end)


def _placed(meaning: Meaning, reading: Reading, now: datetime, typed: str) -> list[When | None]:
    """A naive reading at its zone: None where clocks skip it, two where they repeat it."""
    start, end, grain = reading
    zone = now.tzinfo
    if isinstance(meaning, Moment) and meaning.offset is not None:
        utc = (start - timedelta(minutes=meaning.offset)).replace(tzinfo=UTC)
        return [When(utc.astimezone(zone), None, grain, typed)]
    if isinstance(meaning, Instant):
        # Days are counted on the wall, hours on the clock that never jumps.
        hours = timedelta(seconds=meaning.ahead.seconds)
        base = (
            now.replace(microsecond=0) if start - hours == now.replace(tzinfo=None, microsecond=0) else None
        )
        at = (base or (start - hours).replace(tzinfo=zone)).astimezone(UTC) + hours
        return [When(at.astimezone(zone), None, grain, typed)]
    if isinstance(meaning, Stretch) and end and grain == "minute":
        return [_elapsing(start, end, now, typed)]
    whole_end = end.replace(tzinfo=zone) if end else None
    if grain in ("day", "week", "month", "quarter", "year"):
        as_said = grain == "day" and isinstance(meaning, FromTo)
        return [When(start.replace(tzinfo=zone), whole_end, grain, typed, as_said)]
    first = start.replace(tzinfo=zone)
    second = start.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return [When(first, whole_end, grain, typed)]
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != start:
        return [None]
    return [When(first, whole_end, grain, typed), When(second, whole_end, grain, typed)]


def _zone_of(meaning: Meaning) -> str:
    """The zone that the words name, "" where it is the reader's."""
    match meaning:
        case Clock():
            return meaning.zone
        case Moment():
            return meaning.clock.zone
        case FromTo():
            edges = (meaning.last, meaning.first)
            return next((zone for each in edges if (zone := _zone_of(each))), "")
    return ""


def _is_doubtful(meaning: Meaning) -> bool:
    """Whether a weekday in the words disagrees with the date beside it."""
    match meaning:
        case Span():
            return meaning.doubtful
        case Moment() | PartOfDay():
            return meaning.span is not None and meaning.span.doubtful
        case FromTo():
            return _is_doubtful(meaning.first) or _is_doubtful(meaning.last)
    return False
