"""Laws of working days: weekends, public holidays, and the weekend days that make up for them."""

from datetime import date

from bot.services.working_days import countries, is_working_day
from bot.store.models import Settings


def test_without_a_country_the_weekdays_alone_count() -> None:
    settings = Settings(working_days="12345", holidays_of=None)
    assert is_working_day(settings, date(2026, 10, 1))
    assert not is_working_day(settings, date(2026, 10, 10))


def test_holidays_are_days_off_and_make_up_days_are_worked() -> None:
    settings = Settings(working_days="12345", holidays_of="CN")
    assert not is_working_day(settings, date(2026, 10, 1)), "国庆节"
    assert not is_working_day(settings, date(2026, 2, 20)), "春节"
    assert is_working_day(settings, date(2026, 10, 10)), "调休，周六上班"
    assert is_working_day(settings, date(2026, 2, 28)), "调休，周六上班"
    assert not is_working_day(Settings(working_days="12345", holidays_of="US"), date(2026, 7, 3))
    assert {"CN", "US", "DE", "JP"} <= set(countries())
