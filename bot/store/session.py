"""Sessions: opened for a workspace, filtered to it, and recording every change of a Recorded row."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import uuid4

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from bot.store.base import Recorded, Tenant
from bot.store.models import Change

EVERYWHERE = 0
"""The workspace of a session that is not filtered: only for workers that claim, and for installations."""

MOST_TOUCHED = 10_000
"""More records than that in one transaction are not remembered one by one: see `touched`."""

_SHOWN_ON_CARDS = {
    "customer_id": "customers",
    "opportunity_id": "opportunities",
    "quote_id": "quotes",
    "lead_id": "leads",
}

_UNRECORDED = frozenset(["id", "workspace_id", "version", "created_at"])


class NoWorkspace(RuntimeError):
    """A query was about to run without a workspace: a mistake of ours that must never pass."""


def new_changeset() -> str:
    """The name of one transaction's changes."""
    return uuid4().hex


# Made once: each takes longer to make than to apply.
_NOT_DELETED = with_loader_criteria(Recorded, lambda cls: cls.deleted_at.is_(None), include_aliases=True)


@lru_cache(1000)
def _of_workspace(workspace_id: int) -> ORMOption:
    return with_loader_criteria(Tenant, lambda cls: cls.workspace_id == workspace_id, include_aliases=True)


@event.listens_for(Session, "do_orm_execute")
def _keep_to_the_workspace(state: ORMExecuteState) -> None:
    workspace_id = state.session.info.get("workspace_id")
    if workspace_id is None:
        raise NoWorkspace(str(state.statement)[:200])
    if state.is_column_load or state.is_relationship_load:
        return
    options = []
    if workspace_id != EVERYWHERE:
        options.append(_of_workspace(workspace_id))
    if not state.execution_options.get("include_deleted"):
        options.append(_NOT_DELETED)
    state.statement = state.statement.options(*options)


@event.listens_for(Session, "before_flush")
def _stamp(session: Session, context: UOWTransaction, instances: object) -> None:
    for entity in session.new:
        if isinstance(entity, Tenant) and entity.workspace_id is None:
            if not session.info.get("workspace_id"):
                raise NoWorkspace(type(entity).__name__)
            entity.workspace_id = session.info["workspace_id"]
        if isinstance(entity, Recorded) and entity.created_at is None:
            entity.created_at = session.info["now"]


@event.listens_for(Session, "after_flush")
def _record(session: Session, context: UOWTransaction) -> None:
    rows = [row for entity in session.new for row in _made(entity)]
    rows += [row for entity in session.dirty for row in _changed(entity)]
    if session.new or session.dirty or session.deleted:
        # The edge claims an interaction only when it wrote something, and forgets kept people
        # when they changed.
        session.info.setdefault("wrote", set()).update(
            type(entity).__name__ for entity in (*session.new, *session.dirty, *session.deleted)
        )
    _touch(session)
    if rows:
        info = session.info
        common = {
            "changeset": info["changeset"],
            "person_id": info["person_id"],
            "at": info["now"],
            "how": info["how"],
        }
        session.connection().execute(Change.__table__.insert(), [row | common for row in rows])  # type: ignore[attr-defined]


def _touch(session: Session) -> None:
    """Remember which records changed, and those on whose cards they stand, before and after."""
    records = session.info.setdefault("touched", set())
    changed: list[Any] = [each for each in (*session.new, *session.dirty) if isinstance(each, Recorded)]
    for entity in changed:
        if len(records) > MOST_TOUCHED:
            return
        records.add((entity.__tablename__, entity.id))
        state = inspect(entity)
        for column, table in _SHOWN_ON_CARDS.items():
            if column in state.attrs:
                before = state.attrs[column].history.deleted or ()
                records.update((table, each) for each in (getattr(entity, column), *before) if each)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop("touched", None)


def _made(entity: object) -> Iterable[dict[str, Any]]:
    if isinstance(entity, Recorded):
        values = {
            column.key: plain(getattr(entity, column.key))
            for column in inspect(entity).mapper.column_attrs
            if column.key not in _UNRECORDED and getattr(entity, column.key) is not None
        }
        yield _row(entity, "", None, values)


def _changed(entity: object) -> Iterator[dict[str, Any]]:
    if not isinstance(entity, Recorded):
        return
    state = inspect(entity)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key not in _UNRECORDED and history.has_changes():
            old = history.deleted[0] if history.deleted else None
            yield _row(entity, column.key, plain(old), plain(getattr(entity, column.key)))


def _row(entity: Any, field: str, old: Any, new: Any) -> dict[str, Any]:
    return {
        "workspace_id": entity.workspace_id,
        "entity": entity.__tablename__,
        "entity_id": entity.id,
        "entity_version": entity.version,
        "field": field,
        "old": old,
        "new": new,
    }


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it; `bot.store.changes.restored` reads it back by the column's type."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
