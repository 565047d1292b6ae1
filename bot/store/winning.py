"""What is learned from: the past of sales, each dated; and what was learned."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.stages import StageKind
from bot.domain.winning import SalePast
from bot.store.models import (
    Activity,
    Change,
    Evaluation,
    Opportunity,
    Quote,
    Stage,
    StageChange,
    SuggestionDismissal,
    WinLesson,
)

LATEST = 2000
"""So many of the sales that ended last are learned from."""
_BATCH = 500
"""Ids a query: SQLite takes a limited number of values."""


def latest_ended(session: Session) -> list[int]:
    """The opportunities that were won or lost last."""
    wanted = (
        select(Opportunity.id)
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(Stage.kind != StageKind.OPEN, Opportunity.closed_on.is_not(None))
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
        .limit(LATEST)
    )
    return list(session.scalars(wanted))


def sale_pasts(session: Session, ids: Collection[int], zone: tzinfo) -> list[SalePast]:
    """What is known of the past of opportunities; those whose start nobody knows are left out."""
    ordered = sorted(ids)
    return [
        each
        for start in range(0, len(ordered), _BATCH)
        for each in _pasts(session, ordered[start : start + _BATCH], zone)
    ]


def _pasts(session: Session, ids: list[int], zone: tzinfo) -> Iterator[SalePast]:
    moves = _grouped(
        session,
        select(StageChange.opportunity_id, StageChange.at, StageChange.to_stage_id)
        .join(Stage, Stage.id == StageChange.to_stage_id)
        .where(StageChange.opportunity_id.in_(ids), Stage.kind == StageKind.OPEN),
    )
    touches = _grouped(
        session,
        select(Activity.opportunity_id, Activity.happened_at, Activity.kind).where(
            Activity.opportunity_id.in_(ids)
        ),
    )
    quotes = _grouped(
        session,
        select(Quote.opportunity_id, Quote.created_at, Quote.id).where(Quote.opportunity_id.in_(ids)),
    )
    scores = _grouped(
        session,
        select(Evaluation.opportunity_id, Evaluation.at, Evaluation.points, Evaluation.most).where(
            Evaluation.opportunity_id.in_(ids)
        ),
    )
    pushed, amounts = _edits(session, ids)
    rows = list(
        session.execute(
            select(Opportunity, Stage.kind)
            .join(Stage, Stage.id == Opportunity.stage_id)
            .where(Opportunity.id.in_(ids), Opportunity.opened_on.is_not(None))
            .order_by(Opportunity.id)
        )
    )
    bought = _first_purchases(session, {each.customer_id for each, _kind in rows if each.customer_id})
    for each, kind in rows:
        if each.opened_on is None:
            continue
        ended = each.closed_on if kind != StageKind.OPEN else None
        written_on = each.created_at.astimezone(zone).date()
        yield SalePast(
            each.id,
            kind == StageKind.WON,
            each.opened_on,
            ended,
            each.source,
            each.amount_minor,
            each.currency,
            tuple((at, stage_id) for at, stage_id in moves[each.id]),
            tuple(pushed[each.id]),
            tuple(amounts[each.id]),
            tuple((at, activity) for at, activity in touches[each.id]),
            tuple(at for at, _id in quotes[each.id]),
            tuple((at, round(100 * points / most) if most else 0) for at, points, most in scores[each.id]),
            bought.get(each.customer_id or 0),
            ended is not None and written_on > ended + timedelta(days=1),
        )


def _grouped(session: Session, wanted: Any) -> dict[int, list[Any]]:
    """The rows behind their first column, which is whose they are, each by time."""
    found: dict[int, list[Any]] = defaultdict(list)
    for whose, *row in session.execute(wanted):
        found[whose].append(tuple(row))
    for rows in found.values():
        rows.sort(key=lambda row: row[:2])
    return found


def _edits(
    session: Session, ids: list[int]
) -> tuple[dict[int, list[datetime]], dict[int, list[tuple[datetime, int | None]]]]:
    """When planned days were moved back, and what amounts had been until when."""
    pushed: dict[int, list[datetime]] = defaultdict(list)
    amounts: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    rows = session.execute(
        select(Change.entity_id, Change.field, Change.old, Change.new, Change.at)
        .where(
            Change.entity == Opportunity.__tablename__,
            Change.entity_id.in_(ids),
            Change.field.in_(("close_on", "amount_minor")),
        )
        .order_by(Change.at, Change.id)
    )
    for whose, column, old, new, at in rows:
        if column == "amount_minor":
            amounts[whose].append((at, old))
        elif old and new and date.fromisoformat(new) > date.fromisoformat(old):
            pushed[whose].append(at)
    return pushed, amounts


def _first_purchases(session: Session, customer_ids: set[int]) -> dict[int, date]:
    ids, found = sorted(customer_ids), dict[int, date]()
    for start in range(0, len(ids), _BATCH):
        rows = session.execute(
            select(Opportunity.customer_id, func.min(Opportunity.closed_on))
            .join(Stage, Stage.id == Opportunity.stage_id)
            .where(Opportunity.customer_id.in_(ids[start : start + _BATCH]), Stage.kind == StageKind.WON)
            .group_by(Opportunity.customer_id)
        )
        found |= {row[0]: row[1] for row in rows if row[0] is not None and row[1] is not None}
    return found


def find_lesson(session: Session) -> WinLesson | None:
    """What was learned last."""
    return session.scalars(select(WinLesson)).one_or_none()


def is_dismissed(session: Session, opportunity_id: int, stage_id: int) -> bool:
    """Whether somebody wants no suggestion for it in this stage."""
    wanted = select(SuggestionDismissal.id).where(
        SuggestionDismissal.opportunity_id == opportunity_id, SuggestionDismissal.stage_id == stage_id
    )
    return session.scalars(wanted.limit(1)).first() is not None
