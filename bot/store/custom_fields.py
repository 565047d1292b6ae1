"""Fields that admins define: found by id, listed in their order."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.errors import Refusal
from bot.store.models import Change, CustomField


class UnknownField(Refusal):
    """No such field: deleted, undone, or never there."""

    message = "This field is no longer here; it was deleted or undone. See `/crm customer fields`"


def access_field(session: Session, field_id: int) -> CustomField:
    """The field, or UnknownField."""
    found = session.scalars(select(CustomField).where(CustomField.id == field_id)).one_or_none()
    if found is None:
        raise UnknownField
    return found


def list_fields(session: Session, entity: str = "customers") -> Sequence[CustomField]:
    """The fields of a table's records, in their order."""
    wanted = select(CustomField).where(CustomField.entity == entity)
    return session.scalars(wanted.order_by(CustomField.position, CustomField.id)).all()


def values_before(
    session: Session, entity: str, entity_id: int, version: int, present: dict[str, object]
) -> dict[str, object]:
    """The values that a record had at a version."""
    wanted = select(Change.old).where(
        Change.entity == entity,
        Change.entity_id == entity_id,
        Change.field == "custom",
        Change.entity_version > version,
    )
    first = session.execute(wanted.order_by(Change.id).limit(1)).first()
    return dict(first[0] or {}) if first else dict(present)
