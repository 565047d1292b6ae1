"""The timeline of a customer: activities, moves of stages, what was made, and the record of changes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from bot.domain.timeline import OWN, Entry, FieldChange, TimelineKind
from bot.store.custom_fields import list_fields
from bot.store.models import (
    Activity,
    Change,
    Contact,
    Customer,
    Opportunity,
    Person,
    Quote,
    Rating,
    Stage,
    StageChange,
    Task,
)
from bot.store.session import plain

_UNTOLD = frozenset(
    (
        *("deleted_at", "name_key", "stage_id", "closed_at", "closed_on", "loss_reason", "opened_on"),
        *("kind_by_hand", "class_by_hand", "score_before", "scored_on"),
        *("due_at", "done_at", "extra", "external_id", "currency", "position", "number"),
    )
)
"""Fields whose change says nothing that another entry does not say."""

_KINDS: dict[type[Any], TimelineKind] = {
    Customer: TimelineKind.DATA,
    Contact: TimelineKind.DATA,
    Opportunity: TimelineKind.DATA,
    Quote: TimelineKind.QUOTE,
    Task: TimelineKind.TASK,
}
_MOST_ROWS = 500
"""So many of a customer's latest rows of a table are asked for changes."""

_PEOPLE = ("owner_id", "assignee_id", "creator_id", "person_id")


def list_timeline(
    session: Session,
    customer_id: int,
    *,
    kinds: Collection[TimelineKind] = (),
    limit: int = 10,
    offset: int = 0,
) -> Sequence[Entry]:
    """What happened with the customer, the latest first; of all kinds where none is named."""
    wanted = frozenset(kinds) or frozenset(TimelineKind)
    most = limit + offset
    found: list[Entry] = []
    if TimelineKind.ACTIVITY in wanted:
        found += _activities(session, customer_id, most)
    if TimelineKind.STAGE in wanted:
        found += _moves(session, customer_id, most)
    if TimelineKind.RATING in wanted:
        found += _ratings(session, customer_id, most)
    for kind, told_as in _KINDS.items():
        if told_as in wanted:
            if kind is not Opportunity:  # the first move of its stages tells that one was opened
                found += _made(session, kind, customer_id, most)
            found += _changed(session, kind, customer_id, most)
    found.sort(key=lambda entry: (entry.at, entry.entity, entry.entity_id), reverse=True)
    return found[offset:most]


def _activities(session: Session, customer_id: int, most: int) -> Iterator[Entry]:
    wanted = (
        select(Activity, Person.name, Opportunity.name, *_maker_columns())
        .outerjoin(Person, Person.id == Activity.person_id)
        .outerjoin(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(Activity.customer_id == customer_id)
        .order_by(Activity.happened_at.desc(), Activity.id.desc())
        .limit(most)
    )
    for activity, who, opportunity, how, _maker in session.execute(_with_maker(wanted, Activity)):
        facts = {"kind": activity.kind, "text": activity.text, "permalink": activity.permalink}
        yield Entry(
            activity.happened_at,
            TimelineKind.ACTIVITY,
            "logged",
            Activity.__tablename__,
            activity.id,
            who,
            how,
            opportunity or "",
            facts,
        )


def _moves(session: Session, customer_id: int, most: int) -> Iterator[Entry]:
    before, after = aliased(Stage), aliased(Stage)
    wanted = (
        select(StageChange, Opportunity, before.name, after.name, after.kind, Person.name, *_maker_columns())
        .join(Opportunity, Opportunity.id == StageChange.opportunity_id)
        .join(after, after.id == StageChange.to_stage_id)
        .outerjoin(before, before.id == StageChange.from_stage_id)
        .outerjoin(Person, Person.id == StageChange.person_id)
        .where(Opportunity.customer_id == customer_id)
        .order_by(StageChange.at.desc(), StageChange.id.desc())
        .limit(most)
    )
    rows = session.execute(_with_maker(wanted, StageChange))
    for move, opportunity, from_stage, to_stage, to_kind, who, how, _maker in rows:
        facts = {
            "from": from_stage,
            "to": to_stage,
            "outcome": to_kind,
            "amount": opportunity.amount,
            "reason": opportunity.loss_reason if opportunity.stage_id == move.to_stage_id else None,
        }
        yield Entry(
            move.at,
            TimelineKind.STAGE,
            "moved" if from_stage else "made",
            StageChange.__tablename__,
            move.id,
            who,
            how,
            opportunity.name,
            facts,
        )


def _ratings(session: Session, customer_id: int, most: int) -> Iterator[Entry]:
    wanted = (
        select(Rating, *_maker_columns())
        .where(Rating.customer_id == customer_id)
        .order_by(Rating.rated_at.desc(), Rating.id.desc())
        .limit(most)
    )
    for rating, how, who in session.execute(_with_maker(wanted, Rating)):
        facts = {"kind": rating.kind, "score": rating.score, "comment": rating.comment}
        yield Entry(
            rating.rated_at,
            TimelineKind.RATING,
            "made",
            Rating.__tablename__,
            rating.id,
            who,
            how,
            facts=facts,
        )


def _made(session: Session, kind: type[Any], customer_id: int, most: int) -> Iterator[Entry]:
    wanted = (
        select(kind, *_maker_columns())
        .where(_of_customer(kind) == customer_id)
        .order_by(kind.created_at.desc(), kind.id.desc())
        .limit(most)
    )
    for entity, how, who in session.execute(_with_maker(wanted, kind)):
        yield Entry(
            entity.created_at,
            _KINDS[kind],
            "made",
            kind.__tablename__,
            entity.id,
            who,
            how,
            _name(entity),
            {"total": entity.total} if isinstance(entity, Quote) else {},
        )


def _changed(session: Session, kind: type[Any], customer_id: int, most: int) -> list[Entry]:
    """One entry for each transaction that changed a row, with all fields that it changed at one moment."""
    entities = {each.id: each for each in _rows(session, kind, customer_id)}
    if not entities:
        return []
    wanted = (
        select(Change, Person.name)
        .outerjoin(Person, Person.id == Change.person_id)
        .where(
            Change.entity == kind.__tablename__,
            Change.entity_id.in_(entities),
            Change.field != "",
            Change.field.not_in(_UNTOLD),
        )
        # By an expression, so that no index of moments is read from end to end for the few of a customer.
        .order_by(func.coalesce(Change.at, Change.at).desc(), Change.id.desc())
        .limit(most * 4)
    )
    rows = [(change, entities[change.entity_id], who) for change, who in session.execute(wanted)]
    names = _names(session, [change for change, _entity, _who in rows])
    own = {each.key: each.name for each in list_fields(session, kind.__tablename__)}
    grouped: dict[tuple[str, datetime, int], tuple[Any, Any, Any, list[FieldChange]]] = {}
    for change, entity, who in rows:
        if change.old == change.new:
            continue
        _change, _entity, _person, fields = grouped.setdefault(
            (change.changeset, change.at, entity.id), (change, entity, who, [])
        )
        if change.field == "custom":
            fields[:0] = _own(change, own)
            continue
        old, new = (_said(change.field, value, entity, names) for value in (change.old, change.new))
        fields.insert(0, FieldChange(change.field, old, new))
    return [
        Entry(
            change.at,
            _KINDS[kind],
            "changed",
            kind.__tablename__,
            entity.id,
            who,
            change.how,
            _name(entity),
            {},
            tuple(fields),
        )
        for change, entity, who, fields in list(grouped.values())[:most]
    ]


def _rows(session: Session, kind: type[Any], customer_id: int) -> Sequence[Any]:
    """The customer's rows of a table, the latest made first."""
    wanted = select(kind).where(_of_customer(kind) == customer_id)
    return session.scalars(wanted.order_by(kind.id.desc()).limit(_MOST_ROWS)).all()


def _own(change: Change, names: dict[str, str]) -> list[FieldChange]:
    """The values of the workspace's own fields that changed, each under the field's name."""
    old, new = change.old or {}, change.new or {}
    return [
        FieldChange(OWN + names[key], old.get(key), new.get(key))
        for key in names
        if old.get(key) != new.get(key)
    ]


def _maker_columns() -> tuple[Any, Any]:
    return _MAKING.how, _MAKER.name


def _with_maker(wanted: Select[Any], kind: type[Any]) -> Select[Any]:
    """The same rows with who made each, and how: the making is in the record of changes."""
    is_making = and_(_MAKING.entity == kind.__tablename__, _MAKING.entity_id == kind.id, _MAKING.field == "")
    return wanted.outerjoin(_MAKING, is_making).outerjoin(_MAKER, _MAKER.id == _MAKING.person_id)


_MAKING, _MAKER = aliased(Change), aliased(Person)


def _of_customer(kind: type[Any]) -> Any:
    return Customer.id if kind is Customer else kind.customer_id


def _name(entity: Any) -> str:
    return str(getattr(entity, "name", None) or getattr(entity, "text", None) or entity.number)


def _names(session: Session, changes: Sequence[Change]) -> dict[tuple[str, int], str]:
    """The names of the people and customers that these changes put in or took out."""
    ids: dict[type[Any], set[int]] = {Person: set(), Customer: set()}
    for change in changes:
        kind = Person if change.field in _PEOPLE else Customer if change.field in _CUSTOMERS else None
        if kind is not None:
            ids[kind] |= {value for value in (change.old, change.new) if isinstance(value, int)}
    return {
        (kind.__tablename__, row.id): row.name
        for kind, wanted in ids.items()
        if wanted
        for row in session.execute(select(kind.id, kind.name).where(kind.id.in_(wanted)))
    }


_CUSTOMERS = ("parent_id", "customer_id", "partner_id")


def _said(field: str, value: Any, entity: Any, names: dict[tuple[str, int], str]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        if field in _PEOPLE:
            return names.get((Person.__tablename__, value))
        if field in _CUSTOMERS:
            return names.get((Customer.__tablename__, value))
        if field.endswith("_minor") and getattr(entity, "currency", None):
            return {"minor": value, "currency": entity.currency}
    return plain(value)
