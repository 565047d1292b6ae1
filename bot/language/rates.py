"""Exchange rates as people write them: "USD CNY 7.12", "100 JPY = 4.7 CNY", "美元 7.12 周一"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.language.tables import TABLES
from bot.language.text import fold

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_JOINTS = re.compile(r"[=/:,，：]|(?<![a-z])(?:to|is|at)(?![a-z])|[兑对]")


@dataclass(frozen=True)
class TypedRate:
    """One unit of `base` is worth `value` units of `quote`; `rest` are the words left over, such as a day."""

    base: str
    quote: str | None
    """None where only one currency is named: it is the reader's own."""
    value: Decimal
    rest: str


def read_rate(text: str) -> TypedRate | None:
    """Read a rate; None where a currency or the number is missing, or more than two currencies are named."""
    folded = fold(text).folded
    found = list(_currency_words().finditer(folded))
    if not 1 <= len(found) <= 2:
        return None
    codes = [_codes()[each[0]] for each in found]
    units, value = Decimal(1), None
    before, _, after = folded.partition(found[0][0])
    if _NUMBER.fullmatch(before.strip()):
        units, before = Decimal(before.strip()), ""
    rest = []
    for word in _JOINTS.sub(" ", f"{before} {_currency_words().sub(' ', after)}").split():
        if value is None and _NUMBER.fullmatch(word):
            value = Decimal(word)
        else:
            rest.append(word)
    if value is None and units != 1 and len(found) == 1:
        units, value = Decimal(1), units
    if not value or not units:
        return None
    return TypedRate(codes[0], codes[1] if len(codes) == 2 else None, value / units, " ".join(rest))


@cache
def _codes() -> dict[str, str]:
    words: dict[str, str] = {}
    for table in TABLES.values():
        for section in ("currencies_after", "currencies"):
            for code, forms in table.get(section, {}).items():
                if len(code) == 3:
                    words |= dict.fromkeys([code.lower(), *forms], code)
    return words


@cache
def _currency_words() -> re.Pattern[str]:
    longest = sorted(_codes(), key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else word for word in longest)
    )
