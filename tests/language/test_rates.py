"""Exchange rates are read as people write them, or not at all."""

from decimal import Decimal

import pytest

from bot.language.rates import read_rate


@pytest.mark.parametrize(
    ("typed", "base", "quote", "value", "rest"),
    [
        ("USD CNY 7.12", "USD", "CNY", "7.12", ""),
        ("1 USD = 7.12 CNY", "USD", "CNY", "7.12", ""),
        ("100 JPY = 4.7 CNY", "JPY", "CNY", "0.047", ""),
        ("EUR/USD 1.08 Nov 1", "EUR", "USD", "1.08", "nov 1"),
        ("usd 7", "USD", None, "7", ""),
        ("美元 7.12", "USD", None, "7.12", ""),
        ("1欧元=7.9人民币", "EUR", "CNY", "7.9", ""),
        ("美元兑人民币 7.1 11月1日", "USD", "CNY", "7.1", "11月1日"),
        ("CNY 2026-11-01 7.1", "CNY", None, "7.1", "2026-11-01"),
    ],
)
def test_a_rate_names_currencies_and_what_one_is_worth(
    typed: str, base: str, quote: str | None, value: str, rest: str
) -> None:
    found = read_rate(typed)
    assert found is not None
    assert (found.base, found.quote, found.value, found.rest) == (base, quote, Decimal(value), rest)


@pytest.mark.parametrize("typed", ["7.12", "USD", "USD CNY", "USD CNY EUR 7", "dollars 7", "USD 0", "", "🤷"])
def test_what_names_no_rate_is_refused(typed: str) -> None:
    assert read_rate(typed) is None
