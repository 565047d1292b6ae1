"""Customers: found by what was typed, or made."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store import Session
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Customer


class NameMissing(Refusal):
    """A record without a name."""

    message = "A name is missing. Type what you call them, such as: Acme"


def make_customer(
    session: Session, actor: Actor, name: str, *, now: datetime, **values: str | None
) -> Customer:
    """A new customer, owned by who makes it."""
    if not name.strip():
        raise NameMissing(field="name")
    customer = Customer(name=name.strip(), name_key=name_key(name), owner_id=actor.person_id, **values)
    session.add(customer)
    session.flush()
    return customer


def customer_for(session: Session, actor: Actor, chosen: str, *, now: datetime) -> tuple[Customer, bool]:
    """The customer that a form's search chose (`ID` or `new:NAME`), and whether it was made for it."""
    if not chosen.startswith("new:"):
        return access_customer(session, int(chosen)), False
    name = chosen.removeprefix("new:")
    known = find_customers_called(session, name)
    if known:
        return known[0], False
    return make_customer(session, actor, name, now=now), True
