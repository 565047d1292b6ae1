"""Candidates for being the same: by brand, by phone, mail domain or tax id, from the search index."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.search import brand_keys
from bot.store.models import Contact, Customer
from bot.store.models.search import SEARCH_KEYS
from bot.store.search_index import kind_of
from bot.store.searching import first_ranked

_MOST = 50
"""Of one brand; more say that it is a common word."""


def customers_of_brand(session: Session, name: str) -> Sequence[Customer]:
    """Customers whose brand, or its initials, may be this name's."""
    keys = [kind_of(Customer) + key for key in brand_keys(name)]
    if not keys:
        return []
    ids = (
        select(SEARCH_KEYS.c.record_id)
        .where(SEARCH_KEYS.c.workspace_id == session.info["workspace_id"], SEARCH_KEYS.c.key.in_(keys))
        .order_by(SEARCH_KEYS.c.length, SEARCH_KEYS.c.record_id)
        .limit(_MOST)
    )
    found = session.connection().execute(ids).scalars().all()
    return session.scalars(select(Customer).where(Customer.id.in_(found)).order_by(Customer.id)).all()


def customers_with(session: Session, number_or_address: str) -> list[int]:
    """The ids of customers that have a number or address, or whose contacts have it."""
    ids = first_ranked(session, Customer, number_or_address, _MOST)
    contacts = first_ranked(session, Contact, number_or_address, _MOST)
    if contacts:
        theirs = session.scalars(select(Contact.customer_id).where(Contact.id.in_(contacts)))
        ids += list(theirs)
    return list(dict.fromkeys(ids))
