"""What a sale is worth: its own amount, else an estimate that is called one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median, pstdev

from bot.domain.forecast import AmountBasis
from bot.domain.known import Sale
from bot.domain.money import Money

_UNTIL_ANY_IS_KNOWN = 10_000
"""Major units: the typical amount where no amount and no price is known at all, with a wide range."""
_KNOWN_SPREAD = 0.1
"""How much the final amount differs from the one that a seller wrote down, as a share of it."""


@dataclass(frozen=True)
class Value:
    """An amount, where it comes from, and its standard deviation as a share of it."""

    money: Money
    basis: AmountBasis
    spread: float


@dataclass(frozen=True)
class Values:
    """Values sales by list prices and by what was typical so far, currency by currency."""

    prices: Mapping[int, Money]
    typical: Mapping[str, int]
    spread: Mapping[str, float]

    @classmethod
    def of(cls, sales: Iterable[Sale], prices: Mapping[int, Money]) -> "Values":
        """Learn the typical amount by currency: of what was won, else of what is known, else of prices."""
        known = [sale for sale in sales if sale.amount_minor]
        typical: dict[str, int] = {}
        spread: dict[str, float] = {}
        for currency in {sale.currency for sale in known} | {price.currency for price in prices.values()}:
            all_amounts = [sale.amount_minor or 0 for sale in known if sale.currency == currency]
            won = [sale.amount_minor or 0 for sale in known if sale.currency == currency and sale.is_won]
            listed = [price.minor for price in prices.values() if price.currency == currency]
            amounts = won or all_amounts or listed
            typical[currency] = round(median(amounts))
            spread[currency] = (
                pstdev(amounts) / (sum(amounts) / len(amounts) or 1) if len(amounts) > 1 else 1.0
            )
        return cls(prices, typical, spread)

    def typical_in(self, currency: str) -> Money:
        """The middle amount of a sale in a currency."""
        return Money(self.typical.get(currency) or Money.of(_UNTIL_ANY_IS_KNOWN, currency).minor, currency)

    def of_sale(self, sale: Sale) -> Value:
        """What the sale is worth if it is won."""
        if sale.amount_minor is not None:
            return Value(Money(sale.amount_minor, sale.currency), AmountBasis.KNOWN, _KNOWN_SPREAD)
        spread = max(_KNOWN_SPREAD, min(2.0, self.spread.get(sale.currency, 1.0)))
        price = self.prices.get(sale.product_id) if sale.product_id is not None else None
        if price and price.currency == sale.currency:
            return Value(price, AmountBasis.LIST_PRICE, spread)
        return Value(self.typical_in(sale.currency), AmountBasis.TYPICAL, spread)
