"""Cells as values: amounts, days, moments, currencies, words of closed lists. What is none is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from babel.numbers import list_currencies

from bot.domain.money import Money, minor_digits
from bot.language import read_amount
from bot.services.imports.dates import DateOrder, read_day, read_moment
from bot.services.imports.refusals import (
    AmountNegative,
    AmountOfTwoReadings,
    NotACount,
    NotACurrency,
    NotADay,
    NotAMoment,
    NotAnAmount,
    NotAScore,
    NotAShare,
    NotAWholeNumber,
    NotOneOf,
    TwoCurrencies,
)
from bot.services.imports.words import folded, meanings

_PLAIN = re.compile(r"-?\d+(\.\d+)?$")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?$")
_THREE_AFTER_DOT = re.compile(r"-?[1-9]\d{0,2}\.\d{3}$")


@dataclass(frozen=True)
class Cells:
    """How the cells of one file are read: the order of dates by column, the zone and currency left unsaid."""

    zone: tzinfo
    currency: str
    orders: Mapping[str, DateOrder | None] = field(default_factory=dict)

    def day(self, cell: Any, column: str) -> date:
        """A day, or NotADay."""
        day = read_day(cell, self.orders.get(column))
        if day is None:
            raise NotADay(typed=str(cell), column=column)
        return day

    def moment(self, cell: Any, column: str) -> datetime:
        """A moment, local to the workspace where the cell names no zone, or NotAMoment."""
        moment = read_moment(cell, self.orders.get(column), self.zone)
        if moment is None:
            raise NotAMoment(typed=str(cell), column=column)
        return moment

    def day_or_moment(self, cell: Any, column: str) -> date | datetime:
        """A moment where a time of day is said, else a day."""
        at_midnight = isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second)
        moment = None if at_midnight else read_moment(cell, self.orders.get(column), self.zone)
        return moment or self.day(cell, column)

    def amount(self, cell: Any, column: str, currency: str | None) -> Money:
        """An amount in the currency of its sign, else `currency`, else the workspace's. Never negative."""
        assumed = currency or self.currency
        value, said = _number(cell, column, assumed)
        if said and currency and said != currency:
            raise TwoCurrencies(typed=str(cell), first=said, second=currency)
        if value < 0:
            raise AmountNegative(typed=str(cell), column=column)
        return Money.of(value, said or assumed)


def _number(cell: Any, column: str, currency: str) -> tuple[Decimal, str | None]:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        raise NotAnAmount(typed=str(cell), column=column)
    if not isinstance(cell, str):
        value = Decimal(str(cell))
        if not value.is_finite():
            raise NotAnAmount(typed=str(cell), column=column)
        return value, None
    typed = cell.strip()
    if _THREE_AFTER_DOT.match(typed) and minor_digits(currency) != 3:
        raise AmountOfTwoReadings(
            typed=typed, column=column, plain=typed + "0", grouped=typed.replace(".", "")
        )
    if _PLAIN.match(typed) or _GROUPED.match(typed):
        return Decimal(typed.replace(",", "")), None
    if not re.search(r"\d", typed):
        raise NotAnAmount(typed=typed, column=column)
    amount = read_amount(typed, currency=currency)
    return amount.value, amount.currency


def read_currency(cell: Any, column: str) -> str:
    """An ISO 4217 code, or NotACurrency."""
    typed = str(cell).strip()
    code = meanings("currency").get(folded(typed), typed.upper())
    if code not in list_currencies():
        raise NotACurrency(typed=typed, column=column)
    return code


def read_word(cell: Any, column: str, list_name: str) -> str:
    """What a word of a closed list means, or NotOneOf."""
    meaning = meanings(list_name).get(folded(str(cell)))
    if meaning is None:
        raise NotOneOf(
            typed=str(cell), column=column, words=", ".join(dict.fromkeys(meanings(list_name).values()))
        )
    return meaning


def read_share(cell: Any, column: str) -> Decimal:
    """A percentage from 0 to 100, with or without its sign, or NotAShare."""
    typed = str(cell).strip().removesuffix("%").strip()
    value = Decimal(typed) if _PLAIN.match(typed) else Decimal(-1)
    if not 0 <= value <= 100:
        raise NotAShare(typed=str(cell), column=column)
    return value.normalize() + 0 if value else value


def read_percent(cell: Any, column: str) -> int:
    """A whole percentage from 0 to 100, with or without its sign, or NotAWholeNumber."""
    typed = str(cell).strip().removesuffix("%").strip()
    value = Decimal(typed) if _PLAIN.match(typed) else Decimal(-1)
    if value != value.to_integral_value() or not 0 <= value <= 100:
        raise NotAWholeNumber(typed=str(cell), column=column)
    return int(value)


def read_rate(cell: Any, column: str) -> Decimal:
    """A number above zero, or NotAnAmount."""
    typed = str(cell).strip()
    value = Decimal(typed.replace(",", "")) if _PLAIN.match(typed) or _GROUPED.match(typed) else Decimal(0)
    if not value > 0:
        raise NotAnAmount(typed=typed, column=column)
    return value


def read_score(cell: Any, column: str) -> int:
    """A whole score of 0 to 10, or NotAScore."""
    typed = read_text(cell).strip()
    if not _PLAIN.match(typed) or Decimal(typed) != int(Decimal(typed)) or not 0 <= Decimal(typed) <= 10:
        raise NotAScore(typed=str(cell), column=column)
    return int(Decimal(typed))


def read_count(cell: Any, column: str) -> int:
    """A number of people, or NotACount."""
    typed = read_text(cell).strip().replace(",", "")
    if not (typed.isascii() and typed.isdigit()) or not 0 < int(typed) < 100_000_000:
        raise NotACount(typed=str(cell), column=column)
    return int(typed)


def read_text(cell: Any) -> str:
    """A cell as text; a whole number of a spreadsheet without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date) else str(cell)


def read_name(cell: Any) -> str:
    """A name, its spaces made single."""
    return " ".join(read_text(cell).split())
