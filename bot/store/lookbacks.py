"""What looking back is made of: how sales ended, what was done, who is who."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.money import Money
from bot.domain.pipeline import PipelineFilter
from bot.domain.stages import StageKind
from bot.store import open_ledger
from bot.store.models import Activity, Customer, Opportunity, Person, Product, Stage, StageChange, Team
from bot.store.types import Day

_LATEST = 1000
"""Of so many of the latest opportunities it is known how people write what they say."""


@dataclass(frozen=True)
class SaleRow:
    """One opportunity as it is now, with what a look back splits it by; names are None where unknown."""

    id: int
    kind: StageKind
    amount: Money | None
    opened_on: date | None
    closed_on: date | None
    owner_id: int | None
    source: str | None
    competitor: str | None
    loss_reason: str | None
    person: str | None
    product: str | None
    customer: str | None
    sales_channel: str | None
    partner: str | None

    @property
    def has_ended(self) -> bool:
        """It was won or lost."""
        return self.kind != StageKind.OPEN

    @property
    def is_won(self) -> bool:
        """It ended in a sale."""
        return self.kind == StageKind.WON


_PLAIN = (
    "opened_on",
    "closed_on",
    "owner_id",
    "source",
    "competitor",
    "loss_reason",
    "person",
    "product",
    "customer",
    "sales_channel",
    "partner",
)


def sale_rows(session: Session, *, since: date | None = None, until: date | None = None) -> list[SaleRow]:
    """Every opportunity; with days only those opened or closed from `since` to before `until`."""
    partner = aliased(Customer)
    query = (
        select(
            Opportunity.id,
            Stage.kind,
            Opportunity.amount_minor,
            Opportunity.currency,
            Opportunity.opened_on,
            Opportunity.closed_on,
            Opportunity.owner_id,
            Opportunity.source,
            Opportunity.competitor,
            Opportunity.loss_reason,
            Person.name.label("person"),
            Product.name.label("product"),
            Customer.name.label("customer"),
            Opportunity.sales_channel,
            partner.name.label("partner"),
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .outerjoin(Person, Person.id == Opportunity.owner_id)
        .outerjoin(Product, Product.id == Opportunity.product_id)
        .outerjoin(Customer, Customer.id == Opportunity.customer_id)
        .outerjoin(partner, partner.id == Opportunity.partner_id)
        .order_by(Opportunity.id)
    )
    if since and until:
        days = (Opportunity.opened_on, Opportunity.closed_on)
        query = query.where(or_(*(and_(day >= since, day < until) for day in days)))
    return [
        SaleRow(
            row.id,
            StageKind(row.kind),
            None if row.amount_minor is None else Money(row.amount_minor, row.currency),
            **{name: getattr(row, name) for name in _PLAIN},
        )
        for row in session.execute(query)
    ]


def entered_stages(session: Session) -> dict[int, list[str]]:
    """The names of the open stages that each opportunity is recorded to have entered."""
    rows = session.execute(
        select(StageChange.opportunity_id, Stage.name)
        .join(Stage, Stage.id == StageChange.to_stage_id)
        .where(Stage.kind == StageKind.OPEN)
        .distinct()
        .order_by(StageChange.opportunity_id, Stage.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.opportunity_id].append(row.name)
    return found


@dataclass(frozen=True)
class ActivityRow:
    """One activity: whose, of which kind, on which day of the workspace's zone."""

    person_id: int | None
    kind: str
    on: date


def activities_between(session: Session, start: datetime, end: datetime, zone: tzinfo) -> list[ActivityRow]:
    """What was done from one moment to before another."""
    rows = session.execute(
        select(Activity.person_id, Activity.kind, Activity.happened_at)
        .where(Activity.happened_at >= start, Activity.happened_at < end)
        .order_by(Activity.id)
    )
    return [ActivityRow(row.person_id, row.kind, row.happened_at.astimezone(zone).date()) for row in rows]


@dataclass(frozen=True)
class OpenSum:
    """Open opportunities of one stage in one currency."""

    stage_id: int
    currency: str
    count: int
    known: int
    """Those with an amount."""
    minor: int
    overdue: int


def open_sums(
    session: Session, stages: Collection[int], *, today: date, only: PipelineFilter
) -> list[OpenSum]:
    """What stands in the stages, by stage and currency, the most frequent currency first.

    Where the ledger has it, it is read there: the same figures, without reading every opportunity.
    """
    if open_ledger.answers(only):
        rows = open_ledger.ledger_sums(session, stages, today=today, only=only)
        return [OpenSum(*row) for row in rows]
    return scanned_sums(session, stages, today=today, only=only)


@cache
def _sums() -> Select[int, str, int, int, Any, Any]:
    overdue = case((Opportunity.close_on < bindparam("today", type_=Day), 1), else_=0)
    return (
        select(
            Opportunity.stage_id,
            Opportunity.currency,
            func.count(),
            func.count(Opportunity.amount_minor),
            func.coalesce(func.sum(Opportunity.amount_minor), 0),
            func.coalesce(func.sum(overdue), 0),
        )
        .where(Opportunity.stage_id.in_(bindparam("stages", expanding=True)))
        .group_by(Opportunity.stage_id, Opportunity.currency)
        .order_by(Opportunity.stage_id, func.count().desc(), Opportunity.currency)
    )


def scanned_sums(
    session: Session, stages: Collection[int], *, today: date, only: PipelineFilter
) -> list[OpenSum]:
    """The same from the opportunities themselves."""
    # Stages by their ids: joined, SQLite begins with them and reads everybody's opportunities.
    rows = session.execute(_sums().where(*holds(only)), {"today": today, "stages": list(stages)})
    return [
        OpenSum(stage_id, currency, count, known, int(minor), int(overdue))
        for stage_id, currency, count, known, minor, overdue in rows
    ]


def open_amounts(session: Session, *, only: PipelineFilter, but: str) -> list[tuple[Money, int]]:
    """Every known amount of an open opportunity in another currency than `but`, and how many have it."""
    query = (
        select(Opportunity.currency, Opportunity.amount_minor, func.count())
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(
            Stage.kind == StageKind.OPEN,
            Opportunity.currency != but,
            Opportunity.amount_minor.is_not(None),
            *holds(only),
        )
        .group_by(Opportunity.currency, Opportunity.amount_minor)
    )
    return [(Money(minor or 0, currency), count) for currency, minor, count in session.execute(query)]


def matching_ids(session: Session, only: PipelineFilter) -> set[int]:
    """Opportunities that a filter lets through, whatever their planned day."""
    return set(session.scalars(select(Opportunity.id).where(*holds(replace(only, period=None)))))


def holds(only: PipelineFilter) -> list[ColumnElement[bool]]:
    """What the filter asks of an opportunity. Texts are compared as people write them: in any case."""
    wanted: list[ColumnElement[bool]] = []
    if only.owner_ids is not None:
        wanted.append(Opportunity.owner_id.in_(only.owner_ids))
    if only.period is not None:
        wanted.append(Opportunity.close_on >= only.period.start)
        wanted.append(Opportunity.close_on < only.period.end)
    if only.source is not None:
        wanted.append(func.lower(Opportunity.source) == func.lower(only.source))
    if only.competitor is not None:
        wanted.append(func.lower(Opportunity.competitor) == func.lower(only.competitor))
    if only.product_id is not None:
        wanted.append(Opportunity.product_id == only.product_id)
    if only.sales_channel is not None:
        wanted.append(func.lower(Opportunity.sales_channel) == func.lower(only.sales_channel))
    if only.pipeline_id is not None:
        stages = select(Stage.id).where(Stage.pipeline_id == only.pipeline_id)
        wanted.append(Opportunity.stage_id.in_(stages))
    return wanted


def said_values(session: Session, column: Literal["source", "competitor"]) -> list[str]:
    """Every source or competitor that an opportunity names, those of the latest first, the most frequent of
    them before the others. One that is named by older opportunities alone is in lower case.
    """
    latest = select(getattr(Opportunity, column)).order_by(Opportunity.id.desc()).limit(_LATEST)
    found = Counter(value for value in session.scalars(latest) if value is not None)
    known = {value.lower() for value in found}
    older = [each for each in open_ledger.values_of(session, column, limit=500) if each.lower() not in known]
    return [value for value, _count in found.most_common()] + older


def opportunity_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What opportunities are called, by id; with their customer where the name does not say it."""
    rows = session.execute(
        select(Opportunity.id, Opportunity.name, Customer.name.label("customer"))
        .outerjoin(Customer, Customer.id == Opportunity.customer_id)
        .where(Opportunity.id.in_(ids))
    )
    return {
        row.id: row.name
        if not row.customer or row.customer.casefold() in row.name.casefold()
        else f"{row.customer} · {row.name}"
        for row in rows
    }


def person_names(session: Session) -> dict[int, str]:
    """Everybody's name by id, in the order of names; those who left still name their past."""
    rows = session.execute(
        select(Person.id, Person.name).order_by(Person.name, Person.id),
        execution_options={"include_deleted": True},
    )
    return {row.id: row.name for row in rows}


def team_ids(session: Session, team_id: int) -> list[int]:
    """Who is in a team."""
    return list(session.scalars(select(Person.id).where(Person.team_id == team_id).order_by(Person.id)))


def teams_by_name(session: Session) -> dict[str, int]:
    """Every team's id by its name."""
    return {row.name: row.id for row in session.execute(select(Team.id, Team.name).order_by(Team.name))}
