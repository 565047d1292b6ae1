"""Candidates for being the same: by brand, by phone, mail domain or tax id, from the search index."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.notices import NoticeKind
from bot.domain.search import brand_keys
from bot.store.models import Contact, Customer, Notice
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS
from bot.store.search_index import kind_of
from bot.store.searching import first_ranked

_MOST = 50
"""Of one brand; more say that it is a common word."""


def customers_of_brand(session: Session, name: str) -> Sequence[Customer]:
    """Customers whose brand, or its initials, may be this name's."""
    found = _of_brand(session, name)
    if not found:
        return []
    return session.scalars(select(Customer).where(Customer.id.in_(found)).order_by(Customer.id)).all()


def names_of_brand(session: Session, name: str) -> list[str]:
    """Their names alone, for checking thousands; what is not written yet is not among them."""
    with session.no_autoflush:
        found = _of_brand(session, name)
        wanted = select(Customer.name).where(Customer.id.in_(found)).order_by(Customer.id)
        return list(session.scalars(wanted)) if found else []


def _of_brand(session: Session, name: str) -> Sequence[int]:
    keys = [kind_of(Customer) + key for key in brand_keys(name)]
    if not keys:
        return []
    values = {"workspace_id": session.info["workspace_id"], "keys": keys}
    return session.connection().execute(_BY_KEYS, values).scalars().all()


_BY_KEYS = (
    select(SEARCH_KEYS.c.record_id)
    .where(
        SEARCH_KEYS.c.workspace_id == bindparam("workspace_id"),
        SEARCH_KEYS.c.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(SEARCH_KEYS.c.length, SEARCH_KEYS.c.record_id)
    .limit(_MOST)
)


def customers_with(session: Session, number_or_address: str) -> list[int]:
    """The ids of customers that have a number or address, or whose contacts have it."""
    ids = first_ranked(session, Customer, number_or_address, _MOST)
    contacts = first_ranked(session, Contact, number_or_address, _MOST)
    if contacts:
        theirs = session.scalars(select(Contact.customer_id).where(Contact.id.in_(contacts)))
        ids += list(theirs)
    return list(dict.fromkeys(ids))


def pairs_of_brand(session: Session) -> Iterator[tuple[int, int]]:
    """Pairs of customers that share a brand or phone number, the lower id first; a pair may repeat."""
    keys, records = SEARCH_KEYS.c, SEARCH_RECORDS.c
    here, letter = session.info["workspace_id"], kind_of(Customer)
    brands = (
        select(keys.key)
        .where(keys.workspace_id == here, keys.key >= letter + "b", keys.key < letter + "c")
        .group_by(keys.key)
        .having(func.count().between(2, _MOST))
    )
    by_brand = select(keys.key, keys.record_id).where(keys.workspace_id == here, keys.key.in_(brands))
    ours = (records.workspace_id == here, records.kind == letter, records.digits != "")
    numbers = (
        select(records.digits).where(*ours).group_by(records.digits).having(func.count().between(2, _MOST))
    )
    by_number = select(records.digits, records.record_id).where(*ours, records.digits.in_(numbers))
    for wanted in (by_brand, by_number):
        rows = session.connection().execute(wanted.order_by(*wanted.selected_columns))
        for _key, group in groupby(rows, key=lambda row: row[0]):
            yield from combinations(sorted({row[1] for row in group}), 2)


def customers_by_id(session: Session, ids: Collection[int]) -> dict[int, Customer]:
    """These customers with their owners."""
    wanted = select(Customer).options(joinedload(Customer.owner)).where(Customer.id.in_(ids))
    return {customer.id: customer for customer in session.scalars(wanted)}


def pairs_told(session: Session) -> set[str]:
    """The pairs that the last report to admins had."""
    wanted = select(Notice.payload).where(Notice.kind == NoticeKind.DUPLICATES)
    last = session.scalars(wanted.order_by(Notice.id.desc()).limit(1)).first()
    return set(last["pairs"]) if last else set()
