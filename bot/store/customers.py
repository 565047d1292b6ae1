"""Customers: found by id, by name, by part of a name, by phone, by a contact."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.domain.search import what_matched
from bot.store.models import Contact, Customer, Settings
from bot.store.search_index import texts_of
from bot.store.searching import found, in_order

_NEAREST = 500
"""Of how many names with the same beginning the closest are sought."""


class UnknownCustomer(Refusal):
    """No such customer: deleted, undone, or never there."""

    message = "This customer is no longer here; it was deleted or undone. Find another with `/crm find`."


def access_customer(session: Session, customer_id: int) -> Customer:
    """The customer with owner and contacts loaded, or UnknownCustomer."""
    wanted = select(Customer).where(Customer.id == customer_id)
    loaded = wanted.options(
        joinedload(Customer.owner),
        joinedload(Customer.parent),
        joinedload(Customer.partner),
        selectinload(Customer.contacts),
    )
    found = session.scalars(loaded.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownCustomer
    return found


def find_customers_called(session: Session, name: str) -> Sequence[Customer]:
    """Customers of the very name (width, case and company suffixes do not count)."""
    return session.scalars(
        select(Customer).where(Customer.name_key == name_key(name)).order_by(Customer.id)
    ).all()


def search_customers(session: Session, text: str, *, limit: int = 20) -> Sequence[Customer]:
    """Customers that the text fits, by name, phone or website; then those whose contacts it fits.

    The best first; without a text the newest.
    """
    return [customer for customer, _matched in find_customers(session, text, limit=limit)]


def find_customers(session: Session, text: str, *, limit: int = 20) -> Sequence[tuple[Customer, str | None]]:
    """The same, each with what the text fits where that is not the name."""
    wanted = select(Customer).options(joinedload(Customer.owner))
    if not text.strip():
        newest = session.scalars(wanted.order_by(Customer.id.desc()).limit(limit))
        return [(customer, None) for customer in newest]
    page = [
        (each, what_matched(text, texts_of(each))) for each in found(session, Customer, text, wanted, limit)
    ]
    if len(page) < limit:
        known = {customer.id for customer, _matched in page}
        by_contact: dict[int, str] = {}
        for contact in found(session, Contact, text, select(Contact), 2 * limit):
            if contact.customer_id not in known:
                matched = what_matched(text, texts_of(contact))
                by_contact.setdefault(
                    contact.customer_id, f"{contact.name} {matched}" if matched else contact.name
                )
        some = list(by_contact)[: limit - len(page)]
        page += [(each, by_contact[each.id]) for each in in_order(session, wanted, some)]
    return page


def list_subsidiaries(session: Session, customer_id: int, *, limit: int = 20) -> Sequence[Customer]:
    """The organisations that belong to this one, by name."""
    wanted = select(Customer).where(Customer.parent_id == customer_id)
    return session.scalars(
        wanted.options(joinedload(Customer.owner)).order_by(Customer.name, Customer.id).limit(limit)
    ).all()


def list_alike_customers(session: Session, name: str) -> Sequence[Customer]:
    """Customers whose names begin as this one does, or are its beginning: where a near name can be."""
    return session.scalars(select(Customer).where(_alike(name)).order_by(Customer.id).limit(_NEAREST)).all()


def list_names_near(session: Session, name: str) -> list[tuple[int, str]]:
    """Id and name of the customers of the very name, else of those where a near name can be.

    A line asks so for each of its beginnings: names alone cost half of what whole customers do.
    """
    named = select(Customer.id, Customer.name).order_by(Customer.id)
    rows = session.execute(named.where(Customer.name_key == name_key(name))).all()
    rows = rows or session.execute(named.where(_alike(name)).limit(_NEAREST)).all()
    return [(row.id, row.name) for row in rows]


def _alike(name: str) -> ColumnElement[bool]:
    key = name_key(name)
    return or_(
        Customer.name_key.startswith(key[:2], autoescape=True),
        Customer.name_key.contains(key, autoescape=True),
        Customer.name_key.in_([key[:length] for length in range(2, len(key))]),
    )


def list_customer_names(session: Session, limit: int) -> Sequence[tuple[int, str]]:
    """Id and name of every customer; none where there are more than the limit."""
    found = session.execute(select(Customer.id, Customer.name).limit(limit + 1)).all()
    return [(each.id, each.name) for each in found] if len(found) <= limit else []


def customer_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The names of these customers."""
    rows = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(ids)))
    return {row.id: row.name for row in rows}


def hold_names(session: Session) -> None:
    """Let nobody else name a customer or contact until this transaction ends, so that two never make one.

    SQLite has one writer at a time anyway.
    """
    session.execute(select(Settings.id).with_for_update())
