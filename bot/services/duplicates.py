"""Duplicates: customers, contacts and leads that are probably the same, found before another is made."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.domain.actors import Actor
from bot.domain.duplicates import Kind, Reason
from bot.domain.mails import own_domain
from bot.domain.matching import CLOSE, likeness
from bot.domain.people_names import is_same_person, spellings
from bot.domain.search import address_keys, brand_keys, company_keys_to_look_up, number_keys
from bot.services.rights import may_see
from bot.store import Session
from bot.store.finds import Close
from bot.store.matching import customers_of_contacts, ids_by_key, keep_apart, records_by_id
from bot.store.models import Contact, Customer, Lead

_DIGITS = 7
"""Fewer digits of a phone number are no number of one's own."""

_SURE = {Reason.TAX_ID: 100, Reason.ADDRESS: 95, Reason.PHONE: 90, Reason.MAIL: 85}


@dataclass(frozen=True)
class Described:
    """What a record is compared by, of one that is here or of one that is about to be."""

    names: tuple[str, ...]
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    """Mail addresses and websites."""
    tax_ids: frozenset[str] = frozenset()
    customer_id: int | None = None
    """Where a contact works."""

    @cached_property
    def numbers(self) -> list[str]:
        """The phone numbers that are long enough to be somebody's own, as digits."""
        found = (phone if phone.isdecimal() else re.sub(r"\D", "", phone) for phone in self.phones)
        return [each for each in found if len(each) >= _DIGITS]

    @cached_property
    def addresses(self) -> set[str]:
        """The mail addresses."""
        return {mail.strip().casefold() for mail in self.mails if "@" in mail}

    @cached_property
    def domains(self) -> set[str]:
        """The domains that are an organisation's own."""
        return {domain for mail in self.mails if (domain := own_domain(mail))}


def described(
    *names: str | None,
    phones: Iterable[str | None] = (),
    mails: Iterable[str | None] = (),
    tax_ids: Iterable[str | None] = (),
    customer_id: int | None = None,
) -> Described:
    """The same, without what is not known."""
    return Described(
        tuple(filter(None, names)),
        tuple(filter(None, phones)),
        tuple(filter(None, mails)),
        frozenset(each.strip().casefold() for each in tax_ids if each and each.strip()),
        customer_id,
    )


def describe(record: Customer | Contact | Lead) -> Described:
    """What a record that is here is compared by."""
    match record:
        case Customer():
            people = record.contacts
            return described(
                *(record.name, record.legal_name, *(record.aliases or ())),
                phones=[record.phone, *(record.other_phones or ()), *(each.phone for each in people)],
                mails=[record.website, *(each.email for each in people)],
                tax_ids=[record.tax_id],
            )
        case Contact():
            return described(
                record.name, phones=[record.phone], mails=[record.email], customer_id=record.customer_id
            )
    return described(record.name, phones=[record.phone], mails=[record.email])


def close_records(
    session: Session,
    actor: Actor,
    kind: Kind,
    wanted: Described,
    *,
    limit: int = 4,
    sees: Callable[[Actor, object], bool] = may_see,
) -> Sequence[Close[Any]]:
    """Records that are probably the one described, the surest first.

    The actor gets data of what they may see alone: `sees` decides.
    """
    found = []
    for record in records_by_id(session, kind, _candidates(session, kind, wanted)).values():
        sureness, reasons = compare(kind, wanted, describe(record))
        if reasons:
            found.append((-sureness, record.id, Close(record, reasons, sees(actor, record))))
    return [close for _sureness, _id, close in sorted(found, key=lambda each: each[:2])[:limit]]


def _candidates(session: Session, kind: Kind, wanted: Described) -> set[int]:
    reaching = reaching_keys(wanted)
    keys = [key for name in wanted.names for key in keys_of_name(kind, name)]
    found = {each for ids in ids_by_key(session, kind, [*keys, *reaching]).values() for each in ids}
    if kind is Kind.CUSTOMERS and reaching:
        theirs = ids_by_key(session, Kind.CONTACTS, reaching)
        people = {each for ids in theirs.values() for each in ids}
        found |= set(customers_of_contacts(session, people).values())
    return found


def reaching_keys(wanted: Described) -> list[str]:
    """The keys of numbers, addresses and tax ids."""
    keys = [key for number in wanted.numbers for key in number_keys(number)]
    return keys + [key for each in (*wanted.mails, *wanted.tax_ids) for key in address_keys(each)]


def keys_of_name(kind: Kind, name: str) -> list[str]:
    """The keys by which names that can be the same are looked up."""
    if kind is Kind.CONTACTS:
        return ["b" + each for each in sorted(spellings(name))] + brand_keys(name)
    return company_keys_to_look_up(name)


def compare(kind: Kind, one: Described, other: Described) -> tuple[int, tuple[Reason, ...]]:
    """How surely two are one, and why; no reasons where they are probably two."""
    reasons: dict[Reason, int] = {}
    if kind is Kind.CONTACTS:
        alike = 90 if any(is_same_person(a, b) for a in one.names for b in other.names) else 0
    else:
        alike = max((likeness(a, b) for a in one.names for b in other.names), default=0)
    if alike >= CLOSE:
        reasons[Reason.NAME] = alike
    if one.numbers and any(a.endswith(b) or b.endswith(a) for a in one.numbers for b in other.numbers):
        reasons[Reason.PHONE] = _SURE[Reason.PHONE]
    if one.tax_ids & other.tax_ids:
        reasons[Reason.TAX_ID] = _SURE[Reason.TAX_ID]
    if kind is not Kind.CUSTOMERS and one.addresses and one.addresses & other.addresses:
        reasons[Reason.ADDRESS] = _SURE[Reason.ADDRESS]
    elif one.domains and one.domains & other.domains:
        reasons[Reason.MAIL] = _SURE[Reason.MAIL]
    if kind is Kind.CONTACTS and not _is_one_person(one, other, reasons):
        return 0, ()
    sureness = max(reasons.values(), default=0) + 10 * max(0, len(reasons) - 1)
    return sureness, tuple(sorted(reasons))


def _is_one_person(one: Described, other: Described, reasons: Mapping[Reason, int]) -> bool:
    """Colleagues share a domain, namesakes a name: only together, or at one customer, they say something."""
    if Reason.PHONE in reasons or Reason.ADDRESS in reasons:
        return True
    is_there = one.customer_id is not None and one.customer_id == other.customer_id
    return Reason.NAME in reasons and (is_there or Reason.MAIL in reasons)


def part_records(session: Session, kind: Kind, one_id: int, other_ids: Iterable[int]) -> None:
    """Remember that a record is none of the others; they are not shown as one again."""
    known = records_by_id(session, kind, {one_id, *other_ids})
    for other_id in known.keys() - {one_id}:
        keep_apart(session, kind, one_id, other_id)
