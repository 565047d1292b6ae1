"""Money: a whole number of minor units and a currency. Never a float, never added across currencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.errors import Refusal

_NO_MINOR_UNIT = frozenset(
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    }
)
_THREE_DIGITS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


class CurrencyMismatch(Refusal):
    """Two amounts in different currencies were to be added or compared."""

    message = "{left} and {right} are different currencies and cannot be added."


class AmountTooLarge(Refusal):
    """An amount beyond what a sale can be."""

    message = "The amount {typed} is too large. The largest is 999,999,999,999."


LARGEST = Decimal("999999999999.99")


def minor_digits(currency: str) -> int:
    """How many decimals the currency has (ISO 4217): 2 for most, 0 for JPY, 3 for KWD."""
    if currency in _NO_MINOR_UNIT:
        return 0
    return 3 if currency in _THREE_DIGITS else 2


@dataclass(frozen=True, order=False)
class Money:
    """An exact amount: `minor` units (cents, fen; whole yen) of an ISO 4217 `currency`."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """Money from a decimal amount, rounded half up to the currency's minor unit."""
        value = Decimal(amount)
        if abs(value) > LARGEST:
            raise AmountTooLarge(typed=str(amount))
        return cls(int(value.scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_UP)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount as a decimal in major units, with the currency's own number of decimals."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def times(self, factor: Decimal | int) -> "Money":
        """The amount multiplied and rounded half up once."""
        return Money(int((Decimal(self.minor) * factor).to_integral_value(ROUND_HALF_UP)), self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency, the largest count of amounts first, then by code."""
    sums: dict[str, int] = {}
    counts: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
        counts[money.currency] = counts.get(money.currency, 0) + 1
    return tuple(Money(sums[code], code) for code in sorted(sums, key=lambda code: (-counts[code], code)))
