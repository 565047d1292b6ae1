"""Contacts: the people at customers, found by id, by name, by phone or mail."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Contact, Customer
from bot.store.searching import found


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
    """Contacts that the text fits, by name, phone or mail; the best first, without a text the newest."""
    if not text.strip():
        return session.scalars(_whole().order_by(Contact.id.desc()).limit(limit)).all()
    return found(session, Contact, text, _whole(), limit)
