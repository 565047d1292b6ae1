"""What a customer bought: when, what, how many, at which price; summed by year and by product."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from bot.domain.money import Money, totals
from bot.domain.quotes import HUNDRED, LineValue

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Purchase:
    """One line of what was bought. `total` is what it came to after every discount.

    `quantity` and `unit_price` are None where only the amount of the sale is known.
    """

    on: date
    what: str
    total: Money
    source: str
    """The number of the quote, else the name of the opportunity."""
    quantity: Decimal | None = None
    unit_price: Money | None = None


@dataclass(frozen=True)
class PurchaseHistory:
    """Everything that a customer bought, the latest first, with its sums; currencies stay apart."""

    purchases: Sequence[Purchase]

    @property
    def total(self) -> tuple[Money, ...]:
        """All of it."""
        return totals(each.total for each in self.purchases)

    @property
    def by_year(self) -> list[tuple[int, tuple[Money, ...]]]:
        """By calendar year, the latest first."""
        return sorted(self._by(lambda each: each.on.year), reverse=True)

    @property
    def by_product(self) -> list[tuple[str, tuple[Money, ...]]]:
        """By what was bought, the most first."""
        return sorted(self._by(lambda each: each.what), key=lambda pair: -max(each.minor for each in pair[1]))

    def _by(self, key: Callable[[Purchase], Key]) -> list[tuple[Key, tuple[Money, ...]]]:
        groups: dict[Key, list[Money]] = {}
        for each in self.purchases:
            groups.setdefault(key(each), []).append(each.total)
        return [(name, totals(amounts)) for name, amounts in groups.items()]


def paid_for_lines(lines: Iterable[LineValue], discount_percent: Decimal) -> list[Money]:
    """What each line came to when the discount on their sum is shared out; the parts add up to the whole."""
    parts: list[Money] = []
    gross = paid = 0
    for line in lines:
        gross += line.total.minor
        so_far = Money(gross, line.total.currency)
        reached = so_far - so_far.times(discount_percent / HUNDRED)
        parts.append(Money(reached.minor - paid, reached.currency))
        paid = reached.minor
    return parts
