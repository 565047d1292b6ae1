"""Leads: found by id, by name, listed by who has them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Lead
from bot.store.searching import found

_TRIED = 500
"""Fitting leads among which open ones are looked for."""


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


def find_lead(session: Session, lead_id: int) -> Lead | None:
    """The lead with its owner, one that was deleted or undone too."""
    wanted = _whole().where(Lead.id == lead_id)
    return session.scalars(wanted.execution_options(include_deleted=True)).one_or_none()


def list_open_leads(
    session: Session, *, owner_id: int | None, whose: str = "near", limit: int = 20, offset: int = 0
) -> Sequence[Lead]:
    """Open leads, one's own first, the newest first.

    `whose`: near (this person's and nobody's), mine, pool (nobody's) or all.
    """
    wanted = _whole().where(*_open_for(owner_id, whose))
    wanted = wanted.order_by(Lead.owner_id.is_(None), Lead.owner_id != owner_id, Lead.id.desc())
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def count_open_leads(session: Session, *, owner_id: int | None, whose: str = "near") -> int:
    """How many there are of them."""
    return session.scalars(select(func.count(Lead.id)).where(*_open_for(owner_id, whose))).one()


def _open_for(owner_id: int | None, whose: str) -> list[ColumnElement[bool]]:
    nobodys, own = Lead.owner_id.is_(None), Lead.owner_id == owner_id
    of_whom: dict[str, ColumnElement[bool]] = {"near": or_(nobodys, own), "mine": own, "pool": nobodys}
    return [Lead.state == "open"] + ([of_whom[whose]] if whose in of_whom else [])


def find_open_leads_called(session: Session, name: str) -> Sequence[Lead]:
    """Open leads of this name; case and spaces around it do not count."""
    wanted = _whole().where(Lead.state == "open", func.lower(Lead.name) == name.strip().lower())
    return session.scalars(wanted.order_by(Lead.id)).all()


def find_open_leads_begun(session: Session, text: str) -> Sequence[Lead]:
    """Open leads with whose name the text begins, the longest name first."""
    words = literal(text.strip().lower())
    begins = func.substr(words, 1, func.length(Lead.name)) == func.lower(Lead.name)
    wanted = _whole().where(Lead.state == "open", begins)
    return session.scalars(wanted.order_by(func.length(Lead.name).desc(), Lead.id).limit(20)).all()


def search_open_leads(session: Session, text: str, *, limit: int) -> Sequence[Lead]:
    """Open leads with the text in their name, the newest first."""
    begun = func.lower(Lead.name).contains(text.strip().lower(), autoescape=True)
    wanted = _whole().where(Lead.state == "open", begun)
    return session.scalars(wanted.order_by(Lead.id.desc()).limit(limit)).all()


def search_leads(session: Session, text: str, *, limit: int = 20) -> Sequence[Lead]:
    """Leads that the text fits, by name, contact, phone or mail address; open ones first."""
    page = found(session, Lead, text, _whole().where(Lead.state == "open"), limit, most=_TRIED)
    if len(page) < limit:
        page += found(
            session, Lead, text, _whole().where(Lead.state != "open"), limit - len(page), most=_TRIED
        )
    return page
