"""What undo takes back, and what it must not."""

from datetime import datetime

import pytest

from bot.domain.roles import Role
from bot.services.customers import make_customer
from bot.services.leads import convert_lead, make_lead
from bot.services.opportunities import open_opportunity
from bot.services.undo import BuiltOnSince, NothingToUndo, undo
from bot.store.customers import access_customer
from bot.store.leads import access_lead
from tests.support.factories import Factory


def test_what_others_built_on_is_not_taken_back_under_them(sqlite_factory: Factory, now: datetime) -> None:
    ann, bo = sqlite_factory.actor("Ann"), sqlite_factory.actor("Bo")
    store = sqlite_factory.store
    with store.transaction(ann, now=now, how="command.customer", changeset="made") as session:
        acme = make_customer(session, ann, "Acme", now=now)
    with store.transaction(bo, now=now, how="command.deal", changeset="deal") as session:
        open_opportunity(session, bo, customer=access_customer(session, acme.id), now=now)
    with (
        pytest.raises(BuiltOnSince) as refused,
        store.transaction(ann, now=now, how="action.undo") as session,
    ):
        undo(session, ann, "made", now=now)
    assert refused.value.values["who"] == "Bo"
    with store.transaction(bo, now=now, how="action.undo") as session:
        undo(session, bo, "deal", now=now)
    with store.transaction(ann, now=now, how="action.undo") as session:
        assert undo(session, ann, "made", now=now).records == 1


def test_a_conversion_is_taken_back_whole_and_done_again(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann", Role.REP)
    store = sqlite_factory.store
    with store.transaction(ann, now=now, how="command.lead") as session:
        lead = make_lead(
            session, ann, name="Blue Ocean", owner_id=ann.person_id, contact_name="Li Na", now=now
        )
    with store.transaction(ann, now=now, how="action.lead.convert", changeset="converted") as session:
        convert_lead(session, ann, lead.id, now=now)
    with store.transaction(ann, now=now, how="action.undo") as session:
        undone = undo(session, ann, "converted", now=now)
        assert access_lead(session, lead.id).state == "open"
    with store.transaction(ann, now=now, how="action.undo") as session:
        undo(session, ann, undone.changeset, now=now)
        assert access_lead(session, lead.id).state == "converted"


def test_the_second_press_of_undo_finds_nothing_left(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    acme = sqlite_factory.customer("Acme", owner_id=ann.person_id)
    with sqlite_factory.store.transaction(
        ann, now=now, how="view.customer.edit", changeset="edit"
    ) as session:
        access_customer(session, acme.id).industry = "Shipping"
    with sqlite_factory.store.transaction(ann, now=now, how="action.undo") as session:
        undo(session, ann, "edit", now=now)
    with (
        pytest.raises(NothingToUndo),
        sqlite_factory.store.transaction(ann, now=now, how="action.undo") as session,
    ):
        undo(session, ann, "edit", now=now)
