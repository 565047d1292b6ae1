"""Duplicates: customers that are probably the same, found before another is made."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.actors import Actor
from bot.domain.duplicates import Reason
from bot.domain.mails import own_domain
from bot.domain.matching import CLOSE, likeness
from bot.services.rights import may_see
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.finds import Close
from bot.store.matching import customers_of_brand, customers_with
from bot.store.models import Customer

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
            sureness = max(
                likeness(name, theirs)
                for theirs in (customer.name, customer.legal_name, *(customer.aliases or ()))
                if theirs
            )
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
