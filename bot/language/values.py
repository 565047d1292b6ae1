"""What the reader gives back: frozen values, in the reader's own zone, exact."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, Protocol

from bot.domain.errors import Refusal

Language = Literal["en", "zh"]
Grain = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]
WorkingDays = Callable[[date], bool]


def monday_to_friday(day: date) -> bool:
    """The working days where no calendar of holidays is known."""
    return day.weekday() < 5


@dataclass(frozen=True)
class When:
    """A day, a moment or a period, in the reader's zone.

    `end` is None for a point; it is exclusive for a named period (August ends on 1 September) and as said for
    a from–to of days (from 1 to 7 October ends on the 7th, and `as_said` is true). `text` is the words that
    were read.
    """

    start: datetime
    end: datetime | None
    grain: Grain
    text: str
    as_said: bool = field(default=False, compare=False)

    @property
    def last_day(self) -> date:
        """The day it is, or the last day of the period."""
        if self.end is None:
            return self.start.date()
        last = self.end if self.as_said else self.end - timedelta(microseconds=1)
        return max(last.date(), self.start.date())

    @property
    def day(self) -> date:
        """The day it is, or begins on."""
        return self.start.date()

    @property
    def is_moment(self) -> bool:
        """Whether a time of day was said, rather than a day or a longer period."""
        return self.grain in ("second", "minute", "hour")


@dataclass(frozen=True)
class Duration:
    """A length of time. Months and days stay apart, because months differ in length."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    working_days: int = 0
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class Recurrence:
    """When something happens again and again, in local time.

    `weekday` (0 is Monday) goes with weekly, the first of them where there are several `weekdays`; `day` goes
    with monthly and quarterly: 1 to 31, -1 for the last day (a shorter month uses its last); `working` takes
    the nth working day of the month instead of the nth day.
    """

    freq: Literal["daily", "weekdays", "weekly", "monthly", "quarterly"]
    at: time
    weekday: int | None = None
    day: int | None = None
    working: bool = False
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    text: str = field(default="", compare=False)

    @property
    def iso_weekdays(self) -> str:
        """The days of a week as ISO digits: 135 is Monday, Wednesday, Friday; empty where none is named."""
        days = self.weekdays or (() if self.weekday is None else (self.weekday,))
        return "".join(str(day + 1) for day in days)


@dataclass(frozen=True)
class Amount:
    """An exact amount of money. `currency` is None where the words name none; `per` is the unit said after
    it."""

    value: Decimal
    currency: str | None
    per: Literal["hour", "day", "week", "month", "quarter", "year", "seat"] | None = None
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class LineItem:
    """One product of a quote, as typed."""

    product: str
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discount_percent: Decimal | None = None


@dataclass(frozen=True)
class NameMatch:
    """A record whose name fits what was typed: `score` is 100 for the very name, less for a near one."""

    id: Any
    name: str
    score: int = 100


class Names(Protocol):
    """The names that the bot knows, asked while a line is read."""

    def match(self, kind: str, text: str) -> Sequence[NameMatch]:
        """Records of a kind (customer, contact, person, product, stage) that `text` can name, the best
        first."""


@dataclass(frozen=True)
class Ask:
    """A question that only the person can answer: which of the readings is meant for the field.

    Without readings the words were not understood; `why` then says what is wrong with them, where that is
    known.
    """

    field: str
    readings: tuple[Any, ...]
    typed: str = ""
    why: Refusal | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True)
class Line:
    """A one-line command, read: which words became what.

    `fields` holds date, datetime, Decimal, int, str, When, Recurrence and tuples of LineItem by the record's
    own names; `words` the words that each came from; `matches` the known record where a name has exactly one;
    `note` the words that fit nothing, in their order.
    """

    verb: str | None
    fields: Mapping[str, Any]
    asks: tuple[Ask, ...] = ()
    note: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    matches: Mapping[str, NameMatch] = field(default_factory=dict)
