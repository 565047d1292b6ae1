"""Customers: found by id, by name, by part of a name, by phone."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store.models import Customer, Settings

_NEAREST = 500
"""Of how many names with the same beginning the closest are sought."""


class UnknownCustomer(Refusal):
    """No such customer: deleted, undone, or never there."""

    message = "This customer is no longer here; it was deleted or undone. Find another with `/crm find`."


def access_customer(session: Session, customer_id: int) -> Customer:
    """The customer with owner and contacts loaded, or UnknownCustomer."""
    wanted = select(Customer).where(Customer.id == customer_id)
    loaded = wanted.options(
        joinedload(Customer.owner), joinedload(Customer.parent), selectinload(Customer.contacts)
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
    """Customers with the text in their name: the very name first, then those that begin with it."""
    key = name_key(text) if text.strip() else ""
    rank = case(
        (Customer.name_key == key, 0), (Customer.name_key.startswith(key, autoescape=True), 1), else_=2
    )
    wanted = select(Customer).where(Customer.name_key.contains(key, autoescape=True))
    return session.scalars(
        wanted.options(joinedload(Customer.owner))
        .order_by(rank, func.length(Customer.name_key), Customer.name, Customer.id)
        .limit(limit)
    ).all()


def list_subsidiaries(session: Session, customer_id: int, *, limit: int = 20) -> Sequence[Customer]:
    """The organisations that belong to this one, by name."""
    wanted = select(Customer).where(Customer.parent_id == customer_id)
    return session.scalars(
        wanted.options(joinedload(Customer.owner)).order_by(Customer.name, Customer.id).limit(limit)
    ).all()


def list_customers_by_phone(session: Session, digits: str, *, limit: int = 20) -> Sequence[Customer]:
    """Customers whose phone number has these digits in a row, however it is written."""
    wanted = select(Customer).where(has_digits(Customer.phone, digits))
    return session.scalars(
        wanted.options(joinedload(Customer.owner)).order_by(Customer.id).limit(limit)
    ).all()


def list_alike_customers(session: Session, name: str) -> Sequence[Customer]:
    """Customers whose names begin as this one does, or are its beginning: where a near name can be."""
    key = name_key(name)
    shorter = [key[:length] for length in range(2, len(key))]
    alike = or_(
        Customer.name_key.startswith(key[:2], autoescape=True),
        Customer.name_key.contains(key, autoescape=True),
        Customer.name_key.in_(shorter),
    )
    return session.scalars(select(Customer).where(alike).order_by(Customer.id).limit(_NEAREST)).all()


def hold_names(session: Session) -> None:
    """Let nobody else name a customer or contact until this transaction ends, so that two never make one.

    SQLite has one writer at a time anyway.
    """
    session.execute(select(Settings.id).with_for_update())


def has_digits(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], digits: str
) -> ColumnElement[bool]:
    """The column, with what people write between digits left out, has these digits in a row."""
    bare = column
    for mark in (" ", "-", "(", ")", ".", "+"):
        bare = func.replace(bare, mark, "")  # type: ignore[assignment]
    return bare.contains(digits, autoescape=True)
