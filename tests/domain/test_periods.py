"""Laws of periods: they touch without gap or overlap, and fiscal quarters follow the year's start."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Horizon, Period, last_days, month_of, period_of, quarter_of, week_of

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
STARTS = st.integers(1, 12)


@given(DAYS, STARTS)
def test_every_day_lies_in_its_week_month_and_quarter_and_their_neighbours_touch(
    day: date, start: int
) -> None:
    for period in (week_of(day), month_of(day), quarter_of(day, start)):
        assert day in period
        assert period.before.end == period.start
        assert period.after.start == period.end
        assert period.before.after == period == period.after.before


@given(DAYS, STARTS)
def test_a_fiscal_year_has_four_quarters_of_one_year_and_begins_with_its_month(day: date, start: int) -> None:
    quarter = quarter_of(day, start)
    while quarter.number != 1:
        quarter = quarter.before
    year = [quarter, quarter.after, quarter.after.after, quarter.after.after.after]
    assert quarter.start.month == start
    assert [each.number for each in year] == [1, 2, 3, 4]
    assert {each.year for each in year} == {(year[3].last_day).year}


def test_the_horizons_of_a_day_in_a_fiscal_year_from_april() -> None:
    day = date(2026, 11, 23)
    assert period_of(Horizon.MONTH, day, 4) == month_of(day)
    assert period_of(Horizon.NEXT_MONTH, day, 4).start == date(2026, 12, 1)
    assert period_of(Horizon.QUARTER, day, 4).start == date(2026, 10, 1)
    assert (period_of(Horizon.QUARTER, day, 4).number, period_of(Horizon.QUARTER, day, 4).year) == (3, 2027)
    assert period_of(Horizon.NEXT_QUARTER, day, 4).start == date(2027, 1, 1)


def test_a_fiscal_year_from_february_has_quarters_of_its_own() -> None:
    assert quarter_of(date(2026, 1, 31), 2).start == date(2025, 11, 1)
    assert quarter_of(date(2026, 2, 1), 2).start == date(2026, 2, 1)


@pytest.mark.parametrize("days", [1, 7, 90])
def test_the_last_days_end_with_the_day_itself(days: int) -> None:
    day = date(2026, 3, 1)
    period = last_days(day, days)
    assert (period.last_day, period.days) == (day, days)
    assert period.before == Period(day - timedelta(days=2 * days - 1), period.start)


def test_until_leaves_what_is_over_and_never_nothing() -> None:
    quarter = quarter_of(date(2026, 11, 23))
    assert quarter.until(date(2027, 1, 1)) == quarter
    assert quarter.until(date(2026, 11, 24)) == Period(date(2026, 10, 1), date(2026, 11, 24))
    assert quarter.until(date(2026, 9, 1)).days == 1
