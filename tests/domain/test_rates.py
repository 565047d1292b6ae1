"""Laws of exchange rates."""

from datetime import date
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.rates import Rate, Rates

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
EURO = Rates(
    [
        Rate("EUR", "USD", MONDAY, Decimal("1.25")),
        Rate("EUR", "USD", FRIDAY, Decimal("1.20")),
        Rate("EUR", "CNY", MONDAY, Decimal("8")),
        Rate("EUR", "JPY", MONDAY, Decimal("170")),
    ]
)


def test_the_latest_rate_on_or_before_the_day_counts() -> None:
    for day, dollars in ((MONDAY, "125"), (date(2026, 11, 26), "125"), (FRIDAY, "120")):
        found = EURO.convert(Money.of(100, "EUR"), "USD", day)
        assert found is not None
        assert found.money == Money.of(dollars, "USD")


def test_a_rate_works_both_ways_and_by_way_of_the_tables_own_currency() -> None:
    back = EURO.convert(Money.of(125, "USD"), "EUR", MONDAY)
    assert back is not None
    assert back.money == Money.of(100, "EUR")
    over = EURO.convert(Money.of(125, "USD"), "CNY", FRIDAY)
    assert over is not None
    assert over.money == Money.of("833.33", "CNY")
    assert over.on == MONDAY


def test_a_conversion_is_rounded_once_to_the_currencys_own_unit() -> None:
    found = EURO.convert(Money.of("0.99", "EUR"), "JPY", MONDAY)
    assert found is not None
    assert found.money == Money(168, "JPY")


def test_before_the_first_rate_nothing_is_known() -> None:
    assert EURO.convert(Money.of(1, "EUR"), "USD", date(2026, 11, 22)) is None
    assert EURO.convert(Money.of(1, "EUR"), "GBP", FRIDAY) is None
