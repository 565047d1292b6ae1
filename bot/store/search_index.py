"""Keeping the search index: every flush that makes, renames, deletes or brings back a record writes its keys.

There is no other place that writes them; `refresh` makes the whole index anew where the rules have changed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, event, insert, inspect, select, tuple_
from sqlalchemy.orm import Session, UOWTransaction

from bot.domain.search import Folded, Texts, fold, keys_of
from bot.store.base import Recorded
from bot.store.models import Contact, Customer, Lead, Opportunity, Person, Product
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS, SEARCH_VERSIONS

VERSION = 4
"""Of the rules in bot.domain.search; raised when they change, so that every index is made anew."""

_AT_ONCE = 500
"""So many rows one query names."""

_PAGE = 2000

Thing = TypeVar("Thing")


def _customer(customer: Customer) -> Texts:
    names = [customer.name, customer.legal_name or "", *(customer.aliases or ())]
    phones = [customer.phone or "", *(customer.other_phones or ())]
    return Texts(names, phones, [customer.website or "", customer.tax_id or ""])


def _contact(contact: Contact) -> Texts:
    return Texts([contact.name], [contact.phone or ""], [contact.email or ""])


def _lead(lead: Lead) -> Texts:
    return Texts([lead.name, lead.contact_name or ""], [lead.phone or ""], [lead.email or ""])


def _named(record: Opportunity | Product) -> Texts:
    return Texts([record.name])


def _person(person: Person) -> Texts:
    return Texts([person.name], mails=[person.email or ""])


_SOURCES: dict[type[Recorded], tuple[str, Callable[[Any], Texts], frozenset[str]]] = {
    Customer: (
        "c",
        _customer,
        frozenset(["name", "legal_name", "aliases", "phone", "other_phones", "website", "tax_id"]),
    ),
    Contact: ("k", _contact, frozenset(["name", "phone", "email"])),
    Lead: ("l", _lead, frozenset(["name", "contact_name", "phone", "email"])),
    Opportunity: ("o", _named, frozenset(["name"])),
    Product: ("p", _named, frozenset(["name"])),
    Person: ("e", _person, frozenset(["name", "email"])),
}
"""For each kind that can be found its letter in keys, its texts, and the columns that they are read from."""


def kind_of(model: type[Any]) -> str:
    """The letter of a kind."""
    return _SOURCES[model][0]


def texts_of(record: Any) -> Texts:
    """What a record is found by, as people wrote it."""
    return _SOURCES[type(record)][1](record)


@event.listens_for(Session, "after_flush")
def _keep(session: Session, context: UOWTransaction) -> None:
    made = [entity for entity in session.new if type(entity) in _SOURCES]
    changed = [entity for entity in session.dirty if type(entity) in _SOURCES and _is_renamed(entity)]
    gone = [entity for entity in session.deleted if type(entity) in _SOURCES]
    connection = session.connection()
    if changed or gone:
        _forget(connection, [_place(entity) for entity in (*changed, *gone)])
    _know(connection, [entity for entity in (*made, *changed) if entity.deleted_at is None])


def _is_renamed(entity: Any) -> bool:
    columns = _SOURCES[type(entity)][2] | {"deleted_at"}
    attributes = inspect(entity).attrs
    return any(attributes[column].history.has_changes() for column in columns)


def _place(entity: Any) -> tuple[int, str, int]:
    return entity.workspace_id, _SOURCES[type(entity)][0], entity.id


def _know(connection: Connection, entities: Sequence[Any]) -> None:
    records, keys = [], []
    for entity in entities:
        record, its_keys = rows_of(*_place(entity), texts_of(entity))
        records.append(record)
        keys += its_keys
    if records:
        connection.execute(insert(SEARCH_RECORDS), records)
    if keys:  # a name of nothing but signs has none
        connection.execute(insert(SEARCH_KEYS), keys)


def _forget(connection: Connection, places: Sequence[tuple[int, str, int]]) -> None:
    """Take out what was kept of these: their texts say under which keys they stand."""
    columns = SEARCH_RECORDS.c
    place = tuple_(columns.workspace_id, columns.kind, columns.record_id)
    for some in in_parts(places, _AT_ONCE):
        rows = connection.execute(select(SEARCH_RECORDS).where(place.in_(some))).all()
        keys = [
            key for row in rows for key in _keys(row.workspace_id, row.kind, row.record_id, folded_of(row))
        ]
        one_key = tuple_(*SEARCH_KEYS.primary_key.columns)
        for part in in_parts([tuple(key.values()) for key in keys], _AT_ONCE // 2):
            connection.execute(delete(SEARCH_KEYS).where(one_key.in_(part)))
        connection.execute(delete(SEARCH_RECORDS).where(place.in_(some)))


def rows_of(
    workspace_id: int, kind: str, record_id: int, texts: Texts
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of SEARCH_RECORDS and those of SEARCH_KEYS for a record."""
    folded = fold(texts)
    record = {
        "workspace_id": workspace_id,
        "kind": kind,
        "record_id": record_id,
        "names": folded.names,
        "cores": folded.cores,
        "sounds": folded.sounds,
        "initials": folded.initials,
        "digits": folded.digits,
        "mails": folded.mails,
    }
    return record, _keys(workspace_id, kind, record_id, folded)


def _keys(workspace_id: int, kind: str, record_id: int, folded: Folded) -> list[dict[str, Any]]:
    length = folded.length
    return [
        {"workspace_id": workspace_id, "key": kind + key, "length": length, "record_id": record_id}
        for key in keys_of(folded)
    ]


def folded_of(row: Any) -> Folded:
    """The texts of a row of SEARCH_RECORDS."""
    return Folded(row.names, row.cores, row.sounds, row.initials, row.digits, row.mails)


def is_fresh(session: Session) -> bool:
    """True when the index was written by these rules."""
    return list(session.execute(select(SEARCH_VERSIONS.c.version)).scalars()) == [VERSION]


def refresh(session: Session) -> None:
    """Make the index of all workspaces anew where other rules wrote it."""
    if is_fresh(session):
        return
    connection = session.connection()
    for table in (SEARCH_KEYS, SEARCH_RECORDS, SEARCH_VERSIONS):
        connection.execute(delete(table))
    for model in _SOURCES:
        for page in _pages(session, model):
            _know(connection, page)
            session.expunge_all()
    connection.execute(insert(SEARCH_VERSIONS), [{"version": VERSION}])


def _pages(session: Session, model: type[Any]) -> Iterator[Sequence[Any]]:
    last = 0
    while page := session.scalars(select(model).where(model.id > last).order_by(model.id).limit(_PAGE)).all():
        last = page[-1].id
        yield page


def in_parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of at most so many."""
    part: list[Thing] = []
    for thing in things:
        part.append(thing)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
