"""Finding whatever a few words fit, of every kind that can be found, with what matched."""

from collections.abc import Iterable
from typing import Any

from bot.domain.actors import Actor
from bot.domain.search import what_matched
from bot.services.rights import may_see
from bot.store import Session
from bot.store.contacts import search_contacts
from bot.store.customers import find_customers
from bot.store.finds import Found, Hit
from bot.store.leads import search_leads
from bot.store.opportunities import search_opportunities
from bot.store.people import search_people
from bot.store.products import search_products
from bot.store.search_index import texts_of


def find_anything(session: Session, actor: Actor, typed: str, *, limit: int) -> Found:
    """What the words fit, at most `limit` of each kind."""
    customers = find_customers(session, typed, limit=limit)
    return Found(
        [Hit(customer, matched) for customer, matched in customers if may_see(actor, customer)],
        _hits(actor, typed, search_contacts(session, typed, limit=limit)),
        _hits(actor, typed, search_opportunities(session, typed, limit=limit, only_open=False)),
        _hits(actor, typed, search_leads(session, typed, limit=limit)),
        _hits(actor, typed, search_products(session, typed, limit=limit)),
        _hits(actor, typed, search_people(session, typed, limit=limit)),
    )


def _hits(actor: Actor, typed: str, records: Iterable[Any]) -> list[Hit[Any]]:
    seen = (record for record in records if may_see(actor, record))
    return [Hit(record, what_matched(typed, texts_of(record))) for record in seen]
