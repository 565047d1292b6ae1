"""Laws of activities: with whom they were, when, and by whom they are changed."""

from datetime import datetime, timedelta

import pytest

from bot.domain.actors import NotAllowed
from bot.services.activities import (
    AboutNobody,
    ActivityTextMissing,
    NotHappenedYet,
    edit_activity,
    log_activity,
)
from bot.store.activities import list_activities
from tests.support.factories import Factory


def test_the_only_open_opportunity_of_a_customer_is_meant_and_no_other(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, customer = sqlite_factory.actor("Ann"), sqlite_factory.customer("Acme")
    sqlite_factory.opportunity("Old", stage="Won", customer_id=customer.id)
    only = sqlite_factory.opportunity("Licence", customer_id=customer.id)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        assert (
            log_activity(session, ann, now=now, kind="call", customer_id=customer.id).opportunity_id
            == only.id
        )
    sqlite_factory.opportunity("Training", customer_id=customer.id)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        assert (
            log_activity(session, ann, now=now, kind="call", customer_id=customer.id).opportunity_id is None
        )


def test_a_note_needs_words_and_everything_needs_somebody(sqlite_factory: Factory, now: datetime) -> None:
    ann, customer = sqlite_factory.actor("Ann"), sqlite_factory.customer("Acme")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        with pytest.raises(ActivityTextMissing):
            log_activity(session, ann, now=now, customer_id=customer.id)
        with pytest.raises(AboutNobody):
            log_activity(session, ann, now=now, text="wants 50 seats")
        with pytest.raises(NotHappenedYet):
            log_activity(
                session, ann, now=now, text="x", customer_id=customer.id, happened_at=now + timedelta(hours=1)
            )
        assert list_activities(session, customer_id=customer.id) == []


def test_only_its_author_and_those_above_change_an_activity(sqlite_factory: Factory, now: datetime) -> None:
    ann, bo, customer = (
        sqlite_factory.actor("Ann"),
        sqlite_factory.actor("Bo"),
        sqlite_factory.customer("Acme"),
    )
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        activity = log_activity(session, ann, now=now, text="wants 50 seats", customer_id=customer.id)
        with pytest.raises(NotAllowed):
            edit_activity(session, bo, activity.id, {"text": "wants 5"}, now=now)
        assert edit_activity(session, ann, activity.id, {"text": "wants 60"}, now=now).text == "wants 60"
