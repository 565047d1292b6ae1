"""Laws of chances: they follow what ended, never reach certainty, and grow with time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chances import Pace, Timing, WinShares
from bot.domain.forecast import Share
from bot.domain.known import Sale
from bot.domain.outlook import Bet, NewSales, outlook
from bot.domain.stages import StageKind

DAY = date(2026, 11, 23)


def sale(
    kind: StageKind = StageKind.OPEN,
    opened: int = 0,
    closed: int | None = None,
    been_in: frozenset[int] = frozenset(),
    close_on: date | None = None,
) -> Sale:
    """A sale opened and closed so many days before DAY."""
    return Sale(
        id=1,
        external_id=None,
        kind=kind,
        stage_id=1,
        amount_minor=100,
        currency="USD",
        opened_on=DAY - timedelta(days=opened),
        close_on=close_on,
        closed_on=None if closed is None else DAY - timedelta(days=closed),
        been_in=been_in,
    )


WON, LOST = StageKind.WON, StageKind.LOST


def test_a_stages_win_rate_counts_everything_that_ever_was_in_it_and_ended() -> None:
    sales = [sale(WON, 9, 1, frozenset([1, 2]))] * 60 + [sale(LOST, 9, 1, frozenset([1]))] * 140
    shares = WinShares.of([*sales, sale(been_in=frozenset([2]))], [1, 2])
    assert shares.by_stage == {1: Share(60, 200), 2: Share(60, 60)}
    assert shares.chance(None) == pytest.approx(0.3)
    assert shares.chance(1) == pytest.approx(0.3)
    assert shares.chance(2) == pytest.approx((60 + 10 * 0.3) / 70)


def test_a_stage_with_few_ended_sales_stays_near_the_overall_rate() -> None:
    sales = [sale(WON)] * 50 + [sale(LOST)] * 50 + [sale(WON, 9, 1, frozenset([1]))]
    shares = WinShares.of(sales, [1])
    assert 0.5 < shares.chance(1) < 0.6


@pytest.mark.parametrize(("won", "lost"), [(0, 0), (3, 0), (0, 3)])
def test_nothing_is_certain_where_all_or_nothing_was_won(won: int, lost: int) -> None:
    shares = WinShares.of([sale(WON)] * won + [sale(LOST)] * lost, [1])
    assert 0 < shares.chance(None) < 1


def test_sales_that_nobody_closes_slow_the_pace_of_their_age() -> None:
    quick = [sale(WON, 10 + each, each) for each in range(60)]
    stale = [sale(opened=200)] * 100
    pace = Pace.of(quick + stale, DAY)
    assert pace.closes_within(0, 30) > 0.5
    assert pace.closes_within(200, 30) < 0.1
    assert pace.median_days(0) < 20 < pace.median_days(200)


@given(st.integers(0, 5000), st.integers(0, 400), st.integers(0, 400))
def test_the_longer_one_waits_the_likelier_a_closing(age: int, days: int, more: int) -> None:
    pace = Pace.of([sale(WON, 30, 2), sale(LOST, 90, 5), sale(opened=400)], DAY)
    assert 0 <= pace.closes_within(age, days) <= pace.closes_within(age, days + more) < 1


def test_a_planned_day_is_the_median_and_an_overdue_one_is_forgotten() -> None:
    pace = Pace.of([], DAY)
    planned = Timing(sale(close_on=DAY + timedelta(days=30)), DAY, pace)
    assert planned.median_day == DAY + timedelta(days=30)
    assert planned.closes_before(DAY + timedelta(days=31)) == pytest.approx(0.5, abs=0.02)
    overdue = Timing(sale(opened=60, close_on=DAY - timedelta(days=1)), DAY, pace)
    assert overdue.median_day > DAY


def test_the_range_is_ordered_the_same_each_time_and_holds_the_mean() -> None:
    bets = [Bet(0.3, 1000.0 * each, 0.1) for each in range(1, 100)]
    first = outlook(bets, NewSales(5000, 3000), doubt=0.2)
    assert first == outlook(bets, NewSales(5000, 3000), doubt=0.2)
    mean = sum(bet.chance * bet.amount for bet in bets) + 5000
    assert 0 <= first.p10 < mean < first.p90
    assert first.p10 <= first.p50 <= first.p90
    assert sum(first.scenarios) / len(first.scenarios) == pytest.approx(mean, rel=0.05)
    assert first.reaches(0) == 1.0
    assert first.reaches(first.p90) == pytest.approx(0.1, abs=0.01)


def test_one_large_sale_leaves_a_range_from_nothing_to_all_of_it() -> None:
    found = outlook([Bet(0.4, 100_000, 0.0)], NewSales(0, 0), doubt=0.0)
    assert (found.p10, found.p50, found.p90) == (0, 0, 100_000)
    assert found.reaches(100_000) == pytest.approx(0.4, abs=0.04)
