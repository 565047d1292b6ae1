"""The record of changes: read for undo, for conflicts and for timelines."""

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


def later_change(session: Session, change: Change) -> tuple[Change, str | None] | None:
    """A change of the same field (or, for the making of an entity, of any field) made after this
    changeset.
    """
    person = aliased(Person)
    wanted = (
        select(Change, person.name)
        .outerjoin(person, person.id == Change.person_id)
        .where(
            Change.entity == change.entity,
            Change.entity_id == change.entity_id,
            Change.id > change.id,
            Change.changeset != change.changeset,
        )
    )
    if change.field:
        wanted = wanted.where(Change.field == change.field)
    found = session.execute(wanted.order_by(Change.id).limit(1)).first()
    return (found[0], found[1]) if found else None


def changed_entity(session: Session, change: Change) -> Any | None:
    """The row that a change is about, deleted or not."""
    kind = _ENTITIES[change.entity]
    wanted = select(kind).where(kind.id == change.entity_id).execution_options(include_deleted=True)
    return session.scalars(wanted).one_or_none()


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
