"""Classes of customers by rule: where they stand in their life with us, and what they are worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.money import Money

PROSPECT, ACTIVE, LAPSED, LOST, PARTNER = KINDS = ("prospect", "active", "lapsed", "lost", "partner")
"""The life cycle. A partner is one because somebody says so."""

VALUE_CLASSES = ("A", "B", "C")

FIRST_FLOORS = {"A": 100_000, "B": 20_000}
"""Major units of the workspace's currency from which one is A or B, until an admin says otherwise."""


@dataclass(frozen=True)
class ClassRules:
    """What an admin has decided.

    `floors` are minor units by currency: from which revenue in the period one is A, from which B; any revenue
    at all is C. `rhythms` are the days within which each class is to be spoken with; none where there is no
    rhythm.
    """

    lapse_months: int = 12
    class_months: int = 12
    floors: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    rhythms: Mapping[str, int] = field(default_factory=dict)

    def bought_since(self, today: date) -> date:
        """From this day on a purchase keeps a customer active."""
        return today - relativedelta(months=self.lapse_months)

    def counted_since(self, today: date) -> date:
        """From this day on revenue counts for the value class."""
        return today - relativedelta(months=self.class_months)


@dataclass(frozen=True)
class Sales:
    """What the rules look at: opportunities won, lost and still open, and the last day of a win."""

    won: int = 0
    lost: int = 0
    still_open: int = 0
    last_won_on: date | None = None


def life_cycle(kind: str, sales: Sales, rules: ClassRules, today: date) -> str:
    """The kind by rule: active after a purchase, lapsed when the last one is long ago.

    One that only ever lost is lost, and a prospect again when something opens. Partners, kinds of another
    system and whoever has no closed opportunity keep their kind.
    """
    if kind not in (PROSPECT, ACTIVE, LAPSED, LOST):
        return kind
    if sales.won:
        recent = sales.last_won_on is None or sales.last_won_on >= rules.bought_since(today)
        return ACTIVE if recent else LAPSED
    if sales.lost:
        return PROSPECT if sales.still_open else LOST
    return kind


def value_class(revenue: Iterable[Money], rules: ClassRules) -> str | None:
    """The best class that the revenue of the period earns in any one currency; none without revenue."""
    earned = None
    for money in revenue:
        if money.minor <= 0:
            continue
        floors = rules.floors.get(money.currency)
        own = "C"
        if floors:
            own = "A" if money.minor >= floors[0] else "B" if money.minor >= floors[1] else "C"
        earned = min(earned or own, own)
    return earned


def missed_again(last_on: date, every: int, *, since: date | None, today: date) -> bool:
    """True when the day it was due has passed, for the first or another whole time after `since`."""
    missed = ((today - last_on).days - 1) // every
    before = ((since - last_on).days - 1) // every if since else 0
    return missed >= 1 and missed > max(before, 0)


def due_on(last_on: date, every: int) -> date:
    """The day until which somebody was to speak with them."""
    return last_on + timedelta(days=every)
