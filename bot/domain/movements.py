"""What changed in the pipeline between two moments: a bridge from what it was to what it is, to the cent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.known import Sale
from bot.domain.money import Money, totals
from bot.domain.periods import Period


class MovementKind(StrEnum):
    """Why the pipeline is larger or smaller; in the order in which the bridge shows them."""

    NEW = "new"
    REOPENED = "reopened"
    MOVED_IN = "moved_in"
    """Open all along; its planned day has come into the period."""
    BIGGER = "bigger"
    SMALLER = "smaller"
    MOVED_OUT = "moved_out"
    """Still open; its planned day has left the period."""
    WON = "won"
    LOST = "lost"

    @property
    def adds(self) -> bool:
        """It makes the pipeline larger."""
        return self in (self.NEW, self.REOPENED, self.MOVED_IN, self.BIGGER)


@dataclass(frozen=True)
class Movement:
    """One sale's share of one step of the bridge. `amount` is positive, None where it is unknown."""

    kind: MovementKind
    sale_id: int
    amount: Money | None
    days: int | None = None
    """How many days its planned day moved: later is positive. None where either day is unknown."""


@dataclass(frozen=True)
class Step:
    """All movements of one kind in one currency."""

    kind: MovementKind
    count: int
    amount: Money
    """Of those whose amount is known; never negative."""

    @property
    def signed_minor(self) -> int:
        """What it adds to the pipeline, in minor units."""
        return self.amount.minor if self.kind.adds else -self.amount.minor


@dataclass(frozen=True)
class Bridge:
    """One currency: `before` plus every step is `after`, exactly."""

    before: Money
    steps: tuple[Step, ...]
    after: Money


@dataclass(frozen=True)
class PipelineChange:
    """What is planned to close in `period`, from the start of `since` to now, or all where period is None."""

    since: date
    until: date
    period: Period | None
    before_count: int
    after_count: int
    movements: tuple[Movement, ...]
    bridges: tuple[Bridge, ...]
    """One for each currency, that of the most sales first."""

    def count(self, kind: MovementKind) -> int:
        """How many sales moved so, in any currency and of unknown amounts too."""
        return len({each.sale_id for each in self.movements if each.kind == kind})

    @property
    def pushed(self) -> tuple[Movement, ...]:
        """Planned for the period before, and for later now."""
        return tuple(
            each for each in self.movements if each.kind == MovementKind.MOVED_OUT and (each.days or 0) > 0
        )


def pipeline_change(
    pairs: Iterable[tuple[Sale | None, Sale]], *, since: date, until: date, period: Period | None
) -> PipelineChange:
    """The change of the open pipeline; each pair is a sale as it was known at `since` and as it is.

    A sale counts while it is open and planned to close inside the period (where no period is given: while it
    is open). One that came and was won in between is new and won; one that was lost without ever having
    counted is not shown.
    """
    movements: list[Movement] = []
    before: list[Sale] = []
    after: list[Sale] = []
    for was, now in pairs:
        counted = was is not None and _counts(was, period)
        if counted and was:
            before.append(was)
        if _counts(now, period):
            after.append(now)
        movements += _moves(was if counted else None, was, now, period)
    return PipelineChange(
        since,
        until,
        period,
        len(before),
        len(after),
        tuple(movements),
        _bridges(before, movements, after),
    )


def _counts(sale: Sale, period: Period | None) -> bool:
    return sale.is_open and (period is None or (sale.close_on is not None and sale.close_on in period))


def _moves(counted: Sale | None, was: Sale | None, now: Sale, period: Period | None) -> list[Movement]:
    days = (now.close_on - was.close_on).days if was and was.close_on and now.close_on else None
    counts_now = _counts(now, period)
    entered = MovementKind.MOVED_IN
    if was is None:
        entered = MovementKind.NEW
    elif not was.is_open:
        entered = MovementKind.REOPENED
    if counted is None:
        if counts_now:
            return [Movement(entered, now.id, _amount(now), days)]
        ended_since = not now.is_open and (was is None or was.is_open)
        planned_here = period is None or (now.close_on is not None and now.close_on in period)
        if not ended_since or not (now.is_won or (was is None and planned_here)):
            return []
        left = MovementKind.WON if now.is_won else MovementKind.LOST
        return [Movement(entered, now.id, _amount(now), days), Movement(left, now.id, _amount(now))]
    if now.is_open and not counts_now:
        return [Movement(MovementKind.MOVED_OUT, now.id, _amount(counted), days)]
    steps = _resized(counted, now)
    if not now.is_open:
        kind = MovementKind.WON if now.is_won else MovementKind.LOST
        return [*steps, Movement(kind, now.id, _amount(now))]
    return steps


def _resized(was: Sale, now: Sale) -> list[Movement]:
    """From its former amount to the present one; another currency takes one out and brings the other in."""
    old, new = _amount(was), _amount(now)
    if old == new:
        return []
    if old and new and old.currency == new.currency:
        kind = MovementKind.BIGGER if old < new else MovementKind.SMALLER
        return [Movement(kind, now.id, new - old if old < new else old - new)]
    steps = []
    if old:
        steps.append(Movement(MovementKind.SMALLER, now.id, old))
    if new:
        steps.append(Movement(MovementKind.BIGGER, now.id, new))
    return steps


def _amount(sale: Sale) -> Money | None:
    return None if sale.amount_minor is None else Money(sale.amount_minor, sale.currency)


def _bridges(before: list[Sale], movements: list[Movement], after: list[Sale]) -> tuple[Bridge, ...]:
    known = [money for sale in (*before, *after) if (money := _amount(sale))]
    sums_before = {money.currency: money for money in totals(filter(None, map(_amount, before)))}
    sums_after = {money.currency: money for money in totals(filter(None, map(_amount, after)))}
    moved = [each.amount for each in movements if each.amount]
    bridges = []
    for currency in (money.currency for money in totals([*known, *moved])):
        steps = []
        for kind in MovementKind:
            amounts = [
                each.amount
                for each in movements
                if each.kind == kind and each.amount and each.amount.currency == currency
            ]
            if amounts:
                steps.append(Step(kind, len(amounts), sum(amounts[1:], amounts[0])))
        nothing = Money(0, currency)
        bridges.append(
            Bridge(sums_before.get(currency, nothing), tuple(steps), sums_after.get(currency, nothing))
        )
    return tuple(bridges)
