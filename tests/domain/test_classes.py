"""Laws of the classes of customers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.classes import ClassRules, Sales, life_cycle, missed_again, value_class
from bot.domain.money import Money

TODAY = date(2026, 11, 23)
RULES = ClassRules(floors={"USD": (100_000_00, 20_000_00)})


@pytest.mark.parametrize(
    ("kind", "sales", "expected"),
    [
        ("prospect", Sales(won=1, last_won_on=date(2026, 1, 5)), "active"),
        ("active", Sales(won=1, last_won_on=date(2025, 11, 22)), "lapsed"),
        ("lapsed", Sales(won=2, last_won_on=date(2026, 11, 1)), "active"),
        ("prospect", Sales(lost=1), "lost"),
        ("lost", Sales(lost=1, still_open=1), "prospect"),
        ("active", Sales(), "active"),
        ("partner", Sales(won=3, last_won_on=TODAY), "partner"),
        ("VIP of the old system", Sales(lost=1), "VIP of the old system"),
    ],
)
def test_the_life_cycle_follows_what_was_won_and_lost(kind: str, sales: Sales, expected: str) -> None:
    assert life_cycle(kind, sales, RULES, TODAY) == expected


def test_currencies_are_never_added_for_a_class_and_the_best_one_counts() -> None:
    def usd(amount: int) -> Money:
        return Money.of(amount, "USD")

    assert value_class([usd(100_000)], RULES) == "A"
    assert value_class([usd(99_999)], RULES) == "B"
    assert value_class([usd(1), Money.of(10**9, "CNY")], RULES) == "C"
    assert value_class([], RULES) is None
    assert value_class([usd(0)], RULES) is None


@given(st.integers(0, 200), st.integers(1, 60), st.integers(1, 30))
def test_a_missed_rhythm_is_told_once_each_time_however_often_one_looks(
    silent: int, every: int, step: int
) -> None:
    last_on = TODAY - timedelta(days=silent)
    told = 0
    before: date | None = None
    for days in range(0, silent + 1, step):
        day = last_on + timedelta(days=days)
        told += missed_again(last_on, every, since=before, today=day)
        before = day
    assert told <= silent // every
    assert bool(told) == ((silent // step) * step > every)
