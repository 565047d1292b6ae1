"""Contacts: the people at customers, found by id, by name, by phone or mail."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.customers import has_digits
from bot.store.models import Contact, Customer


class UnknownContact(Refusal):
    """No such contact: deleted, undone, or never there."""

    message = "This contact is no longer here; it was deleted or undone. Find another with `/crm find`."


def _whole() -> Select[Contact]:
    # A contact of a customer that is gone is gone with it.
    return (
        select(Contact)
        .join(Contact.customer)
        .options(joinedload(Contact.customer).joinedload(Customer.owner))
    )


def access_contact(session: Session, contact_id: int) -> Contact:
    """The contact with the customer loaded, or UnknownContact."""
    wanted = _whole().where(Contact.id == contact_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownContact
    return found


def find_contact_of(session: Session, customer_id: int, name: str) -> Contact | None:
    """The customer's contact of this name."""
    wanted = _whole().where(
        Contact.customer_id == customer_id, func.lower(Contact.name) == name.strip().lower()
    )
    return session.scalars(wanted.order_by(Contact.id).limit(1)).one_or_none()


def search_contacts(session: Session, text: str, *, limit: int = 20) -> Sequence[Contact]:
    """Contacts with the text in their name or mail address; those of the very name first."""
    wanted_text = text.strip().lower()
    name = func.lower(Contact.name)
    wanted = _whole().where(
        or_(
            name.contains(wanted_text, autoescape=True),
            func.lower(Contact.email).contains(wanted_text, autoescape=True),
        )
    )
    return session.scalars(wanted.order_by(name != wanted_text, Contact.name, Contact.id).limit(limit)).all()


def list_contacts_by_phone(session: Session, digits: str, *, limit: int = 20) -> Sequence[Contact]:
    """Contacts whose phone number has these digits in a row, however it is written."""
    return session.scalars(
        _whole().where(has_digits(Contact.phone, digits)).order_by(Contact.id).limit(limit)
    ).all()
