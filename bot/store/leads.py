"""Leads: found by id, by name, listed by who has them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.customers import has_digits
from bot.store.models import Lead


class UnknownLead(Refusal):
    """No such lead: deleted, undone, or never there."""

    message = "This lead is no longer here; it was deleted or undone. `/crm lead list` shows the open ones."


def _whole() -> Select[Lead]:
    return select(Lead).options(joinedload(Lead.owner))


def access_lead(session: Session, lead_id: int, *, to_change: bool = False) -> Lead:
    """The lead with its owner loaded, or UnknownLead. `to_change` lets nobody else change it meanwhile."""
    wanted = _whole().where(Lead.id == lead_id).execution_options(populate_existing=True)
    if to_change:
        wanted = wanted.with_for_update(of=Lead)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownLead
    return found


def list_open_leads(
    session: Session, *, owner_id: int | None, limit: int = 20, offset: int = 0
) -> Sequence[Lead]:
    """Open leads that this person has or nobody has, one's own first, the newest first."""
    wanted = _whole().where(*_open_for(owner_id)).order_by(Lead.owner_id.is_(None), Lead.id.desc())
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def count_open_leads(session: Session, *, owner_id: int | None) -> int:
    """How many there are of them."""
    return session.scalars(select(func.count(Lead.id)).where(*_open_for(owner_id))).one()


def _open_for(owner_id: int | None) -> list[ColumnElement[bool]]:
    return [Lead.state == "open", or_(Lead.owner_id.is_(None), Lead.owner_id == owner_id)]


def find_open_leads_called(session: Session, name: str) -> Sequence[Lead]:
    """Open leads of this name; case and spaces around it do not count."""
    wanted = _whole().where(Lead.state == "open", func.lower(Lead.name) == name.strip().lower())
    return session.scalars(wanted.order_by(Lead.id)).all()


def search_leads(session: Session, text: str, *, limit: int = 20) -> Sequence[Lead]:
    """Leads with the text in name, contact or mail address; open ones first, the newest first."""
    wanted_text = text.strip().lower()
    columns = (Lead.name, Lead.contact_name, Lead.email)
    wanted = _whole().where(
        or_(*(func.lower(column).contains(wanted_text, autoescape=True) for column in columns))
    )
    return session.scalars(wanted.order_by(Lead.state != "open", Lead.id.desc()).limit(limit)).all()


def list_leads_by_phone(session: Session, digits: str, *, limit: int = 20) -> Sequence[Lead]:
    """Leads whose phone number has these digits in a row, however it is written."""
    return session.scalars(
        _whole().where(has_digits(Lead.phone, digits)).order_by(Lead.id).limit(limit)
    ).all()
