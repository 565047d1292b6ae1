"""Merging two records: field by field, with all that names the other, in a changeset that Undo parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.duplicates import OWN, Kind
from bot.domain.errors import Refusal
from bot.services.mergeable import MERGEABLE, Mergeable
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.changes import rows_naming
from bot.store.matching import marks_of, other_of
from bot.store.models import Contact


class MergedWithItself(Refusal):
    """Two names of one record."""

    message = "These are one already. Name two: `/crm customer merge Acme with Acme Labs`"


class MergeIsOld(Refusal):
    """One of the two was changed after the form had shown it."""

    message = (
        "Somebody changed one of the two while your form was open. Here is how they are now; merge again."
    )


@dataclass(frozen=True)
class Merged:
    """What a merge did: the record that stays, and how many records came over, by table."""

    record: Any
    moved: Mapping[str, int]


def differing(kind: Kind, winner: Any, loser: Any) -> list[str]:
    """The fields in which both have a value, and not the same one."""
    fields = MERGEABLE[kind].fields.items()
    found = [name for name, columns in fields if _differ(_values(winner, columns), _values(loser, columns))]
    own, others = (getattr(record, "custom", None) or {} for record in (winner, loser))
    return found + [OWN + key for key in own if _differ((own[key],), (others.get(key),))]


def _values(record: Any, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, column) for column in columns)


def _differ(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    return mine != theirs and _is_said(mine) and _is_said(theirs)


def _is_said(values: tuple[Any, ...]) -> bool:
    return values[0] not in (None, "")


def merge_records(
    session: Session,
    actor: Actor,
    kind: Kind,
    winner_id: int,
    loser_id: int,
    *,
    from_loser: Iterable[str] = (),
    versions: tuple[int, int] | None = None,
    now: datetime,
) -> Merged:
    """Make one of two. Everything that names the loser names the winner from now on.

    Fields keep the winner's value unless they are named in `from_loser` or the winner has none; texts and
    lists keep both. `versions` are those that the person saw. Raises MergedWithItself, NotAllowed,
    MergeIsOld, and LeadClosed for a lead that is closed already.
    """
    how = MERGEABLE[kind]
    winner, loser = how.access(session, winner_id), how.access(session, loser_id)
    if winner.id == loser.id:
        raise MergedWithItself
    for record in (winner, loser):
        check_may_change(session, actor, how.owner_of(record))
    if versions is not None and versions != (winner.version, loser.version):
        raise MergeIsOld
    how.check(winner, loser)
    moved = _unite(session, kind, winner, loser, frozenset(from_loser), now)
    return Merged(how.access(session, winner_id), moved)


def _unite(
    session: Session, kind: Kind, winner: Any, loser: Any, from_loser: frozenset[str], now: datetime
) -> dict[str, int]:
    how = MERGEABLE[kind]
    values = _united(how, winner, loser, from_loser)
    moved = _move(session, how.model.__tablename__, winner.id, loser.id)
    _move_marks(session, kind, winner.id, loser.id, now)
    if kind is Kind.CUSTOMERS:
        _unite_contacts(session, winner.id, now)
    _drop_repeated(session, how, winner.id, now)
    for field, value in values.items():
        setattr(winner, field, value)
    loser.deleted_at = now
    session.flush()
    how.after(session, winner, loser, now)
    session.flush()
    return moved


def _united(how: Mergeable, winner: Any, loser: Any, from_loser: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, columns in how.fields.items():
        mine, theirs = _values(winner, columns), _values(loser, columns)
        if _is_said(theirs) and (name in from_loser or not _is_said(mine)):
            values |= zip(columns, theirs, strict=True)
    for field in how.lists:
        values[field] = list(dict.fromkeys([*(getattr(winner, field) or ()), *(getattr(loser, field) or ())]))
    for field in how.texts:
        both = dict.fromkeys(filter(None, (getattr(winner, field), getattr(loser, field))))
        values[field] = "\n".join(both) or None
    for field in how.mappings:
        kept, other = getattr(winner, field) or {}, getattr(loser, field) or {}
        chosen = {key: other[key] for key in other if field == "custom" and OWN + key in from_loser}
        values[field] = {**other, **kept, **chosen}
    how.unite(winner, loser, values)
    return {field: value for field, value in values.items() if getattr(winner, field) != value}


def _move(session: Session, table: str, winner_id: int, loser_id: int) -> dict[str, int]:
    """Let every row name the winner where it named the loser; deleted rows too, which may come back."""
    moved: dict[str, int] = {}
    for row, field in rows_naming(session, table, loser_id):
        if row.__tablename__ == table and row.id in (winner_id, loser_id):
            continue
        setattr(row, field, winner_id)
        if row.deleted_at is None:
            moved[row.__tablename__] = moved.get(row.__tablename__, 0) + 1
    session.flush()
    return moved


def _move_marks(session: Session, kind: Kind, winner_id: int, loser_id: int, now: datetime) -> None:
    """What is not the loser is not the winner either."""
    mine = {other_of(mark, winner_id) for mark in marks_of(session, kind, winner_id)}
    for mark in marks_of(session, kind, loser_id):
        other_id = other_of(mark, loser_id)
        if other_id == winner_id or other_id in mine:
            mark.deleted_at = now
        else:
            mark.first_id, mark.second_id = sorted((winner_id, other_id))
    session.flush()


def _unite_contacts(session: Session, customer_id: int, now: datetime) -> None:
    """A customer has one contact of a name: the later one's values and records go to the earlier one."""
    first: dict[str, Contact] = {}
    for contact in _living(session, MERGEABLE[Kind.CUSTOMERS], customer_id, Contact):
        kept = first.setdefault(contact.name.strip().casefold(), contact)
        if kept is not contact:
            _unite(session, Kind.CONTACTS, kept, contact, frozenset(), now)


def _drop_repeated(session: Session, how: Mergeable, record_id: int, now: datetime) -> None:
    """Who follows both, or works on both, does so once."""
    for kind in how.once:
        seen: set[int] = set()
        for row in _living(session, how, record_id, kind):
            if row.person_id in seen:
                row.deleted_at = now
            seen.add(row.person_id)
    session.flush()


def _living(session: Session, how: Mergeable, record_id: int, kind: type[Any]) -> Sequence[Any]:
    table = how.model.__tablename__
    about = f"{table.removesuffix('s')}_id"
    rows = (row for row, field in rows_naming(session, table, record_id) if field == about)
    return sorted(
        (row for row in rows if isinstance(row, kind) and row.deleted_at is None), key=lambda row: row.id
    )


def counts_of(session: Session, kind: Kind, record_id: int) -> dict[str, int]:
    """How many records name one, by table."""
    counts: dict[str, int] = {}
    for row, _field in rows_naming(session, MERGEABLE[kind].model.__tablename__, record_id):
        if row.deleted_at is None:
            counts[row.__tablename__] = counts.get(row.__tablename__, 0) + 1
    return counts
