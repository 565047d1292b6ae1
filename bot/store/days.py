"""A seller's day: its figures in one query each, since the page is drawn at every visit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.stages import StageKind
from bot.store.credit import won_by_split
from bot.store.models import Opportunity, Quote, Stage, Task
from bot.store.signals import Watch

TASKS = 8
OPPORTUNITIES = 5
"""On one page."""


@dataclass(frozen=True)
class Figures:
    """The seller's open pipeline, and what the fiscal quarter has brought. Totals are per currency."""

    open_count: int
    open_totals: tuple[Money, ...]
    """Of the opportunities whose amount is known."""
    quarter: Period
    won: tuple[Money, ...]
    quota: Money | None
    won_of_quota: Money | None
    """What of `won` is in the quota's currency; None where there is no quota."""

    @property
    def to_go(self) -> Money | None:
        """What is still to be won of the quota; None without one, or where it is reached."""
        if self.quota is None or self.won_of_quota is None or self.won_of_quota.minor >= self.quota.minor:
            return None
        return self.quota - self.won_of_quota

    @property
    def attainment(self) -> float | None:
        """Won as a share of the quota."""
        if self.quota is None or self.won_of_quota is None or not self.quota.minor:
            return None
        return self.won_of_quota.minor / self.quota.minor


@dataclass(frozen=True)
class Day:
    """What a seller has before them, at a moment, in their own zone."""

    now: datetime
    today: date
    until: date | None
    """The first day that is no longer looked at; None where everything is."""
    overdue: tuple[Task, ...]
    due: tuple[Task, ...]
    """Due today, and not over."""
    ahead: tuple[Task, ...]
    """Later, or without a day."""
    first_task: int
    """How many tasks stand on the pages before."""
    task_count: int
    """On all pages."""
    opportunities: tuple[Opportunity, ...]
    first_opportunity: int
    opportunity_count: int
    watch: Watch | None
    """Which of all open opportunities need a look, and a page of them; None where nobody asked."""
    quotes: tuple[Quote, ...]
    """Those without an answer that end within a week."""
    next_tasks: Mapping[int, Task]
    """By opportunity: its open task that is due first."""
    stages: Mapping[int, Sequence[Stage]]
    """By pipeline: where its opportunities can move."""
    figures: Figures

    @property
    def is_empty(self) -> bool:
        """Nothing to do and nothing to sell: somebody who begins."""
        return not self.task_count and not self.figures.open_count


def open_totals(session: Session, owner_ids: Collection[int] | None) -> tuple[int, tuple[Money, ...]]:
    """How many open opportunities people have (None: all there are), and the known amounts by currency."""
    rows = session.execute(
        select(Opportunity.currency, func.count(Opportunity.id), func.sum(Opportunity.amount_minor))
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(_of(owner_ids), Stage.kind == StageKind.OPEN)
        .group_by(Opportunity.currency)
        .order_by(Opportunity.currency)
    ).all()
    return sum(row[1] for row in rows), tuple(
        Money(int(row[2]), row[0]) for row in rows if row[2] is not None
    )


def won_totals(session: Session, owner_ids: Collection[int] | None, period: Period) -> tuple[Money, ...]:
    """What people (None: all) won in the period, in each currency; of a split sale only their shares."""
    rows = session.execute(
        select(Opportunity.currency, func.sum(Opportunity.amount_minor))
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(
            _of(owner_ids),
            Stage.kind == StageKind.WON,
            Opportunity.closed_on >= period.start,
            Opportunity.closed_on < period.end,
            Opportunity.amount_minor.is_not(None),
        )
        .group_by(Opportunity.currency)
        .order_by(Opportunity.currency)
    ).all()
    won = {row[0]: int(row[1] or 0) for row in rows}
    if owner_ids is not None:
        for currency, change in won_by_split(session, owner_ids, period).items():
            won[currency] = won.get(currency, 0) + change
    return tuple(Money(minor, currency) for currency, minor in sorted(won.items()))


def _of(owner_ids: Collection[int] | None) -> ColumnElement[bool]:
    return true() if owner_ids is None else Opportunity.owner_id.in_(owner_ids)


def figures_of(
    count: int, totals: tuple[Money, ...], quarter: Period, won: tuple[Money, ...], quota: Money | None
) -> Figures:
    """The figures, with what of the won sums counts towards the quota."""
    of_quota = None
    if quota is not None:
        of_quota = next((each for each in won if each.currency == quota.currency), Money(0, quota.currency))
    return Figures(count, totals, quarter, won, quota, of_quota)


def count_closing(session: Session, owner_id: int, until: date) -> int:
    """How many open opportunities a person has that are planned to close before a day, or were."""
    wanted = select(func.count(Opportunity.id)).join(Stage, Stage.id == Opportunity.stage_id)
    return session.scalars(
        wanted.where(
            Opportunity.owner_id == owner_id, Stage.kind == StageKind.OPEN, Opportunity.close_on < until
        )
    ).one()
