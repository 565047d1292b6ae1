"""The record of changes: read for undo, for conflicts and for timelines."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, inspect, select
from sqlalchemy.orm import Session, aliased

from bot.store.base import Base, Recorded
from bot.store.models import Change, Person
from bot.store.types import Day, ExactDecimal, Instant

_ENTITIES: dict[str, type[Any]] = {
    str(mapper.local_table): mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Recorded)
}

_REFERENCES: list[tuple[type[Any], Column[Any], str]] = [
    (kind, column, key.column.table.name)
    for kind in _ENTITIES.values()
    for column in kind.__table__.columns
    for key in column.foreign_keys
]
"""Which column of which kind names a row of which table."""

_BATCH = 500
"""Ids a query: SQLite takes a limited number of values."""


def list_changeset(session: Session, changeset: str) -> Sequence[Change]:
    """Everything one transaction changed, in order."""
    return session.scalars(select(Change).where(Change.changeset == changeset).order_by(Change.id)).all()


def list_changes_of(session: Session, entity: str, entity_id: int) -> Sequence[Change]:
    """Everything that was changed in one row of a table, in order."""
    wanted = select(Change).where(Change.entity == entity, Change.entity_id == entity_id)
    return session.scalars(wanted.order_by(Change.id)).all()


def changed_since(session: Session, entity: Any, version: int) -> Sequence[tuple[Change, str | None]]:
    """What was changed in an entity after a version, with the names of who did it."""
    person = aliased(Person)
    wanted = (
        select(Change, person.name)
        .outerjoin(person, person.id == Change.person_id)
        .where(
            Change.entity == entity.__tablename__,
            Change.entity_id == entity.id,
            Change.entity_version > version,
        )
    )
    return [(change, name) for change, name in session.execute(wanted.order_by(Change.id))]


def list_changes_since(
    session: Session, table: str, entity_id: int, since: datetime
) -> Sequence[tuple[Change, str | None]]:
    """What was changed in a row from a moment on, with the names of who did it."""
    wanted = (
        select(Change, Person.name)
        .outerjoin(Person, Person.id == Change.person_id)
        .where(Change.entity == table, Change.entity_id == entity_id, Change.at >= since)
    )
    return [(change, name) for change, name in session.execute(wanted.order_by(Change.id))]


def later_change(session: Session, changes: Sequence[Change]) -> tuple[Change, Change, str | None] | None:
    """The first of a changeset's changes whose field (for the making of an entity, any field) was changed
    again after it: that change, the later one, and who made it.
    """
    person = aliased(Person)
    later: dict[tuple[str, int], list[tuple[Change, str | None]]] = defaultdict(list)
    for entity, ids in _ids_by_entity(changes).items():
        for start in range(0, len(ids), _BATCH):
            found = session.execute(
                select(Change, person.name)
                .outerjoin(person, person.id == Change.person_id)
                .where(
                    Change.entity == entity,
                    Change.entity_id.in_(ids[start : start + _BATCH]),
                    Change.id > changes[0].id,
                    Change.changeset != changes[0].changeset,
                )
                .order_by(Change.id)
            )
            for again, who in found:
                later[(entity, again.entity_id)].append((again, who))
    for change in changes:
        for again, name in later[(change.entity, change.entity_id)]:
            if again.id > change.id and change.field in ("", again.field):
                return change, again, name
    return None


def changed_entities(session: Session, changes: Sequence[Change]) -> dict[tuple[str, int], Any]:
    """The rows that changes are about, deleted or not, by table and id."""
    found: dict[tuple[str, int], Any] = {}
    for entity, ids in _ids_by_entity(changes).items():
        kind = _ENTITIES[entity]
        for start in range(0, len(ids), _BATCH):
            wanted = select(kind).where(kind.id.in_(ids[start : start + _BATCH]))
            for row in session.scalars(wanted.execution_options(include_deleted=True)):
                found[(entity, row.id)] = row
    return found


def _ids_by_entity(changes: Sequence[Change]) -> dict[str, list[int]]:
    ids: dict[str, dict[int, None]] = defaultdict(dict)
    for change in changes:
        ids[change.entity][change.entity_id] = None
    return {entity: list(each) for entity, each in ids.items()}


def has_value(session: Session, table: str, entity_id: int, field: str, value: Any) -> bool:
    """Whether a row is there and has this value."""
    kind = _ENTITIES[table]
    column = inspect(kind).mapper.columns[field]
    return session.scalars(select(kind.id).where(kind.id == entity_id, column == value)).first() is not None


def built_on(session: Session, entity: str, entity_id: int) -> str | None:
    """Who made a row that names this row of a table; None where no row does."""
    for kind, column, named in _REFERENCES:
        if named != entity:
            continue
        found = session.scalars(select(kind.id).where(column == entity_id).limit(1)).first()
        if found is not None:
            return maker_of(session, kind.__tablename__, found) or "—"
    return None


def rows_naming(session: Session, entity: str, entity_id: int) -> list[tuple[Any, str]]:
    """Every row that names this row of a table, deleted ones too, each with the field that names it."""
    return [
        (row, inspect(kind).mapper.get_property_by_column(column).key)
        for kind, column, named in _REFERENCES
        if named == entity
        for row in session.scalars(
            select(kind).where(column == entity_id).execution_options(include_deleted=True)
        )
    ]


def maker_of(session: Session, entity: str, entity_id: int) -> str | None:
    """The name of who made a row of a table; None where nobody in the workspace did."""
    made = (Change.entity == entity, Change.entity_id == entity_id, Change.field == "")
    who = select(Person.name).join(Change, Change.person_id == Person.id).where(*made)
    return session.scalars(who.limit(1)).first()


def is_made_by(session: Session, entity: Any, person_id: int | None) -> bool:
    """True for who made the row, whosever it is."""
    made = (Change.entity == entity.__tablename__, Change.entity_id == entity.id, Change.field == "")
    found = session.scalars(select(Change.person_id).where(*made).limit(1)).first()
    return found is not None and found == person_id


def restored(kind: type[Any], field: str, value: Any) -> Any:
    """A recorded JSON value as the column's own type again."""
    column = inspect(kind).mapper.columns[field].type
    if value is None:
        return None
    if isinstance(column, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column, Day):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(column, ExactDecimal) else value
