"""Duplicates: customers that are probably the same, found before another is made."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from bot.domain.actors import Actor
from bot.domain.duplicates import Reason
from bot.domain.mails import own_domain
from bot.domain.matching import CLOSE, likeness
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.services.rights import may_see
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.finds import Close
from bot.store.matching import (
    customers_by_id,
    customers_of_brand,
    customers_with,
    pairs_of_brand,
    pairs_told,
)
from bot.store.models import Customer
from bot.store.people import list_admins
from bot.store.search_index import in_parts

_TOLD = 200
"""So many pairs of a night are remembered as told."""
_DIGITS = 7
"""Fewer digits of a phone number are no number of one's own."""


def close_customers(
    session: Session,
    actor: Actor,
    names: Iterable[str],
    *,
    phones: Iterable[str | None] = (),
    mails: Iterable[str | None] = (),
    tax_id: str | None = None,
    besides: int | None = None,
    limit: int = 4,
) -> Sequence[Close]:
    """Customers that are probably the one of these names and addresses, the surest first."""
    found: dict[int, tuple[int, set[Reason]]] = {}

    def note(customer_id: int, sureness: int, reason: Reason) -> None:
        best, reasons = found.get(customer_id, (0, set()))
        found[customer_id] = (max(best, sureness), reasons | {reason})

    for name in filter(None, names):
        for customer in customers_of_brand(session, name):
            sureness = max(likeness(name, theirs) for theirs in _names(customer))
            if sureness >= CLOSE:
                note(customer.id, sureness, Reason.NAME)
    if tax_id and tax_id.strip():
        for customer_id in customers_with(session, tax_id.strip()):
            note(customer_id, 100, Reason.TAX_ID)
    for phone in filter(None, phones):
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= _DIGITS:
            # The last ones: a country's or city's code may be left out.
            for customer_id in customers_with(session, digits[-11:] if len(digits) > 11 else digits):
                note(customer_id, 90, Reason.PHONE)
    for mail in filter(None, mails):
        domain = own_domain(mail)
        for customer_id in customers_with(session, domain) if domain else ():
            if domain in _domains(access_customer(session, customer_id)):
                note(customer_id, 85, Reason.MAIL)
    found.pop(besides or 0, None)
    surest = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))[:limit]
    close = []
    for customer_id, (_sureness, reasons) in surest:
        customer = access_customer(session, customer_id)
        close.append(Close(customer, tuple(sorted(reasons)), may_see(actor, customer)))
    return close


def _domains(customer: Customer) -> set[str | None]:
    addresses = [customer.website, *(contact.email for contact in customer.contacts)]
    return {own_domain(address) for address in addresses if address}


def _names(customer: Customer) -> list[str]:
    return [each for each in (customer.name, customer.legal_name, *(customer.aliases or ())) if each]


def likely_pairs(
    session: Session, actor: Actor, *, limit: int, most: int = 5000
) -> list[tuple[Customer, Close]]:
    """Pairs of customers that are probably one, the surest first; at most `most` candidates are looked at."""
    candidates = dict.fromkeys(pairs_of_brand(session))
    found = []
    for some in in_parts(islice(candidates, most), 200):
        known = customers_by_id(session, {each for pair in some for each in pair})
        for first_id, second_id in some:
            first, second = known.get(first_id), known.get(second_id)
            if first is None or second is None or not (may_see(actor, first) and may_see(actor, second)):
                continue
            if close := _close(first, second):
                found.append((*close, first))
    surest = sorted(found, key=lambda each: (-each[0], each[2].id, each[1].customer.id))
    return [(first, close) for _sureness, close, first in surest[:limit]]


def _close(first: Customer, second: Customer) -> tuple[int, Close] | None:
    sureness = max(likeness(one, other) for one in _names(first) for other in _names(second))
    reasons = [Reason.NAME] if sureness >= CLOSE else []
    if _numbers(first) & _numbers(second):
        reasons.append(Reason.PHONE)
    if first.tax_id and first.tax_id == second.tax_id:
        reasons.append(Reason.TAX_ID)
    if not reasons:
        return None
    return sureness + 10 * len(reasons), Close(second, tuple(reasons), is_seen=True)


def _numbers(customer: Customer) -> set[str]:
    numbers = (re.sub(r"\D", "", each or "") for each in (customer.phone, *(customer.other_phones or ())))
    return {each for each in numbers if len(each) >= _DIGITS}


def tell_admins(session: Session, now: datetime, before: date | None) -> None:
    """Tell the admins in Slack of the pairs that are probably one, on days on which there are new ones."""
    pairs = likely_pairs(session, Actor(session.info["workspace_id"]), limit=_TOLD)
    told = [f"{first.id}:{close.customer.id}" for first, close in pairs]
    if set(told) <= pairs_told(session):
        return
    for admin in list_admins(session):
        if admin.slack_user_id:
            post_notice(
                session,
                kind=NoticeKind.DUPLICATES,
                recipient=direct_to(admin.id),
                due_at=now,
                dedupe_key=f"duplicates:{now:%Y-%m-%d}:{admin.id}",
                payload={"pairs": told},
            )
