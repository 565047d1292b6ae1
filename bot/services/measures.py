"""Measures: what is done about a finding, and whether it helped."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.performance import METRICS
from bot.services.notices import post_notice, tell_assignee
from bot.store import Session
from bot.store.measures import access_measure
from bot.store.models import Measure, Task
from bot.store.people import access_person

REVIEW_AT = time(9)
"""In the owner's zone."""


class CauseMissing(Refusal):
    """A measure against nothing."""

    message = "What is the cause? For example: demos are booked too late"


class ActionMissing(Refusal):
    """A measure that does nothing."""

    message = "What will be done? For example: book the demo in the first call"


class OwnerMissing(Refusal):
    """A measure that nobody takes on."""

    message = "Who takes this on? Choose one person."


class ReviewNotInFuture(Refusal):
    """A review on a day that is over or has begun."""

    message = "{day} leaves no time to act. Choose a later day for the review."


def record_measure(
    session: Session,
    actor: Actor,
    *,
    cause: str,
    action: str,
    owner_id: int | None,
    metric: str,
    value: Decimal | None,
    days: int,
    review_on: date,
    now: datetime,
    currency: str | None = None,
    person_id: int | None = None,
    team_id: int | None = None,
    slack_channel: str | None = None,
) -> Measure:
    """Record a measure: a task for its owner until the day of review, and the review at 09:00 of that day.

    `value` is the metric's today, as bot.reports.performance.metric_value tells it over `days` days for the
    person, the team or (neither) all. Raises CauseMissing, ActionMissing, OwnerMissing, ReviewNotInFuture.
    """
    if not cause.strip():
        raise CauseMissing(field="cause")
    if not action.strip():
        raise ActionMissing(field="action")
    if owner_id is None:
        raise OwnerMissing(field="owner")
    owner = access_person(session, owner_id)
    zone = ZoneInfo(owner.zone)
    if review_on <= now.astimezone(zone).date():
        raise ReviewNotInFuture(field="review_on", day=review_on)
    whose = {"person_id": person_id} if person_id is not None else {"team_id": team_id} if team_id else {}
    task = Task(text=action.strip(), assignee_id=owner_id, creator_id=actor.person_id, due_on=review_on)
    session.add(task)
    session.flush()
    measure = Measure(
        cause=cause.strip(),
        action=action.strip(),
        owner_id=owner_id,
        metric=METRICS[metric].key,
        metric_scope={**whose, "days": days},
        value_at_start=value,
        currency=currency,
        review_on=review_on,
        task_id=task.id,
        slack_channel=slack_channel,
    )
    session.add(measure)
    session.flush()
    tell_assignee(session, task, now)
    post_notice(
        session,
        kind=NoticeKind.MEASURE_REVIEW,
        recipient=direct_to(owner_id),
        due_at=datetime.combine(review_on, REVIEW_AT, zone),
        dedupe_key=f"measure:{measure.id}:review:{review_on.isoformat()}",
        subject=Measure.__tablename__,
        subject_id=measure.id,
    )
    return access_measure(session, measure.id)


def review_measure(session: Session, measure_id: int, *, value: Decimal | None, now: datetime) -> Measure:
    """Keep what the metric is on the day of review, beside what it was; a second review changes nothing."""
    measure = access_measure(session, measure_id)
    if measure.reviewed_at is None:
        measure.value_at_review, measure.reviewed_at = value, now
        session.flush()
    return measure
