"""Birthdays of contacts, and who wants to hear of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.store.models import BirthdayReminder, Contact, Customer

_MOST = 2000


def find_reminder(session: Session, contact_id: int, person_id: int | None) -> BirthdayReminder | None:
    """The reminder that a person asked for."""
    wanted = select(BirthdayReminder).where(
        BirthdayReminder.contact_id == contact_id, BirthdayReminder.person_id == person_id
    )
    return session.scalars(wanted.order_by(BirthdayReminder.id).limit(1)).one_or_none()


def list_reminders(session: Session) -> Sequence[BirthdayReminder]:
    """Every reminder whose contact has a birthday."""
    wanted = select(BirthdayReminder).join(BirthdayReminder.contact).join(Contact.customer)
    return session.scalars(
        wanted.where(Contact.birthday_on.is_not(None))
        .options(
            joinedload(BirthdayReminder.contact).joinedload(Contact.customer),
            joinedload(BirthdayReminder.person),
        )
        .order_by(BirthdayReminder.id)
    ).all()


def list_born(session: Session, *, owner_id: int | None) -> Sequence[Contact]:
    """Contacts with a birthday, at one owner's customers or at all."""
    wanted = select(Contact).join(Contact.customer).where(Contact.birthday_on.is_not(None))
    if owner_id is not None:
        wanted = wanted.where(Customer.owner_id == owner_id)
    return session.scalars(
        wanted.options(joinedload(Contact.customer)).order_by(Contact.id).limit(_MOST)
    ).all()
