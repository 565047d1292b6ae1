"""Leads: kept, qualified, turned into an opportunity, or given up with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.leads import Authority, LeadState
from bot.domain.money import Money
from bot.services.contacts import check_mail, make_contact
from bot.services.custom_fields import carry_over, set_values, without_empty
from bot.services.customers import NameMissing, customer_for
from bot.services.edits import edit
from bot.services.opportunities import open_opportunity
from bot.services.pools import access_open_lead, give, place_lead, take_back, tell_pool, touch
from bot.services.rights import check_may_change, may_change
from bot.store import Session
from bot.store.contacts import find_contact_of
from bot.store.leads import access_lead
from bot.store.models import Contact, Customer, Lead, Opportunity
from bot.store.opportunities import access_opportunity


class DisqualifyReasonRequired(Refusal):
    """A lead given up without a reason."""

    message = "Why is it given up? A few words are enough, such as: no budget this year"


class BadSize(Refusal):
    """A number of people that no company has."""

    message = "How many people work there? A number is enough, such as: 250"


@dataclass(frozen=True)
class Converted:
    """What a lead became; `is_new` where the customer was made for it."""

    lead: Lead
    customer: Customer
    is_new: bool
    contact: Contact | None
    opportunity: Opportunity


def make_lead(
    session: Session, actor: Actor, *, name: str, owner_id: int | None, now: datetime, **values: Any
) -> Lead:
    """A new lead; where nobody is named, rules and turns say whose it is, else it goes to the pool.

    Raises NameMissing, BadMail, BadSize and TooManyLeads.
    """
    custom = without_empty(values.pop("custom", None))
    lead = Lead(custom=custom, **_checked({"name": name, **values}))
    session.add(lead)
    session.flush()
    if owner_id is not None:
        give(session, lead, owner_id, now)
    else:
        place_lead(session, lead, now)
    return access_lead(session, lead.id)


def edit_lead(
    session: Session,
    actor: Actor,
    lead_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Lead:
    """Change columns of a lead; another owner gets it, none gives it to the pool; `custom` has values of
    its own fields by their keys.

    Raises NotAllowed, NameMissing, BadMail, BadSize, TooManyLeads and EditConflict.
    """
    lead = access_lead(session, lead_id, to_change=True)
    check_may_change(session, actor, lead.owner_id)
    owner_id = lead.owner_id
    columns = _checked(values)
    custom = columns.pop("custom", None)
    edit(session, lead, columns, version=version, seen=seen)
    if custom:
        set_values(session, lead, custom, version=version, seen=seen)
    if lead.state == LeadState.OPEN and lead.owner_id != owner_id:
        if lead.owner_id is None:
            take_back(session, lead, now)
        else:
            give(session, lead, lead.owner_id, now)
    else:
        touch(lead, now)
        tell_pool(session, lead, now)
    return access_lead(session, lead_id)


def qualify_lead(
    session: Session,
    actor: Actor,
    lead_id: int,
    *,
    need: str | None,
    budget: Money | None,
    authority: Authority | None,
    needed_on: date | None,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Lead:
    """Say what is known of need, budget, authority and time. Raises NotAllowed and EditConflict."""
    values = {
        "need": need,
        "budget_minor": budget.minor if budget else None,
        "currency": budget.currency if budget else None,
        "authority": authority,
        "needed_on": needed_on,
    }
    return edit_lead(session, actor, lead_id, values, now=now, version=version, seen=seen)


def disqualify_lead(
    session: Session, actor: Actor, lead_id: int, *, reason: str | None, now: datetime
) -> Lead:
    """Give a lead up. Raises NotAllowed, LeadClosed and DisqualifyReasonRequired."""
    lead = access_open_lead(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if not (reason or "").strip():
        raise DisqualifyReasonRequired(field="reason")
    lead.state, lead.reason = LeadState.DISQUALIFIED, reason
    tell_pool(session, lead, now)
    return access_lead(session, lead_id)


def convert_lead(
    session: Session, actor: Actor, lead_id: int, *, now: datetime, customer_id: int | None = None
) -> Converted:
    """Make customer, contact and opportunity of a lead, in one step; budget and time become amount and day.
    Its own fields go over to theirs of the same name.

    The customer named is used, else one of the lead's name where there is one, and so is a contact. What is
    made belongs to the lead's owner; a lead of nobody becomes the actor's. Raises NotAllowed and LeadClosed.
    """
    lead = access_open_lead(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if lead.owner_id is None:
        lead.owner_id, lead.held_since = actor.person_id, now
    chosen = f"new:{lead.name}" if customer_id is None else str(customer_id)
    customer, is_new = customer_for(session, actor, chosen, now=now)
    if is_new:
        customer.owner_id, customer.region = lead.owner_id, lead.region
    contact = _contact_of(session, actor, lead, customer)
    opportunity = open_opportunity(
        session,
        actor,
        customer=customer,
        now=now,
        amount=lead.budget,
        close_on=lead.needed_on if lead.needed_on and lead.needed_on >= local_day(actor, now) else None,
        source=lead.source,
        note="\n".join(each for each in (lead.need, lead.note) if each) or None,
        contact_id=contact.id if contact else None,
    )
    opportunity.owner_id = lead.owner_id
    lead.state, lead.customer_id, lead.opportunity_id = LeadState.CONVERTED, customer.id, opportunity.id
    _carry_over(session, actor, lead, customer, contact, opportunity)
    tell_pool(session, lead, now)
    opportunity = access_opportunity(session, opportunity.id)
    return Converted(access_lead(session, lead_id), customer, is_new, contact, opportunity)


def _carry_over(
    session: Session,
    actor: Actor,
    lead: Lead,
    customer: Customer,
    contact: Contact | None,
    opportunity: Opportunity,
) -> None:
    """Let what is known by own fields go over, to a customer of somebody else's nothing."""
    carry_over(session, lead, opportunity)
    if may_change(session, actor, customer.owner_id):
        carry_over(session, lead, customer)
        if contact is not None:
            carry_over(session, lead, contact)


def local_day(actor: Actor, now: datetime) -> date:
    """The day in the actor's zone."""
    return now.astimezone(actor.tz).date()


def _contact_of(session: Session, actor: Actor, lead: Lead, customer: Customer) -> Contact | None:
    """Who the lead is about, at the customer; called as the lead is where only their addresses are known."""
    if not (lead.contact_name or lead.email or lead.phone):
        return None
    name = lead.contact_name or lead.name
    return find_contact_of(session, customer.id, name) or make_contact(
        session, actor, customer_id=customer.id, name=name, email=lead.email, phone=lead.phone
    )


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "name" in columns:
        columns["name"] = (columns["name"] or "").strip()
        if not columns["name"]:
            raise NameMissing(field="name")
    if "email" in columns:
        columns["email"] = check_mail(columns["email"])
    if columns.get("size") is not None and not 0 < columns["size"] < 100_000_000:
        raise BadSize(field="size")
    return columns
