"""What figures are made of: sales as they are, their dated history, activities, by few wide queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from bot.domain.known import Edit, Sale, SaleHistory
from bot.domain.money import Money
from bot.domain.stages import StageKind
from bot.store.models import Change, Opportunity, Pipeline, Product, Stage, StageChange

_REPLAYED = ("stage_id", "amount_minor", "currency", "close_on", "closed_on")
_SALES = (
    select(
        Opportunity.id,
        Opportunity.external_id,
        Stage.kind,
        Opportunity.stage_id,
        Opportunity.amount_minor,
        Opportunity.currency,
        Opportunity.opened_on,
        Opportunity.close_on,
        Opportunity.closed_on,
        Opportunity.product_id,
        Opportunity.owner_id,
    )
    .join(Stage, Stage.id == Opportunity.stage_id)
    .order_by(Opportunity.id)
)


@dataclass(frozen=True)
class StageRow:
    """A stage, as figures name it; one that was removed still names its past."""

    id: int
    name: str
    kind: StageKind
    pipeline_id: int
    pipeline: str
    is_removed: bool = False
    """Nothing moves into it any more."""

    @property
    def is_open(self) -> bool:
        """Work goes on."""
        return self.kind == StageKind.OPEN


@cache
def _stages() -> Select[int, str, str, int, str, bool]:
    gone = (Stage.deleted_at, Stage.retired_at, Pipeline.deleted_at, Pipeline.retired_at)
    removed = or_(*(moment.is_not(None) for moment in gone)).label("removed")
    return (
        select(Stage.id, Stage.name, Stage.kind, Stage.pipeline_id, Pipeline.name.label("pipeline"), removed)
        .join(Pipeline, Pipeline.id == Stage.pipeline_id)
        .order_by(Pipeline.position, Pipeline.id, Stage.position, Stage.id)
    )


def stage_rows(session: Session) -> dict[int, StageRow]:
    """Every stage by id, in the order of the pipelines and of each one's stages."""
    return {
        row.id: StageRow(
            row.id, row.name, StageKind(row.kind), row.pipeline_id, row.pipeline, bool(row.removed)
        )
        for row in session.execute(_stages(), execution_options={"include_deleted": True})
    }


def list_prices(session: Session) -> dict[int, Money]:
    """The list price of every product that has one."""
    rows = session.execute(
        select(Product.id, Product.price_minor, Product.currency).where(Product.price_minor.is_not(None))
    )
    return {row.id: Money(row.price_minor, row.currency) for row in rows}


def sales_now(session: Session) -> list[Sale]:
    """Every opportunity as it is now, by id."""
    moves = stage_moves(session)
    return [
        _sale(row, frozenset(stage_id for _, stage_id in moves.get(row.id, ())))
        for row in session.execute(_SALES)
    ]


def sale_histories(session: Session) -> list[SaleHistory]:
    """Every opportunity with all that is recorded of its past, by id."""
    moves, (made, edits) = stage_moves(session), _edits(session)
    return [
        SaleHistory(_sale(row), made.get(row.id), tuple(edits[row.id]), tuple(moves[row.id]))
        for row in session.execute(_SALES)
    ]


def _sale(row: Any, been_in: frozenset[int] = frozenset()) -> Sale:
    """A row of _SALES, whose columns are in the order of Sale's fields."""
    identity, external_id, kind, stage_id, minor, currency, opened_on, close_on, closed_on, product, owner = (
        row
    )
    return Sale(
        identity, external_id, StageKind(kind), stage_id, minor, currency, opened_on, close_on, closed_on,
        product, owner, been_in,
    )  # fmt: skip


def stage_moves(session: Session) -> dict[int, list[tuple[datetime, int]]]:
    """When each opportunity entered which stage, oldest first, by its id."""
    moves: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in session.execute(
        select(StageChange.opportunity_id, StageChange.at, StageChange.to_stage_id).order_by(
            StageChange.at, StageChange.id
        )
    ):
        moves[row.opportunity_id].append((row.at, row.to_stage_id))
    return moves


def latest_moves(session: Session, most: int) -> tuple[list[list[tuple[datetime, int]]], bool]:
    """The whole histories among the latest moves, and whether these are all there are."""
    ids = select(StageChange.id).order_by(StageChange.id.desc())
    before = session.scalar(ids.offset(most).limit(1))
    wanted = select(
        StageChange.opportunity_id, StageChange.at, StageChange.to_stage_id, StageChange.from_stage_id
    )
    if before is not None:
        wanted = wanted.where(StageChange.id > before)
    moves: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    begun: set[int] = set()
    for row in session.execute(wanted.order_by(StageChange.at, StageChange.id)):
        if row.from_stage_id is None:
            begun.add(row.opportunity_id)
        moves[row.opportunity_id].append((row.at, row.to_stage_id))
    if before is None:
        return list(moves.values()), True
    return [history for which, history in moves.items() if which in begun], False


def _edits(session: Session) -> tuple[dict[int, Edit], dict[int, list[Edit]]]:
    """How each opportunity was made, and what was changed in it together, oldest first."""
    rows = session.execute(
        select(Change.entity_id, Change.changeset, Change.at, Change.field, Change.old, Change.new)
        .where(Change.entity == Opportunity.__tablename__, Change.field.in_(("", *_REPLAYED)))
        .order_by(Change.at, Change.id)
    )
    made: dict[int, Edit] = {}
    together: dict[tuple[int, str, datetime], tuple[dict[str, Any], dict[str, Any]]] = {}
    for row in rows:
        if row.field == "":
            made[row.entity_id] = Edit(row.at, {name: row.new.get(name) for name in _REPLAYED})
        else:
            values, before = together.setdefault((row.entity_id, row.changeset, row.at), ({}, {}))
            values[row.field] = row.new
            before.setdefault(row.field, row.old)
    edits: dict[int, list[Edit]] = defaultdict(list)
    for (opportunity_id, _, at), (values, before) in together.items():
        edits[opportunity_id].append(Edit(at, values, before))
    return made, edits
