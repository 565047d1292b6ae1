"""Laws of leads: one owner, one end, one step to an opportunity."""

from datetime import date, datetime

import pytest

from bot.domain.actors import NotAllowed
from bot.domain.leads import Authority, LeadState
from bot.domain.money import Money
from bot.services.leads import (
    DisqualifyReasonRequired,
    convert_lead,
    disqualify_lead,
    make_lead,
    qualify_lead,
)
from bot.services.pools import LeadClosed, LeadTaken, claim_lead
from bot.store.leads import list_open_leads
from tests.support.factories import Factory


def test_the_first_who_claims_a_lead_has_it(sqlite_factory: Factory, now: datetime) -> None:
    factory = sqlite_factory
    ann, bo = factory.actor("Ann"), factory.actor("Bo")
    with factory.store.transaction(ann, now=now, how="test") as session:
        lead = make_lead(session, ann, name="Blue Ocean", owner_id=None, now=now)
        assert [each.id for each in list_open_leads(session, owner_id=bo.person_id)] == [lead.id]
        claim_lead(session, ann, lead.id, now=now)
    with factory.store.transaction(bo, now=now, how="test") as session:
        with pytest.raises(LeadTaken):
            claim_lead(session, bo, lead.id, now=now)
        with pytest.raises(NotAllowed):
            convert_lead(session, bo, lead.id, now=now)


def test_converting_makes_customer_contact_and_opportunity_once(
    sqlite_factory: Factory, now: datetime
) -> None:
    factory = sqlite_factory
    ann = factory.actor("Ann")
    with factory.store.transaction(ann, now=now, how="test") as session:
        lead = make_lead(
            session, ann, name="Blue Ocean", owner_id=ann.person_id, now=now,
            contact_name="Tom", email="tom@ocean.com", source="website",
        )  # fmt: skip
        converted = convert_lead(session, ann, lead.id, now=now)
        assert converted.is_new
        assert converted.contact is not None
        assert converted.contact.email == "tom@ocean.com"
        assert converted.opportunity.contact_id == converted.contact.id
        assert converted.opportunity.source == "website"
        assert converted.lead.state == LeadState.CONVERTED
        with pytest.raises(LeadClosed):
            convert_lead(session, ann, lead.id, now=now)


def test_converting_uses_the_customer_and_the_contact_that_are_here(
    sqlite_factory: Factory, now: datetime
) -> None:
    factory = sqlite_factory
    ann, bo = factory.actor("Ann"), factory.actor("Bo")
    known = factory.customer("Blue Ocean Ltd", owner_id=bo.person_id)
    with factory.store.transaction(ann, now=now, how="test") as session:
        lead = make_lead(
            session, ann, name="Blue Ocean", owner_id=ann.person_id, now=now, phone="13800000000"
        )
        converted = convert_lead(session, ann, lead.id, now=now)
        assert converted.customer.id == known.id
        assert not converted.is_new
        assert converted.customer.owner_id == bo.person_id
        assert converted.contact is not None
        assert converted.contact.name == "Blue Ocean"


def test_a_lead_is_given_up_with_a_reason_only(sqlite_factory: Factory, now: datetime) -> None:
    factory = sqlite_factory
    ann = factory.actor("Ann")
    with factory.store.transaction(ann, now=now, how="test") as session:
        lead = make_lead(session, ann, name="Blue Ocean", owner_id=ann.person_id, now=now)
        with pytest.raises(DisqualifyReasonRequired):
            disqualify_lead(session, ann, lead.id, reason="  ", now=now)
        closed = disqualify_lead(session, ann, lead.id, reason="no budget", now=now)
        assert (closed.state, closed.reason) == (LeadState.DISQUALIFIED, "no budget")
        assert list_open_leads(session, owner_id=ann.person_id) == []


def test_what_qualified_a_lead_goes_on_in_its_opportunity(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        lead = make_lead(session, ann, name="Blue Ocean", owner_id=ann.person_id, now=now)
        qualified = qualify_lead(
            session, ann, lead.id, need="50 seats", budget=Money.of(5000, "EUR"),
            authority=Authority.DECIDES, needed_on=date(2027, 3, 31), now=now,
        )  # fmt: skip
        assert qualified.known == 4
        opportunity = convert_lead(session, ann, lead.id, now=now).opportunity
        assert opportunity.amount == Money.of(5000, "EUR")
        assert (opportunity.close_on, opportunity.note) == (date(2027, 3, 31), "50 seats")
