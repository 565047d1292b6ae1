"""Who is involved in an opportunity."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.store.models import Contact, Involvement, Rival

Stake = TypeVar("Stake", Rival, Involvement)


def list_rivals(session: Session, opportunity_id: int) -> Sequence[Rival]:
    """The competitors in an opportunity, the first named first."""
    wanted = select(Rival).where(Rival.opportunity_id == opportunity_id)
    return session.scalars(wanted.order_by(Rival.id)).all()


def list_involved(session: Session, opportunity_id: int) -> Sequence[Involvement]:
    """The contacts in an opportunity with their roles in it."""
    wanted = select(Involvement).where(Involvement.opportunity_id == opportunity_id)
    wanted = wanted.join(Contact, Contact.id == Involvement.contact_id)
    return session.scalars(wanted.options(joinedload(Involvement.contact)).order_by(Involvement.id)).all()


def stakes_by_id(session: Session, kind: type[Stake], ids: Collection[int]) -> dict[int, Stake]:
    """Competitors or roles by their ids, those that were taken out too."""
    wanted = select(kind).where(kind.id.in_(ids)).execution_options(include_deleted=True)
    return {each.id: each for each in session.scalars(wanted)}


def list_contacts_of(session: Session, customer_id: int, *, limit: int = 12) -> Sequence[Contact]:
    """The contacts of a customer, the first to be known first."""
    wanted = select(Contact).where(Contact.customer_id == customer_id)
    return session.scalars(wanted.order_by(Contact.id).limit(limit)).all()
