"""What signals are made of: the facts of open opportunities, and what was usual for those that ended."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from bot.domain.signals import Facts, Signal, SignalKind, Usual, usual_of
from bot.domain.stages import StageKind
from bot.store.models import (
    Activity,
    Change,
    Contact,
    Opportunity,
    SignalPause,
    SignalTold,
    Stage,
    StageChange,
    Task,
)

_BATCH = 500
"""Ids a query: SQLite takes a limited number of values."""
_usual: WeakKeyDictionary[Any, dict[tuple[int, date], Usual]] = WeakKeyDictionary()
_LATEST = 2000
"""What was usual is read from so many of the sales that ended last."""


@dataclass(frozen=True)
class Signalled:
    """An opportunity with its signals, the most pressing first."""

    opportunity: Opportunity
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class Watch:
    """Everything open of some owners: how many have which signal, and a page of those that press."""

    open_count: int
    counts: dict[SignalKind, int]
    pressing: tuple[int, ...]
    """The ids of all that need a look, the most pressing first."""
    outlived: tuple[int, ...]
    """Those that are open for longer than nearly all that were ever won."""
    page: tuple[Signalled, ...]
    first: int


def open_ids(session: Session, *, owner_ids: Collection[int] | None = None) -> list[int]:
    """The open opportunities, of some owners alone where named."""
    wanted = select(Opportunity.id).join(Stage, Stage.id == Opportunity.stage_id)
    wanted = wanted.where(Stage.kind == StageKind.OPEN)
    if owner_ids is not None:
        wanted = wanted.where(Opportunity.owner_id.in_(owner_ids))
    return list(session.scalars(wanted.order_by(Opportunity.id)))


def facts_of(session: Session, ids: Collection[int], zone: tzinfo) -> list[Facts]:
    """What is known of opportunities, in the order of their ids."""
    ordered = sorted(ids)
    return [
        each
        for start in range(0, len(ordered), _BATCH)
        for each in _facts(session, ordered[start : start + _BATCH], zone)
    ]


def _facts(session: Session, ids: list[int], zone: tzinfo) -> Iterable[Facts]:
    entered = _entered(session, ids)
    touched = _touched(session, ids, entered)
    pushes, named = _edits(session, ids)
    rows = session.execute(
        select(
            Opportunity.id,
            Opportunity.stage_id,
            Opportunity.opened_on,
            Opportunity.close_on,
            Opportunity.competitor,
            Stage.expected_days,
            SignalPause.until_on,
            SignalPause.why,
            exists().where(Task.opportunity_id == Opportunity.id, Task.state == "open").label("is_planned"),
            select(func.count(Contact.id))
            .where(Contact.customer_id == Opportunity.customer_id)
            .scalar_subquery()
            .label("contacts"),
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .outerjoin(SignalPause, SignalPause.opportunity_id == Opportunity.id)
        .where(Opportunity.id.in_(ids))
        .order_by(Opportunity.id)
    )
    for row in rows:
        last, named_at = touched.get(row.id), named.get(row.id)
        since = entered.get(row.id)
        yield Facts(
            row.id,
            row.stage_id,
            row.opened_on,
            row.close_on,
            last.astimezone(zone).date() if last else None,
            tuple(pushes[row.id]),
            row.competitor,
            named_at.astimezone(zone).date() if named_at else None,
            row.is_planned,
            row.contacts,
            since.astimezone(zone).date() if since else None,
            row.expected_days,
            row.until_on,
            row.why or "",
        )


def _touched(session: Session, ids: list[int], moved: Mapping[int, datetime]) -> dict[int, datetime]:
    """The last activity, move or edit by a person; what an import wrote is no touch."""
    latest = dict(moved)
    queries: list[Select[Any, datetime]] = [
        select(Activity.opportunity_id, func.max(Activity.happened_at))
        .where(Activity.opportunity_id.in_(ids))
        .group_by(Activity.opportunity_id),
        select(Change.entity_id, func.max(Change.at))
        .where(
            Change.entity == Opportunity.__tablename__,
            Change.entity_id.in_(ids),
            Change.person_id.is_not(None),
        )
        .group_by(Change.entity_id),
    ]
    for query in queries:
        for opportunity_id, at in session.execute(query):
            if opportunity_id not in latest or latest[opportunity_id] < at:
                latest[opportunity_id] = at
    return latest


def _entered(session: Session, ids: list[int]) -> dict[int, datetime]:
    """When each came into the stage that it is in."""
    moves = select(StageChange.opportunity_id, func.max(StageChange.at))
    moves = moves.where(StageChange.opportunity_id.in_(ids)).group_by(StageChange.opportunity_id)
    return {row[0]: row[1] for row in session.execute(moves)}


def _edits(session: Session, ids: list[int]) -> tuple[dict[int, list[int]], dict[int, datetime]]:
    """By how many days each planned day was moved back, and when a competitor was named later on."""
    pushes: dict[int, list[int]] = defaultdict(list)
    named: dict[int, datetime] = {}
    rows = session.execute(
        select(Change.entity_id, Change.field, Change.old, Change.new, Change.at)
        .where(
            Change.entity == Opportunity.__tablename__,
            Change.entity_id.in_(ids),
            Change.field.in_(("close_on", "competitor")),
        )
        .order_by(Change.at, Change.id)
    )
    for entity_id, field, old, new, at in rows:
        if field == "competitor" and new:
            named[entity_id] = at
        elif field == "close_on" and old and new:
            days = (date.fromisoformat(new) - date.fromisoformat(old)).days
            if days > 0:
                pushes[entity_id].append(days)
    return pushes, named


def usual(session: Session) -> Usual:
    """What is usual here: silences by stage, and lifetimes, both of won sales.

    What was lost says little: many of them were dead for long before somebody closed them.
    """
    ended = session.execute(
        select(Opportunity.id, Opportunity.opened_on, Opportunity.closed_on, Stage.kind)
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(Stage.kind == StageKind.WON)
        .order_by(Opportunity.closed_on.desc(), Opportunity.id)
        .limit(_LATEST)
    ).all()
    lifetimes = [(row.closed_on - row.opened_on).days for row in ended if row.opened_on and row.closed_on]
    return usual_of(_silences(session), lifetimes)


def usual_on(session: Session, day: date) -> Usual:
    """The same as it was when it was first asked for on the day, for what is drawn at every visit."""
    known = _usual.setdefault(session.get_bind(), {})
    key = (int(session.info["workspace_id"]), day)
    if key not in known:
        for old in [each for each in known if each[0] == key[0]]:
            known.pop(old, None)
        known[key] = usual(session)
    return known[key]


def _silences(session: Session) -> dict[int, list[int]]:
    """By open stage: the days between two touches of sales that were won in the end."""
    won = (
        select(Opportunity.id)
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(Stage.kind == StageKind.WON)
        .order_by(Opportunity.closed_on.desc(), Opportunity.id)
        .limit(_LATEST)
        .scalar_subquery()
    )
    touches: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    for row in session.execute(
        select(StageChange.opportunity_id, StageChange.at, StageChange.to_stage_id).where(
            StageChange.opportunity_id.in_(won)
        )
    ):
        touches[row.opportunity_id].append((row.at, row.to_stage_id))
    for opportunity_id, happened_at in session.execute(
        select(Activity.opportunity_id, Activity.happened_at).where(Activity.opportunity_id.in_(won))
    ):
        if opportunity_id is not None:
            touches[opportunity_id].append((happened_at, None))
    gaps: dict[int, list[int]] = defaultdict(list)
    for moments in touches.values():
        stage_id: int | None = None
        for (at, to_stage_id), (after, _) in pairwise(sorted(moments, key=lambda each: each[0])):
            stage_id = to_stage_id or stage_id
            if stage_id is not None:
                gaps[stage_id].append((after - at).days)
    return gaps


def find_pause(session: Session, opportunity_id: int) -> SignalPause | None:
    """The pause of an opportunity, one that was undone too: it has one row."""
    wanted = select(SignalPause).where(SignalPause.opportunity_id == opportunity_id)
    return session.scalars(wanted.execution_options(include_deleted=True)).one_or_none()


def told_of(session: Session, ids: Collection[int]) -> set[tuple[int, str, str]]:
    """What owners were told of already: opportunity, kind, basis."""
    rows = session.execute(
        select(SignalTold.opportunity_id, SignalTold.kind, SignalTold.basis).where(
            SignalTold.opportunity_id.in_(list(ids))
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def note_told(session: Session, opportunity_id: int, signal: Signal) -> None:
    """Remember that a signal was told."""
    session.add(SignalTold(opportunity_id=opportunity_id, kind=signal.kind, basis=signal.basis))
