"""Amounts of money and discounts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.money import minor_digits
from bot.language.refusals import Ambiguous, AmountNotUnderstood, NoMinorUnit, PercentNotUnderstood
from bot.language.repeats import whole
from bot.language.rules.money import Sum, SumRange
from bot.language.text import fold
from bot.language.values import Amount, Language

# Currencies whose own people call them by the shared sign.
_DOLLARS = frozenset(["USD", "HKD", "TWD", "CAD", "AUD", "NZD", "SGD", "MXN", "MOP", "CLP", "COP", "ARS"])
_CROWNS = ("SEK", "NOK", "DKK")
_YUANS = frozenset(["CNY", "HKD", "TWD", "MOP"])

# A minus before the figure or between a currency and the figure; accountants put it in brackets.
_SIGN = re.compile(r"(?:(?:- ?|负|minus |negative )(?=[^\s-])|([^\d\s-]{1,4} ?)-(?=\d))")
_BRACKETS = re.compile(r"\(([^()]+)\)")


def read_amount(text: str, *, language: Language | None = None, currency: str | None = None) -> Amount:
    """Read an amount of money, exactly. `currency` is the workspace's own: it settles signs such as $ and ¥.

    Raises NotUnderstood where there is no amount, NoMinorUnit (a NotUnderstood) for decimals of a currency
    that has none, and Ambiguous where separators (1.234), a shared sign, brackets that may be a minus, or a
    range leave a choice.
    """
    below, unsigned = _signed(text)
    found = amounts_of(whole("amount", unsigned), text, language, currency)
    if below is None:
        found = [each for amount in found for each in (amount, minus(amount))]
    elif below:
        found = [minus(each) for each in found]
    if not found:
        ends = [end for each in whole("amount_range", text) for end in (each.low, each.high)]
        found = amounts_of(ends, text, language, currency)
    if len(found) > 1:
        raise Ambiguous(typed=text, readings=found)
    if not found:
        chinese = language == "zh" or _has_chinese(text)
        raise AmountNotUnderstood(typed=text, example="12万" if chinese else "120k")
    return found[0]


def _signed(text: str) -> tuple[bool | None, str]:
    """Whether the amount is below zero, None where brackets may say so, and the text without the sign."""
    typed = text.strip()
    folded = fold(typed)
    if found := _BRACKETS.fullmatch(folded.folded):
        return None, found[1]
    if found := _SIGN.match(folded.folded):
        return True, (found[1] or "") + folded.folded[found.end() :]
    return False, text


def minus(amount: Amount) -> Amount:
    """The same amount below zero."""
    return replace(amount, value=-amount.value)


def read_range(
    text: str, *, language: Language | None = None, currency: str | None = None
) -> tuple[Amount, Amount]:
    """Read "100-150k" or 10到15万 as its two amounts. Raises NotUnderstood."""
    found: Sequence[SumRange] = whole("amount_range", text)
    if len(found) != 1:
        raise AmountNotUnderstood(typed=text, example="100k-150k")
    low, high = (amounts_of([each], text, language, currency) for each in (found[0].low, found[0].high))
    if len(low) != 1 or len(high) != 1:
        raise Ambiguous(typed=text, readings=(*low, *high))
    return low[0], high[0]


def read_percent(text: str, *, language: Language | None = None) -> Decimal:
    """Read a percentage or a discount as percent off: "8% off" and "8%" are 8, 85折 is 15, 打九折 is 10.

    Raises NotUnderstood.
    """
    found: list[Any] = whole("price_cut", text) or whole("percentage", text)
    if len(found) != 1:
        raise PercentNotUnderstood(
            typed=text, example="92折" if language == "zh" or _has_chinese(text) else "8% off"
        )
    return _plain(Decimal(found[0]))


def amounts_of(
    sums: Sequence[Sum], text: str, language: Language | None, currency: str | None
) -> list[Amount]:
    """Money as said with its currency settled: more than one where a sign is shared and nothing settles
    it."""
    found: dict[tuple[Decimal, str | None], Amount] = {}
    if len(sums) > 1 and minor_digits(sums[0].sign or currency or "USD") == 3:
        sums = sums[:1]  # 1.250 dinars have three decimals
    for each in sums:
        for code in _currencies(each.sign, text, language, currency):
            whole_only = minor_digits(code or "USD") == 0
            if whole_only and each.value % 1:
                raise NoMinorUnit(typed=text, currency=code, example=str(int(each.value)))
            value = _plain(each.value)
            found.setdefault((value, code), Amount(value, code, each.per, text.strip()))  # type: ignore[arg-type]
    return list(found.values())


def _currencies(
    sign: str | None, text: str, language: Language | None, currency: str | None
) -> tuple[str | None, ...]:
    """The currencies that a sign can stand for, given the workspace's own."""
    match sign:
        case "$":
            return (currency if currency in _DOLLARS else "USD",)
        case "元":
            return (currency if currency in _YUANS else "CNY",)
        case "kr":
            return (currency,) if currency in _CROWNS else _CROWNS
        case "¥":
            if currency in ("CNY", "JPY"):
                return (currency,)
            return ("CNY",) if language == "zh" or _has_chinese(text) else ("CNY", "JPY")
    return (sign,)


def _plain(value: Decimal) -> Decimal:
    """The value without the zeros that a multiplier left behind: 1.2m is 1200000."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)
