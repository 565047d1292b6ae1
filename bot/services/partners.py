"""Partners: customers through whom others are sold to."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.services.customers import make_customer
from bot.store import Session
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Customer


def partner_for(session: Session, actor: Actor, chosen: str, *, now: datetime) -> tuple[Customer, bool]:
    """The partner that a form's search or a line named (`ID`, `new:NAME`), and whether it was made for it."""
    if not chosen.startswith("new:"):
        return access_customer(session, int(chosen)), False
    name = chosen.removeprefix("new:")
    known = find_customers_called(session, name)
    if known:
        return known[0], False
    return make_customer(session, actor, name, now=now, kind="partner"), True
