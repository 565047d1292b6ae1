"""Laws of a quote's sums."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import CurrencyMismatch, Money
from bot.domain.quotes import LineValue, quote_totals

prices = st.integers(0, 10**9).map(lambda minor: Money(minor, "USD"))
percents = st.decimals(0, 100, places=2)
lines = st.builds(LineValue, st.decimals("0.01", 10_000, places=2), prices, percents)


@given(st.lists(lines, max_size=8), percents)
def test_subtotal_less_discount_is_the_total_to_the_cent(items: list[LineValue], percent: Decimal) -> None:
    sums = quote_totals(items, percent, "USD")
    assert sums.subtotal.minor == sum(item.total.minor for item in items)
    assert sums.total + sums.discount == sums.subtotal
    assert 0 <= sums.total.minor <= sums.subtotal.minor


def test_a_line_is_rounded_once() -> None:
    third = LineValue(Decimal(3), Money.of("0.35", "USD"), Decimal("33.33"))
    assert third.total == Money.of("0.70", "USD")


def test_fifty_at_240_less_8_percent() -> None:
    sums = quote_totals([LineValue(Decimal(50), Money.of(240, "USD"))], Decimal(8), "USD")
    expected = [Money.of(each, "USD") for each in (12000, 960, 11040)]
    assert [sums.subtotal, sums.discount, sums.total] == expected


def test_lines_of_two_currencies_are_never_added() -> None:
    mixed = [LineValue(Decimal(1), Money.of(1, "USD")), LineValue(Decimal(1), Money.of(1, "CNY"))]
    with pytest.raises(CurrencyMismatch):
        quote_totals(mixed, Decimal(0), "USD")
