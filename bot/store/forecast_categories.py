"""What open opportunities count as in a forecast: sums, those by hand, and how one's was changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.credit import apportion, with_owner
from bot.domain.periods import Period
from bot.domain.stages import ForecastCategory, StageKind
from bot.store.changes import list_changes_of
from bot.store.credit import credit_shares
from bot.store.models import Opportunity, Person, Stage


@dataclass(frozen=True)
class CategorySum:
    """What counts so, in one currency: how many, how many by hand, and the known amounts."""

    category: ForecastCategory
    currency: str
    count: int
    by_hand: int
    minor: int


@dataclass(frozen=True)
class CategoryChange:
    """One change by hand; without a category it went back to the rule."""

    at: datetime
    who: str | None
    category: ForecastCategory | None
    reason: str | None


def category_sums(
    session: Session, period: Period, owner_ids: Collection[int] | None = None
) -> list[CategorySum]:
    """Of the open opportunities whose planned day is in the period."""
    category = func.coalesce(Opportunity.category, Stage.category).label("counts_as")
    wanted = (
        select(
            category,
            Opportunity.currency,
            func.count(Opportunity.id),
            func.count(Opportunity.category),
            func.sum(func.coalesce(Opportunity.amount_minor, 0)),
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(*_planned_in(period, owner_ids))
        .group_by(category, Opportunity.currency)
        .order_by(Opportunity.currency)
    )
    sums = [
        CategorySum(ForecastCategory(kind), currency, count, by_hand, int(minor or 0))
        for kind, currency, count, by_hand, minor in session.execute(wanted)
    ]
    return sums if owner_ids is None else _with_credit(session, sums, period, owner_ids)


def _with_credit(
    session: Session, sums: Sequence[CategorySum], period: Period, owner_ids: Collection[int]
) -> list[CategorySum]:
    """The same with what splits of credit give these people and take from them."""
    shares = credit_shares(session)
    found = {(each.category, each.currency): each for each in sums}
    if not shares:
        return list(sums)
    rows = session.execute(
        select(
            Opportunity.id,
            Opportunity.owner_id,
            Opportunity.amount_minor,
            Opportunity.currency,
            func.coalesce(Opportunity.category, Stage.category),
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(*_planned_in(period, None), Opportunity.id.in_(shares), Opportunity.amount_minor.is_not(None))
    )
    for opportunity_id, owner_id, minor, currency, kind in rows:
        parts = apportion(minor or 0, with_owner(owner_id, shares[opportunity_id]))
        theirs = sum(part for who, part in parts.items() if who in owner_ids)
        key = ForecastCategory(kind), currency
        known = found.get(key) or CategorySum(*key, 0, 0, 0)
        change = theirs - ((minor or 0) if owner_id in owner_ids else 0)
        if change:
            found[key] = replace(known, minor=known.minor + change)
    return list(found.values())


def list_by_hand(
    session: Session, period: Period, owner_ids: Collection[int] | None = None, *, limit: int = 5
) -> Sequence[Opportunity]:
    """Those of them whose category somebody set, the largest first."""
    wanted = (
        select(Opportunity)
        .join(Opportunity.stage)
        .options(joinedload(Opportunity.customer), joinedload(Opportunity.stage))
        .where(*_planned_in(period, owner_ids), Opportunity.category.is_not(None))
        .order_by(func.coalesce(Opportunity.amount_minor, 0).desc(), Opportunity.id)
    )
    return session.scalars(wanted.limit(limit)).all()


def _planned_in(period: Period, owner_ids: Collection[int] | None) -> list[Any]:
    conditions: list[Any] = [
        Stage.kind == StageKind.OPEN,
        Opportunity.close_on >= period.start,
        Opportunity.close_on < period.end,
    ]
    return conditions if owner_ids is None else [*conditions, Opportunity.owner_id.in_(owner_ids)]


def list_category_changes(session: Session, opportunity_id: int) -> list[CategoryChange]:
    """How its category was changed, the latest first."""
    said: dict[str, dict[str, Any]] = {}
    told: dict[str, tuple[datetime, int | None]] = {}
    for change in list_changes_of(session, Opportunity.__tablename__, opportunity_id):
        if change.field in ("category", "category_reason"):
            said.setdefault(change.changeset, {})[change.field] = change.new
            told[change.changeset] = change.at, change.person_id
    people = {person_id for _at, person_id in told.values() if person_id}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    names = {row.id: row.name for row in rows}
    category: str | None = None
    found = []
    for changeset, values in said.items():
        category = values.get("category", category)
        at, person_id = told[changeset]
        kind = ForecastCategory(category) if category else None
        found.append(CategoryChange(at, names.get(person_id or 0), kind, values.get("category_reason")))
    return found[::-1]
