"""Amounts of money and discounts."""

import re
from decimal import Decimal

from bot.language.refusals import AmountNotUnderstood, PercentNotUnderstood
from bot.language.values import Amount, Language

_AMOUNT = re.compile(
    r"([$€£¥]?)\s*(\d[\d,]*(?:\.\d+)?)\s*(k|m|千|万|亿)?\s*(usd|cny|eur|rmb|元|美元)?$", re.I
)
_SCALE = {"k": 1000, "m": 1_000_000, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CURRENCY = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "usd": "USD",
    "cny": "CNY",
    "eur": "EUR",
    "rmb": "CNY",
    "元": "CNY",
    "美元": "USD",
}


def read_amount(text: str, *, language: Language | None = None, currency: str | None = None) -> Amount:
    """Read an amount of money, exactly. `currency` is the workspace's own: it settles signs such as $ and ¥.

    Raises NotUnderstood where there is no amount and Ambiguous where separators or a range leave a choice.
    """
    found = _AMOUNT.match(text.strip())
    if not found:
        raise AmountNotUnderstood(typed=text, example="120k")
    value = Decimal(found[2].replace(",", "")) * _SCALE.get((found[3] or "").casefold(), 1)
    return Amount(value, _CURRENCY.get((found[1] or found[4] or "").casefold()), None, text)


def read_percent(text: str, *, language: Language | None = None) -> Decimal:
    """Read a discount as percent off: "8% off" is 8, 85折 is 15, 打九折 is 10. Raises NotUnderstood."""
    if found := re.match(r"(\d+(?:\.\d+)?)\s*%", text.strip()):
        return Decimal(found[1])
    if found := re.match(r"打?(\d+)折", text.strip()):
        return 100 - Decimal(found[1]) * (10 if len(found[1]) == 1 else 1)
    raise PercentNotUnderstood(typed=text, example="8% off")
