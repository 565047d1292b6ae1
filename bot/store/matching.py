"""Candidates for being the same: by brand or name, by phone, mail or tax id, from the search index."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, groupby
from typing import Any

from sqlalchemy import CompoundSelect, Row, Select, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.duplicates import Kind
from bot.domain.notices import NoticeKind
from bot.store.models import Contact, Customer, DifferentPair, Lead, Notice
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS
from bot.store.search_index import in_parts, kind_of

MODELS: dict[Kind, type[Any]] = {Kind.CUSTOMERS: Customer, Kind.CONTACTS: Contact, Kind.LEADS: Lead}

_WITH = {
    Kind.CUSTOMERS: (joinedload(Customer.owner), selectinload(Customer.contacts)),
    Kind.CONTACTS: (joinedload(Contact.customer).joinedload(Customer.owner),),
    Kind.LEADS: (joinedload(Lead.owner),),
}

_MOST = 50
"""Of one key; more say that it is a common word."""
_TAIL = 7
"""Digits by which numbers are compared."""
_KEYS_AT_ONCE, _IDS_AT_ONCE = 100, 500

_K, _R = SEARCH_KEYS.c, SEARCH_RECORDS.c


def ids_by_key(
    session: Session, kind: Kind, keys: Iterable[str], *, most: int = _MOST
) -> dict[str, list[int]]:
    """The records that have each of the keys (bot.domain.search), the shortest names first; few queries."""
    letter, connection = kind_of(MODELS[kind]), session.connection()
    found: dict[str, list[int]] = {}
    for some in in_parts(dict.fromkeys(keys), _KEYS_AT_ONCE):
        padded = some + [some[-1]] * (-len(some) % (1 if len(some) < 10 else _KEYS_AT_ONCE))
        named: dict[str, Any] = {f"key{number}": letter + key for number, key in enumerate(padded)}
        named |= {"workspace_id": session.info["workspace_id"], "most": most}
        for number, record_id in connection.execute(_having(len(padded)), named):
            if number < len(some):
                found.setdefault(some[number], []).append(record_id)
    return found


@cache
def _having(keys: int) -> CompoundSelect[Any]:
    """Of each key so many records, without reading on: one statement for any few keys, or for a hundred."""
    return union_all(
        *(
            select(
                select(literal_column(str(number)).label("number"), _K.record_id)
                .where(_K.workspace_id == bindparam("workspace_id"), _K.key == bindparam(f"key{number}"))
                .order_by(_K.length, _K.record_id)
                .limit(bindparam("most"))
                .subquery()
            )
            for number in range(keys)
        )
    )


def records_by_id(session: Session, kind: Kind, ids: Collection[int]) -> dict[int, Any]:
    """These records, with their owners and what they are compared by."""
    model = MODELS[kind]
    found: dict[int, Any] = {}
    for some in in_parts(sorted(ids), _IDS_AT_ONCE):
        wanted = select(model).options(*_WITH[kind]).where(model.id.in_(some))
        if kind is Kind.CONTACTS:  # one of a customer that is gone is gone with it
            wanted = wanted.join(Contact.customer)
        found |= {record.id: record for record in session.scalars(wanted)}
    return found


def customers_of_contacts(session: Session, contact_ids: Collection[int]) -> dict[int, int]:
    """Where these contacts work."""
    found: dict[int, int] = {}
    for some in in_parts(sorted(contact_ids), _IDS_AT_ONCE):
        wanted = select(Contact.id, Contact.customer_id).join(Contact.customer).where(Contact.id.in_(some))
        found.update((row.id, row.customer_id) for row in session.execute(wanted))
    return found


def indexed_by_id(
    session: Session, kind: Kind, ids: Collection[int]
) -> Iterator[Sequence[tuple[int, str, str, str]]]:
    """The id, names, phone numbers and addresses of these records, as lines, as the search index keeps them.

    For comparing thousands: addresses are mail addresses, websites and tax ids.
    """
    here, letter, connection = session.info["workspace_id"], kind_of(MODELS[kind]), session.connection()
    for some in in_parts(sorted(ids), _IDS_AT_ONCE):
        wanted = select(_R.record_id, _R.names, _R.digits, _R.mails).where(
            _R.workspace_id == here, _R.kind == letter, _R.record_id.in_(some)
        )
        yield [tuple(row) for row in connection.execute(wanted).all()]


def names_by_id(session: Session, kind: Kind, ids: Collection[int]) -> dict[int, str]:
    """What these are called."""
    model = MODELS[kind]
    found: dict[int, str] = {}
    for some in in_parts(sorted(ids), _IDS_AT_ONCE):
        rows = session.execute(select(model.id, model.name).where(model.id.in_(some)))
        found.update((row.id, row.name) for row in rows)
    return found


def likely_pairs_of(session: Session, kind: Kind) -> Iterator[tuple[int, int]]:
    """Pairs that share a brand, phone number or address, the lower id first; a pair may repeat."""
    for wanted in _shared(session, kind):
        rows = session.connection().execute(wanted)
        for _key, group in groupby(rows, key=_all_but_id):
            yield from combinations(sorted({row[-1] for row in group}), 2)


def _all_but_id(row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row[:-1])


def _shared(session: Session, kind: Kind) -> Iterator[Select[Any]]:
    here, letter = session.info["workspace_id"], kind_of(MODELS[kind])
    for begins, follows in (("q", "r"), ("b", "c"), ("a", "b")):
        among = (_K.workspace_id == here, _K.key >= letter + begins, _K.key < letter + follows)
        if kind is Kind.CONTACTS and begins == "q":
            continue  # people have no trades
        if kind is Kind.CONTACTS and begins == "b":
            # Two of one name at two customers are two; at one customer hardly.
            of_whom = (Contact.customer_id, _K.key, _K.record_id)
            yield (
                select(*of_whom)
                .join(Contact, Contact.id == _K.record_id)
                .where(*among, Contact.workspace_id == here, Contact.deleted_at.is_(None))
                .order_by(*of_whom)
            )
            continue
        common = select(_K.key).where(*among).group_by(_K.key).having(func.count().between(2, _MOST))
        wanted = select(_K.key, _K.record_id).where(_K.workspace_id == here, _K.key.in_(common))
        yield wanted.order_by(*wanted.selected_columns)
    # A country's or city's code may be left out: the last digits say whose number it is.
    tail = func.substr(_R.digits, func.length(_R.digits) - (_TAIL - 1)).label("tail")
    ours = (_R.workspace_id == here, _R.kind == letter, func.length(_R.digits) >= _TAIL)
    numbers = select(tail).where(*ours).group_by(tail).having(func.count().between(2, _MOST))
    by_number = select(tail, _R.record_id).where(*ours, tail.in_(numbers))
    yield by_number.order_by(*by_number.selected_columns)


def pairs_told(session: Session) -> set[str]:
    """The pairs that the last report to admins had; an older one's, of customers only, named no kind."""
    wanted = select(Notice.payload).where(Notice.kind == NoticeKind.DUPLICATES)
    last = session.scalars(wanted.order_by(Notice.id.desc()).limit(1)).first()
    pairs = last["pairs"] if last else ()
    return {each if each.count(":") == 2 else f"{Kind.CUSTOMERS}:{each}" for each in pairs}


def pairs_apart(session: Session, kind: Kind) -> set[tuple[int, int]]:
    """Pairs of which somebody said that they are two."""
    rows = session.scalars(select(DifferentPair).where(DifferentPair.kind == kind))
    return {(row.first_id, row.second_id) for row in rows}


def marks_of(session: Session, kind: Kind, record_id: int) -> list[DifferentPair]:
    """Everything of which somebody said that it is not this record."""
    names = or_(DifferentPair.first_id == record_id, DifferentPair.second_id == record_id)
    return list(session.scalars(select(DifferentPair).where(DifferentPair.kind == kind, names)))


def other_of(mark: DifferentPair, record_id: int) -> int:
    """Which record it is that this one is not."""
    return mark.second_id if mark.first_id == record_id else mark.first_id


def keep_apart(session: Session, kind: Kind, one_id: int, other_id: int) -> None:
    """Remember that two records are two."""
    first_id, second_id = sorted((one_id, other_id))
    if all(second_id != mark.second_id for mark in marks_of(session, kind, first_id)):
        session.add(DifferentPair(kind=kind, first_id=first_id, second_id=second_id))
        session.flush()
