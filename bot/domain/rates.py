"""Exchange rates by date: an amount in another currency, with the rate that made it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.money import Money


@dataclass(frozen=True)
class Rate:
    """On a day one unit of `base` is worth `value` units of `quote`."""

    base: str
    quote: str
    on: date
    value: Decimal

    @property
    def inverse(self) -> "Rate":
        """The same, seen from the other side."""
        return Rate(self.quote, self.base, self.on, 1 / self.value)


@dataclass(frozen=True)
class Converted:
    """An amount in another currency, and the rates that led there: one, or two by way of a third currency."""

    money: Money
    by: tuple[Rate, ...]

    @property
    def on(self) -> date:
        """The day of the older rate."""
        return min(rate.on for rate in self.by)

    @property
    def value(self) -> Decimal:
        """What one unit was taken to be worth."""
        product = Decimal(1)
        for rate in self.by:
            product *= rate.value
        return product


class Rates:
    """Every rate of a workspace; the latest one on or before a day counts, in either direction."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._by_pair: dict[tuple[str, str], list[Rate]] = {}
        for rate in sorted(rates, key=lambda each: each.on):
            self._by_pair.setdefault((rate.base, rate.quote), []).append(rate)
            self._by_pair.setdefault((rate.quote, rate.base), []).append(rate.inverse)

    def convert(self, money: Money, to: str, on: date) -> Converted | None:
        """The amount in another currency, rounded once to its minor unit; None where no rate leads there.

        A rate of the pair itself is taken before one by way of a third currency, such as a central bank's
        table of its own currency; among those the one whose older rate is the newest.
        """
        if money.currency == to:
            return Converted(money, (Rate(to, to, on, Decimal(1)),))
        direct = self._at(money.currency, to, on)
        ways = [(direct,)] if direct else list(self._by_way_of(money.currency, to, on))
        if not ways:
            return None
        way = max(ways, key=lambda rates: (min(rate.on for rate in rates), rates[0].quote))
        found = Converted(money, way)
        return Converted(Money.of(money.amount * found.value, to), way)

    def leads(self, source: str, target: str, on: date) -> bool:
        """True where some rate leads from one currency to the other on that day."""
        return self.convert(Money(0, source), target, on) is not None

    def _by_way_of(self, source: str, target: str, on: date) -> Iterable[tuple[Rate, Rate]]:
        for base, middle in self._by_pair:
            if base != source:
                continue
            first, second = self._at(source, middle, on), self._at(middle, target, on)
            if first and second:
                yield first, second

    def _at(self, base: str, quote: str, on: date) -> Rate | None:
        known = self._by_pair.get((base, quote), [])
        place = bisect_right(known, on, key=lambda rate: rate.on)
        return known[place - 1] if place else None
