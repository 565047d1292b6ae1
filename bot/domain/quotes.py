"""Quotes: what a line and the whole come to, rounded once a line and once for the discount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import Money

HUNDRED = Decimal(100)


class QuoteState(StrEnum):
    """How far an offer has come."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class LineValue:
    """A line as it is priced: how many, at which price each, with which discount of its own in percent."""

    quantity: Decimal
    unit_price: Money
    discount_percent: Decimal = Decimal(0)

    @property
    def total(self) -> Money:
        """Quantity × price less the line's discount, rounded half up once."""
        return self.unit_price.times(self.quantity * (HUNDRED - self.discount_percent) / HUNDRED)


@dataclass(frozen=True)
class QuoteTotals:
    """The sum of the lines, what the discount takes off it, and what is left to pay."""

    subtotal: Money
    discount: Money
    total: Money


def quote_totals(lines: Iterable[LineValue], discount_percent: Decimal, currency: str) -> QuoteTotals:
    """Add the lines (all in one currency, else CurrencyMismatch) and take the discount off their sum."""
    subtotal = sum((line.total for line in lines), start=Money(0, currency))
    discount = subtotal.times(discount_percent / HUNDRED)
    return QuoteTotals(subtotal, discount, subtotal - discount)
