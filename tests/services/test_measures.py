"""Laws of measures: recorded with today's value, a task and a review; measured again once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.actors import Actor
from bot.domain.money import Money
from bot.domain.notices import NoticeKind
from bot.reports.performance import metric_value
from bot.services.measures import (
    ActionMissing,
    CauseMissing,
    OwnerMissing,
    ReviewNotInFuture,
    record_measure,
    review_measure,
)
from bot.store import models
from bot.store.measures import access_measure, list_open_measures
from tests.support.factories import Factory

TODAY = date(2026, 11, 23)


def record(factory: Factory, actor: Actor, now: datetime, **values: Any) -> models.Measure:
    """Record one measure in a transaction of its own."""
    form: dict[str, Any] = {
        "cause": "demos come late",
        "action": "book the demo in the first call",
        "owner_id": actor.person_id,
        "metric": "won_amount",
        "value": Decimal("100.50"),
        "days": 30,
        "review_on": TODAY + timedelta(days=30),
        "currency": "USD",
    }
    with factory.store.transaction(actor, now=now, how="test") as session:
        return record_measure(session, actor, now=now, **(form | values))


def test_a_measure_becomes_a_task_and_a_review_at_nine_in_its_owners_zone(
    factory: Factory, now: datetime
) -> None:
    ann, lei = factory.actor("Ann"), factory.actor("Lei", zone="Asia/Shanghai")
    measure = record(factory, ann, now, owner_id=lei.person_id, person_id=lei.person_id)
    assert measure.metric_scope == {"person_id": lei.person_id, "days": 30}
    with factory.store.reading(factory.workspace_id) as session:
        task = session.get_one(models.Task, measure.task_id)
        assert (task.text, task.assignee_id, task.creator_id) == (
            measure.action,
            lei.person_id,
            ann.person_id,
        )
        assert (task.due_on, task.due_at) == (measure.review_on, None)
        notices = {notice.kind: notice for notice in session.scalars(select(models.Notice))}
        assert set(notices) == {NoticeKind.MEASURE_REVIEW, NoticeKind.TASK_ASSIGNED}
        review = notices[NoticeKind.MEASURE_REVIEW]
        assert review.due_at == datetime(2026, 12, 23, 1, tzinfo=UTC)
        assert (review.subject, review.subject_id) == ("measures", measure.id)
        assert [each.id for each in list_open_measures(session)] == [measure.id]


def test_a_measure_is_measured_again_in_the_same_way_and_only_once(factory: Factory, now: datetime) -> None:
    ann = factory.actor("Ann")
    measure = record(factory, ann, now, person_id=ann.person_id)
    later = TODAY + timedelta(days=30)
    for owner, closed, amount in ((ann.person_id, TODAY, 9), (ann.person_id, later, 250), (None, later, 70)):
        factory.opportunity(stage="Won", amount=Money.of(amount, "USD"), closed_on=closed, owner_id=owner)
    then = now + timedelta(days=30)
    for value in (None, Decimal(7)):
        with factory.store.transaction(factory.shell, now=then, how="clock") as session:
            found = value or metric_value(
                session, "won_amount", as_of=later, days=30, person_id=ann.person_id
            )
            review_measure(session, measure.id, value=found, now=then)
    with factory.store.reading(factory.workspace_id) as session:
        reviewed = access_measure(session, measure.id)
        assert (reviewed.value_at_start, reviewed.value_at_review) == (Decimal("100.50"), Decimal(250))
        assert reviewed.reviewed_at == then
        assert list_open_measures(session) == []


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"cause": " "}, CauseMissing, "cause"),
        ({"action": ""}, ActionMissing, "action"),
        ({"owner_id": None}, OwnerMissing, "owner"),
        ({"review_on": TODAY}, ReviewNotInFuture, "review_on"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(
    sqlite_factory: Factory, now: datetime, values: dict[str, Any], refusal: type, field: str
) -> None:
    ann = sqlite_factory.actor("Ann")
    with pytest.raises(refusal) as refused:
        record(sqlite_factory, ann, now, **values)
    assert refused.value.field == field  # type: ignore[attr-defined]
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        assert session.scalars(select(models.Task)).all() == []
