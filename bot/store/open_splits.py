"""The open pipeline by what filters ask for: by product, source, channel, competitor or person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from bot.domain.money import Money, totals
from bot.domain.performance import Dimension
from bot.domain.pipeline import PipelineFilter
from bot.domain.stages import StageKind
from bot.store.lookbacks import holds
from bot.store.models import Opportunity, OpportunityLine, Person, Product, Stage

SPLITS: dict[Dimension, ColumnElement[str | None]] = {
    Dimension.PRODUCT: Product.name,  # type: ignore[dict-item]  # A column is an element of its type.
    Dimension.SOURCE: Opportunity.source,  # type: ignore[dict-item]
    Dimension.SALES_CHANNEL: Opportunity.sales_channel,  # type: ignore[dict-item]
    Dimension.COMPETITOR: Opportunity.competitor,  # type: ignore[dict-item]
    Dimension.PERSON: Person.name,  # type: ignore[dict-item]
}
"""What the open pipeline can be split by, and the column that has it."""


@dataclass(frozen=True)
class OpenShare:
    """What is open of one value; None where nobody has said one."""

    name: str | None
    count: int
    totals: tuple[Money, ...]


def open_shares(session: Session, *, by: Dimension, only: PipelineFilter) -> list[OpenShare]:
    """What is open by each value, the largest number first.

    By product, an opportunity with product lines counts for each of their products, with the amount of its
    lines: the sums are those of the pipeline, the counts may be more.
    """
    counts: dict[str | None, int] = defaultdict(int)
    amounts: dict[str | None, list[Money]] = defaultdict(list)
    value = SPLITS[by]
    wanted = (
        select(
            value,
            Opportunity.currency,
            func.count(),
            func.count(Opportunity.amount_minor),
            func.sum(Opportunity.amount_minor),
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .outerjoin(Product, Product.id == Opportunity.product_id)
        .outerjoin(Person, Person.id == Opportunity.owner_id)
        .where(Stage.kind == StageKind.OPEN, *holds(only))
        .group_by(value, Opportunity.currency)
    )
    has_lines = exists().where(
        OpportunityLine.opportunity_id == Opportunity.id, OpportunityLine.deleted_at.is_(None)
    )
    if by == Dimension.PRODUCT:
        wanted = wanted.where(~has_lines)
    for name, currency, count, known, minor in session.execute(wanted):
        counts[name] += count
        amounts[name] += [Money(int(minor or 0), currency)] if known else []
    if by == Dimension.PRODUCT:
        for name, number, money in _lines(session, only):
            counts[name] += number
            amounts[name].append(money)
    found = [OpenShare(name, count, totals(amounts[name])) for name, count in counts.items()]
    return sorted(found, key=lambda each: (each.name is None, -each.count, each.name or ""))


def _lines(session: Session, only: PipelineFilter) -> Iterable[tuple[str | None, int, Money]]:
    """Each product line of what is open: its product, one opportunity where it is the first, its amount."""
    wanted = (
        select(OpportunityLine, Opportunity.currency)
        .join(Opportunity, Opportunity.id == OpportunityLine.opportunity_id)
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(Stage.kind == StageKind.OPEN, *holds(only))
        .order_by(OpportunityLine.id)
    )
    seen: set[tuple[int, str]] = set()
    for line, currency in session.execute(wanted):
        key = (line.opportunity_id, line.description)
        yield line.description, int(key not in seen), line.value(currency).total
        seen.add(key)
