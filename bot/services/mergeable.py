"""What can be merged, and what a merged record is made of: customers, contacts, leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.duplicates import Kind
from bot.domain.leads import LeadState
from bot.domain.names import name_key
from bot.services.pools import LeadClosed, tell_pool
from bot.store import Session
from bot.store.contacts import access_contact
from bot.store.customers import access_customer
from bot.store.leads import access_lead
from bot.store.models import BirthdayReminder, Collaborator, Contact, Customer, Follow, Lead


@dataclass(frozen=True)
class Mergeable:
    """One kind. `fields` are what can have one value only: where both have one, somebody chooses."""

    model: type[Any]
    access: Callable[[Session, int], Any]
    owner_of: Callable[[Any], int | None]
    fields: Mapping[str, tuple[str, ...]]
    """Each with its columns: a budget is an amount and a currency."""
    texts: Sequence[str] = ()
    """What both have stays, a line each."""
    lists: Sequence[str] = ()
    mappings: Sequence[str] = ()
    once: Sequence[type[Any]] = ()
    """What somebody has of both they have of the one once."""
    unite: Callable[[Any, Any, dict[str, Any]], None] = lambda winner, loser, values: None
    """Complete the values of the one that stays."""
    check: Callable[[Any, Any], None] = lambda winner, loser: None
    """Raise a Refusal where these two cannot be merged."""
    after: Callable[[Session, Any, Any, datetime], None] = lambda session, winner, loser, now: None


def _alone(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: (name,) for name in names}


def _names_of_both(winner: Customer, loser: Customer, values: dict[str, Any]) -> None:
    """Names and phones that are no longer the first ones are kept as further ones."""
    name, phone = values.get("name", winner.name), values.get("phone", winner.phone)
    values["name_key"] = name_key(name)
    for each in (winner.name, loser.name):
        if each != name and each not in values["aliases"]:
            values["aliases"].append(each)
    for number in filter(None, (winner.phone, loser.phone)):
        if number != phone and number not in values["other_phones"]:
            values["other_phones"].append(number)


def _not_its_own(session: Session, winner: Customer, loser: Customer, now: datetime) -> None:
    # What was the other's parent or partner may be itself by now.
    for field in ("parent_id", "partner_id"):
        if getattr(winner, field) in (winner.id, loser.id):
            setattr(winner, field, None)


def _other_is_open(winner: Lead, loser: Lead) -> None:
    """What became a customer already stays what it is: the open one may become part of it."""
    if loser.state != LeadState.OPEN:
        raise LeadClosed(name=loser.name)
    if winner.state == LeadState.DISQUALIFIED:
        raise LeadClosed(name=winner.name)


def _held_by(winner: Lead, loser: Lead, values: dict[str, Any]) -> None:
    """Whoever has it has had it as long as their own; the latest work on either counts."""
    owner_id = values.get("owner_id", winner.owner_id)
    if owner_id is None:
        return
    if winner.owner_id != owner_id:
        values["held_since"] = loser.held_since
    values["touched_at"] = max(filter(None, (winner.touched_at, loser.touched_at)), default=None)
    values["warned_at"] = None


def _tell_of_both(session: Session, winner: Lead, loser: Lead, now: datetime) -> None:
    tell_pool(session, winner, now)
    tell_pool(session, loser, now)


MERGEABLE: Mapping[Kind, Mergeable] = {
    Kind.CUSTOMERS: Mergeable(
        Customer,
        access_customer,
        lambda customer: customer.owner_id,
        _alone(
            "name", "kind", "legal_name", "tax_id", "industry", "size", "region", "website", "phone",
            "owner_id", "parent_id",
        )
        | {"sales_channel": ("sales_channel", "partner_id", "partner_percent")}
        | _alone("external_id"),
        texts=("note",),
        lists=("aliases", "other_phones", "addresses", "tags"),
        mappings=("extra", "custom"),
        once=(Follow, Collaborator),
        unite=_names_of_both,
        after=_not_its_own,
    ),
    Kind.CONTACTS: Mergeable(
        Contact,
        access_contact,
        lambda contact: contact.customer.owner_id,
        _alone(
            "name", "customer_id", "title", "decision_role", "email", "phone", "birthday_on", "external_id",
        ),
        texts=("preferences",),
        mappings=("custom",),
        once=(BirthdayReminder,),
    ),
    Kind.LEADS: Mergeable(
        Lead,
        access_lead,
        lambda lead: lead.owner_id,
        _alone("name", "contact_name", "phone", "email", "source", "campaign", "region", "size", "owner_id")
        | {"budget": ("budget_minor", "currency")}
        | _alone("authority", "needed_on", "external_id"),
        texts=("need", "note"),
        mappings=("custom",),
        unite=_held_by,
        check=_other_is_open,
        after=_tell_of_both,
    ),
}  # fmt: skip
