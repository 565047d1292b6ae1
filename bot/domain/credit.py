"""Split credit: what each person has of an amount, to the cent."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Protocol, TypeVar

Whose = TypeVar("Whose", bound=Hashable)

HUNDRED = Decimal(100)


def apportion(minor: int, shares: Mapping[Whose, Decimal]) -> dict[Whose, int]:
    """The amount in parts that sum to it exactly, by shares in percent that sum to 100.

    What rounding leaves goes a cent each to the largest remainders, to the earlier of equal ones.
    """
    exact = {who: Decimal(minor) * share / HUNDRED for who, share in shares.items()}
    parts = {who: int(value.to_integral_value(ROUND_FLOOR)) for who, value in exact.items()}
    left = minor - sum(parts.values())
    by_remainder = sorted(exact, key=lambda who: parts[who] - exact[who])
    for who in by_remainder[:left]:
        parts[who] += 1
    return parts


class Credited(Protocol):
    """Somebody of a team, with their share."""

    person_id: Any
    credit_percent: Any


def given_away(team: Iterable[Credited], owner_id: int | None) -> Decimal:
    """What of the credit is not the owner's, in percent."""
    shares = [each.credit_percent for each in team if each.person_id != owner_id]
    return sum((share for share in shares if share), Decimal(0))


def with_owner(owner: Whose, shares: Mapping[Whose, Decimal]) -> dict[Whose, Decimal]:
    """Everybody's shares: the owner has what the others leave of 100, first."""
    rest = HUNDRED - sum((share for who, share in shares.items() if who != owner), Decimal(0))
    return {owner: rest} | {who: share for who, share in shares.items() if who != owner}
