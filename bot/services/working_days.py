"""Working days: the workspace's weekdays without its country's public holidays, with make-up workdays."""

from datetime import date
from functools import lru_cache

from bot.store.models import Settings


def countries() -> list[str]:
    """The countries whose public holidays are known, as ISO 3166 codes."""
    import holidays  # only a workspace with a country pays for it

    return sorted(code for code in holidays.list_supported_countries() if len(code) == 2)


def is_working_day(settings: Settings, day: date) -> bool:
    """Whether people work on the day. 调休: a weekend day that makes up for a holiday is a working day."""
    if settings.holidays_of:
        off, makes_up = _special(settings.holidays_of, day.year)
        if day in makes_up:
            return True
        if day in off:
            return False
    return day.isoweekday() in settings.working_weekdays


def is_holiday(settings: Settings, day: date) -> bool:
    """Whether the day is a public holiday of the workspace's country."""
    return bool(settings.holidays_of) and day in _special(settings.holidays_of or "", day.year)[0]


@lru_cache(maxsize=64)
def _special(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The public holidays of a year, and the days that are worked instead."""
    import holidays

    calendar = holidays.country_holidays(country, years=year)
    return frozenset(calendar), frozenset(getattr(calendar, "weekend_workdays", ()))
