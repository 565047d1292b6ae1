"""Fields that admins define, and their values on records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.custom_fields import FieldKind, Value
from bot.domain.errors import Refusal
from bot.services.edits import EditConflict, edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.changes import changed_since
from bot.store.custom_fields import access_field, list_fields, values_before
from bot.store.models import Contact, Customer, CustomField, Lead, Opportunity

MOST = 30


class FieldNameMissing(Refusal):
    """A field without a name."""

    message = "What is the field called? For example: Preferred drink"


class FieldExists(Refusal):
    """A second field of one name."""

    message = "There is a field “{name}” already. Edit it, or choose another name."


class ChoicesMissing(Refusal):
    """A choice between fewer than two things."""

    message = "Type what may be chosen, one a line: at least two."


class TooManyFields(Refusal):
    """More fields than a form can show."""

    message = "{most} fields are as many as a form can show. Delete one first."


def make_field(
    session: Session,
    actor: Actor,
    *,
    name: str,
    kind: FieldKind,
    choices: Sequence[str] = (),
    entity: str = "customers",
) -> CustomField:
    """A new field at the end.

    Raises AdminsOnly, FieldNameMissing, FieldExists, ChoicesMissing and TooManyFields.
    """
    check_is_admin(session, actor)
    present = list_fields(session, entity)
    if len(present) >= MOST:
        raise TooManyFields(field="name", most=MOST)
    field = CustomField(
        entity=entity,
        name=_checked(present, name, besides=None),
        kind=kind,
        choices=_checked_choices(kind, choices),
        position=max((each.position for each in present), default=0) + 1,
    )
    session.add(field)
    session.flush()
    return field


def edit_field(
    session: Session,
    actor: Actor,
    field_id: int,
    *,
    name: str,
    choices: Sequence[str],
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> CustomField:
    """Rename a field, or change what may be chosen; values that were chosen before stay.

    Raises AdminsOnly, FieldNameMissing, FieldExists, ChoicesMissing and EditConflict.
    """
    check_is_admin(session, actor)
    field = access_field(session, field_id)
    values = {
        "name": _checked(list_fields(session, field.entity), name, besides=field.id),
        "choices": _checked_choices(FieldKind(field.kind), choices),
    }
    edit(session, field, values, version=version, seen=seen)
    return field


def delete_field(session: Session, actor: Actor, field_id: int, *, now: datetime) -> CustomField:
    """Take a field away; its values stay with the records, so that an undo brings them back."""
    check_is_admin(session, actor)
    field = access_field(session, field_id)
    field.deleted_at = now
    session.flush()
    return field


def set_values(
    session: Session,
    record: Customer | Contact | Lead | Opportunity,
    values: Mapping[str, Value | None],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> None:
    """Set values by the fields' keys; None empties one. `version` is the one that the person saw.

    Fields that only somebody else changed keep the other's value. Raises EditConflict where both changed one.
    """
    present = dict(record.custom)
    seen = dict(seen or {})
    opened = shown = present
    if version is not None:
        entity = record.__tablename__
        opened = values_before(session, entity, record.id, version, present)
        shown = values_before(session, entity, record.id, max(version, seen.get("custom", 0)), present)
    kept = dict(present)
    theirs: dict[str, Any] = {}
    for key, mine in values.items():
        if mine == opened.get(key):
            continue
        if present.get(key) not in (shown.get(key), mine):
            theirs[f"custom_{key}"] = present.get(key)
        elif mine is None:
            kept.pop(key, None)
        else:
            kept[key] = mine
    if theirs:
        who = next((name for change, name in changed_since(session, record, version or 0) if name), "—")
        raise EditConflict(
            who=who, theirs=theirs, version=record.version, seen={**seen, "custom": record.version}
        )
    if kept != present:
        record.custom = kept
        session.flush()


def carry_over(session: Session, source: Lead, target: Customer | Contact | Opportunity) -> None:
    """Fill the target's own fields that are empty with the source's values of the same name and kind."""
    theirs = {each.name.casefold(): each for each in list_fields(session, target.__tablename__)}
    taken: dict[str, Value | None] = {}
    for field in list_fields(session, source.__tablename__):
        value, there = source.custom.get(field.key), theirs.get(field.name.casefold())
        if value is None or there is None or there.kind != field.kind or there.key in target.custom:
            continue
        if there.kind != FieldKind.CHOICE or value in there.choices:
            taken[there.key] = value
    if taken:
        set_values(session, target, taken)


def without_empty(values: Mapping[str, Value | None] | None) -> dict[str, Value]:
    """What a new record keeps of the values of a form or line."""
    return {key: value for key, value in (values or {}).items() if value is not None}


def _checked(present: Sequence[CustomField], name: str, *, besides: int | None) -> str:
    name = " ".join(name.split()).strip(" :：")
    if not name:
        raise FieldNameMissing(field="name")
    if any(each.name.casefold() == name.casefold() and each.id != besides for each in present):
        raise FieldExists(field="name", name=name)
    return name[:60]


def _checked_choices(kind: FieldKind, choices: Sequence[str]) -> list[str]:
    if kind is not FieldKind.CHOICE:
        return []
    kept = list(dict.fromkeys(filter(None, (each.strip()[:70] for each in choices))))
    if len(kept) < 2:
        raise ChoicesMissing(field="choices")
    return kept[:90]
