"""Periods of days: weeks, months and fiscal quarters, and the horizons of a forecast."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """What a period is called; DAYS is any other run of days."""

    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Horizon(StrEnum):
    """The period that a forecast is about, as people and the shell name it."""

    MONTH = "month"
    NEXT_MONTH = "next-month"
    QUARTER = "quarter"
    NEXT_QUARTER = "next-quarter"


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`."""

    start: date
    end: date
    grain: Grain = Grain.DAYS
    fiscal_start_month: int = 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    @property
    def year(self) -> int:
        """The year it is named after; a fiscal quarter's is the one in which its fiscal year ends."""
        if self.grain != Grain.QUARTER:
            return self.start.year
        return add_months(self.start, (1 - self.fiscal_start_month) % 12).year

    @property
    def number(self) -> int:
        """Which of its year: month 1 to 12, fiscal quarter 1 to 4, ISO week; 0 for a run of days."""
        match self.grain:
            case Grain.QUARTER:
                return (self.start.month - self.fiscal_start_month) % 12 // 3 + 1
            case Grain.MONTH:
                return self.start.month
            case Grain.WEEK:
                return self.start.isocalendar().week
        return 0

    @property
    def before(self) -> "Period":
        """The period before it, of the same kind."""
        return self._moved(-1)

    @property
    def after(self) -> "Period":
        """The period after it, of the same kind."""
        return self._moved(1)

    def until(self, day: date) -> "Period":
        """What of it is over at the start of `day`, at least its first day; itself where all of it is."""
        end = min(self.end, max(day, self.start + timedelta(days=1)))
        return self if end == self.end else Period(self.start, end, Grain.DAYS, self.fiscal_start_month)

    def _moved(self, steps: int) -> "Period":
        months = {Grain.MONTH: 1, Grain.QUARTER: 3}.get(self.grain)
        if months:
            start = add_months(self.start, steps * months)
            return Period(start, add_months(start, months), self.grain, self.fiscal_start_month)
        shift = timedelta(days=self.days * steps)
        return Period(self.start + shift, self.end + shift, self.grain, self.fiscal_start_month)


def add_months(day: date, months: int) -> date:
    """The first day of the month that many months away."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7), Grain.WEEK)


def month_of(day: date) -> Period:
    """The calendar month that holds the day."""
    return Period(day.replace(day=1), add_months(day, 1), Grain.MONTH)


def quarter_of(day: date, fiscal_start_month: int = 1) -> Period:
    """The fiscal quarter that holds the day; the fiscal year starts on the first of that month."""
    start = add_months(day, -((day.month - fiscal_start_month) % 3))
    return Period(start, add_months(start, 3), Grain.QUARTER, fiscal_start_month)


def last_days(day: date, days: int) -> Period:
    """The run of days that ends with `day`."""
    return Period(day - timedelta(days=days - 1), day + timedelta(days=1))


def period_of(horizon: Horizon, day: date, fiscal_start_month: int = 1) -> Period:
    """The period that a horizon means on a day."""
    match horizon:
        case Horizon.MONTH:
            return month_of(day)
        case Horizon.NEXT_MONTH:
            return month_of(day).after
        case Horizon.QUARTER:
            return quarter_of(day, fiscal_start_month)
    return quarter_of(day, fiscal_start_month).after
