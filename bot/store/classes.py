"""What customers are classed by: sales, revenue in a period, and when somebody spoke with them last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, exists, func, literal, select, text
from sqlalchemy.orm import Session, aliased, joinedload

from bot.domain.classes import Sales
from bot.domain.money import Money
from bot.domain.stages import StageKind
from bot.store.base import Json
from bot.store.models import Activity, Change, Customer, Opportunity, Person, Stage, Task


@dataclass(frozen=True)
class Move:
    """A customer that went from one class to another."""

    customer: Customer
    old: str | None
    new: str | None
    at: datetime
    who: str | None
    how: str


@dataclass(frozen=True)
class Silent:
    """A customer whose rhythm was missed, with nothing planned."""

    customer: Customer
    last_on: date
    """When somebody spoke with them last, else the day since which they are known."""
    every: int
    days: int
    was_ever: bool


def sales_of(session: Session, customer_ids: Sequence[int] | None = None) -> dict[int, Sales]:
    """The sales of these customers, or of all who have any closed opportunity."""
    won = Stage.kind == StageKind.WON
    counts = [
        func.sum(case((Stage.kind == kind, 1), else_=0))
        for kind in (StageKind.WON, StageKind.LOST, StageKind.OPEN)
    ]
    last = func.max(case((won, Opportunity.closed_on)))
    wanted = select(Opportunity.customer_id, *counts, last).join(Opportunity.stage)
    wanted = wanted.where(Opportunity.customer_id.is_not(None)).group_by(Opportunity.customer_id)
    if customer_ids is None:
        wanted = wanted.having(counts[0] + counts[1] > 0)
    else:
        wanted = wanted.where(Opportunity.customer_id.in_(customer_ids))
    return {
        row[0]: Sales(int(row[1]), int(row[2]), int(row[3]), _day(row[4])) for row in session.execute(wanted)
    }


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def revenue_of(
    session: Session, *, since: date, customer_ids: Sequence[int] | None = None
) -> dict[int, list[Money]]:
    """What was won from these customers, or from all, since the day, one sum for each currency."""
    wanted = (
        select(Opportunity.customer_id, Opportunity.currency, func.sum(Opportunity.amount_minor))
        .join(Opportunity.stage)
        .where(
            Stage.kind == StageKind.WON,
            Opportunity.closed_on >= since,
            Opportunity.amount_minor.is_not(None),
            Opportunity.customer_id.is_not(None),
        )
        .group_by(Opportunity.customer_id, Opportunity.currency)
    )
    if customer_ids is not None:
        wanted = wanted.where(Opportunity.customer_id.in_(customer_ids))
    found: dict[int, list[Money]] = {}
    for customer_id, currency, minor in session.execute(wanted):
        assert customer_id is not None
        assert minor is not None
        found.setdefault(customer_id, []).append(Money(int(minor), currency))
    return found


def first_purchases(session: Session) -> dict[int, date]:
    """The day of each customer's first win."""
    wanted = select(Opportunity.customer_id, func.min(Opportunity.closed_on)).join(Opportunity.stage)
    wanted = wanted.where(Stage.kind == StageKind.WON, Opportunity.customer_id.is_not(None))
    rows = session.execute(wanted.group_by(Opportunity.customer_id))
    return {customer_id: on for customer_id, on in rows if customer_id is not None and on is not None}


def list_by_ids(session: Session, customer_ids: Sequence[int]) -> list[Customer]:
    """These customers, a thousand at a time."""
    found: list[Customer] = []
    wanted = sorted(customer_ids)
    for start in range(0, len(wanted), 1000):
        found += session.scalars(select(Customer).where(Customer.id.in_(wanted[start : start + 1000])))
    return found


def list_classed_ids(session: Session) -> list[int]:
    """Everybody who has a value class."""
    return list(session.scalars(select(Customer.id).where(Customer.value_class.is_not(None))))


def count_classes(session: Session) -> dict[tuple[str, str | None], int]:
    """How many customers there are of each kind and value class."""
    wanted = select(Customer.kind, Customer.value_class, func.count()).group_by(
        Customer.kind, Customer.value_class
    )
    return {(kind, worth): count for kind, worth, count in session.execute(wanted)}


def list_silent(
    session: Session, rhythms: dict[str, int], *, owner_id: int | None = None
) -> list[tuple[Customer, datetime | None]]:
    """Customers of a class with a rhythm for whom nothing is planned, and when somebody last spoke there."""
    last = (
        select(func.max(Activity.happened_at))
        .where(Activity.customer_id == Customer.id)
        .correlate(Customer)
        .scalar_subquery()
    )
    planned = exists().where(Task.customer_id == Customer.id, Task.state == "open", Task.deleted_at.is_(None))
    wanted = (
        select(Customer, last)
        .where(Customer.value_class.in_(list(rhythms)), Customer.owner_id.is_not(None), ~planned)
        .options(joinedload(Customer.owner))
        .order_by(Customer.value_class, Customer.id)
    )
    if owner_id is not None:
        wanted = wanted.where(Customer.owner_id == owner_id)
    return [(customer, at) for customer, at in session.execute(wanted)]


def list_moves(
    session: Session,
    *,
    field: str,
    since: datetime,
    before: datetime,
    old: str | None = None,
    new: str | None = None,
    limit: int = 500,
) -> list[Move]:
    """Who changed class in a period, the latest first."""
    person = aliased(Person)
    wanted = (
        select(Change, Customer, person.name)
        .join(Customer, Customer.id == Change.entity_id)
        .outerjoin(person, person.id == Change.person_id)
        .where(
            text("changes.field IN ('kind', 'value_class')"),  # as the index of these changes says it
            Change.entity == Customer.__tablename__,
            Change.field == field,
            Change.at >= since,
            Change.at < before,
        )
        .options(joinedload(Customer.owner))
        .order_by(Change.at.desc(), Change.id.desc())
    )
    if old is not None:
        wanted = wanted.where(Change.old == literal(old, Json))
    if new is not None:
        wanted = wanted.where(Change.new == literal(new, Json))
    return [
        Move(customer, change.old, change.new, change.at, who, change.how)
        for change, customer, who in session.execute(wanted.limit(limit))
    ]
