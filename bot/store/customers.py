"""Customers and contacts: found by id, by name, by part of a name."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store.models import Contact, Customer


class UnknownCustomer(Refusal):
    """No such customer: deleted, undone, or never there."""

    message = "This customer is no longer here; it was deleted or undone. Find another with `/crm find`."


def access_customer(session: Session, customer_id: int) -> Customer:
    """The customer with owner and contacts loaded, or UnknownCustomer."""
    wanted = select(Customer).where(Customer.id == customer_id)
    found = session.scalars(
        wanted.options(joinedload(Customer.owner), selectinload(Customer.contacts))
    ).one_or_none()
    if found is None:
        raise UnknownCustomer
    return found


def find_customers_called(session: Session, name: str) -> Sequence[Customer]:
    """Customers of the very name (width, case and company suffixes do not count)."""
    return session.scalars(
        select(Customer).where(Customer.name_key == name_key(name)).order_by(Customer.id)
    ).all()


def search_customers(session: Session, text: str, *, limit: int = 20) -> Sequence[Customer]:
    """Customers with the text in their name: the very name first, then those that begin with it."""
    key = name_key(text) if text.strip() else ""
    rank = case(
        (Customer.name_key == key, 0), (Customer.name_key.startswith(key, autoescape=True), 1), else_=2
    )
    wanted = select(Customer).where(Customer.name_key.contains(key, autoescape=True))
    return session.scalars(
        wanted.order_by(rank, func.length(Customer.name_key), Customer.name).limit(limit)
    ).all()


def find_contact_of(session: Session, customer_id: int, name: str) -> Contact | None:
    """The customer's contact of this name."""
    wanted = select(Contact).where(
        Contact.customer_id == customer_id, func.lower(Contact.name) == name.lower()
    )
    return session.scalars(wanted.limit(1)).one_or_none()
