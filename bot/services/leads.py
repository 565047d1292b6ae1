"""Leads: kept, claimed, turned into an opportunity, or given up with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.leads import LeadState
from bot.services.contacts import check_mail, make_contact
from bot.services.customers import NameMissing, customer_for
from bot.services.edits import edit
from bot.services.opportunities import open_opportunity
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.contacts import find_contact_of
from bot.store.leads import access_lead
from bot.store.models import Contact, Customer, Lead, Opportunity
from bot.store.opportunities import access_opportunity


class LeadClosed(Refusal):
    """A lead that was converted or disqualified already."""

    message = "{name} is closed already: it was converted or disqualified."


class LeadTaken(Refusal):
    """A lead that somebody else has."""

    message = "{owner} has claimed {name} already."


class DisqualifyReasonRequired(Refusal):
    """A lead given up without a reason."""

    message = "Why is it given up? A few words are enough, such as: no budget this year"


@dataclass(frozen=True)
class Converted:
    """What a lead became; `is_new` where the customer was made for it."""

    lead: Lead
    customer: Customer
    is_new: bool
    contact: Contact | None
    opportunity: Opportunity


def make_lead(
    session: Session, actor: Actor, *, name: str, owner_id: int | None, **values: str | None
) -> Lead:
    """A new lead; nobody's where owner_id is None. Raises NameMissing and BadMail."""
    columns = _checked({"name": name, **values})
    lead = Lead(owner_id=owner_id, **columns)
    session.add(lead)
    session.flush()
    return access_lead(session, lead.id)


def edit_lead(
    session: Session,
    actor: Actor,
    lead_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Lead:
    """Change columns of a lead. Raises NotAllowed, NameMissing, BadMail and EditConflict."""
    lead = access_lead(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    edit(session, lead, _checked(values), version=version, seen=seen)
    return access_lead(session, lead_id)


def claim_lead(session: Session, actor: Actor, lead_id: int) -> Lead:
    """Take a lead that nobody has: the first one gets it. Raises LeadTaken and LeadClosed."""
    lead = _access_open(session, lead_id)
    if lead.owner_id is not None and lead.owner_id != actor.person_id:
        raise LeadTaken(owner=lead.owner.name if lead.owner else "—", name=lead.name)
    lead.owner_id = actor.person_id
    session.flush()
    return access_lead(session, lead_id)


def disqualify_lead(session: Session, actor: Actor, lead_id: int, *, reason: str | None) -> Lead:
    """Give a lead up. Raises NotAllowed, LeadClosed and DisqualifyReasonRequired."""
    lead = _access_open(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if not (reason or "").strip():
        raise DisqualifyReasonRequired(field="reason")
    lead.state, lead.reason = LeadState.DISQUALIFIED, reason
    session.flush()
    return access_lead(session, lead_id)


def convert_lead(session: Session, actor: Actor, lead_id: int, *, now: datetime) -> Converted:
    """Make customer, contact and opportunity of a lead, in one step.

    A customer of the lead's name is used where there is one, and so is a contact. What is made belongs to the
    lead's owner; a lead of nobody becomes the actor's. Raises NotAllowed and LeadClosed.
    """
    lead = _access_open(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if lead.owner_id is None:
        lead.owner_id = actor.person_id
    customer, is_new = customer_for(session, actor, f"new:{lead.name}", now=now)
    if is_new:
        customer.owner_id = lead.owner_id
    contact = _contact_of(session, actor, lead, customer)
    opportunity = open_opportunity(
        session,
        actor,
        customer=customer,
        now=now,
        source=lead.source,
        note=lead.note,
        contact_id=contact.id if contact else None,
    )
    opportunity.owner_id = lead.owner_id
    lead.state, lead.customer_id, lead.opportunity_id = LeadState.CONVERTED, customer.id, opportunity.id
    session.flush()
    opportunity = access_opportunity(session, opportunity.id)
    return Converted(access_lead(session, lead_id), customer, is_new, contact, opportunity)


def _contact_of(session: Session, actor: Actor, lead: Lead, customer: Customer) -> Contact | None:
    """Who the lead is about, at the customer; called as the lead is where only their addresses are known."""
    if not (lead.contact_name or lead.email or lead.phone):
        return None
    name = lead.contact_name or lead.name
    return find_contact_of(session, customer.id, name) or make_contact(
        session, actor, customer_id=customer.id, name=name, email=lead.email, phone=lead.phone
    )


def _access_open(session: Session, lead_id: int) -> Lead:
    lead = access_lead(session, lead_id, to_change=True)
    if lead.state != LeadState.OPEN:
        raise LeadClosed(name=lead.name)
    return lead


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "name" in columns:
        columns["name"] = (columns["name"] or "").strip()
        if not columns["name"]:
            raise NameMissing(field="name")
    if "email" in columns:
        columns["email"] = check_mail(columns["email"])
    return columns
