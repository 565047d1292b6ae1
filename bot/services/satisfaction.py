"""Satisfaction: what customers say after a visit or a delivery, written down and corrected."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.satisfaction import RatingKind, likely_kind
from bot.services.edits import edit
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.activities import access_activity
from bot.store.customers import access_customer
from bot.store.models import Rating
from bot.store.products import access_product
from bot.store.ratings import access_rating


class ScoreOutOfScale(Refusal):
    """A score that its scale does not have."""

    message = "{typed} is not on the scale: satisfaction (CSAT) is 1 to 5, recommendation (NPS) 0 to 10."


class ScoreMissing(Refusal):
    """A rating without a score."""

    message = "Which score did they give? Satisfaction (CSAT) is 1 to 5, recommendation (NPS) 0 to 10."


class RatedInFuture(Refusal):
    """A score that nobody can have given yet."""

    message = "{at} has not come yet. When did they say so?"


def record_rating(
    session: Session,
    actor: Actor,
    *,
    customer_id: int,
    score: int | None,
    now: datetime,
    kind: RatingKind | None = None,
    comment: str | None = None,
    product_id: int | None = None,
    activity_id: int | None = None,
    person_id: int | None = None,
    rated_at: datetime | None = None,
) -> Rating:
    """Write down what a customer said, now unless said otherwise.

    Without a kind a score of 1 to 5 is of satisfaction, else of recommendation. It is about the work of
    `person_id`, else of whoever made the activity, else of the customer's owner. Raises ScoreMissing,
    ScoreOutOfScale and RatedInFuture.
    """
    customer = access_customer(session, customer_id)
    activity = access_activity(session, activity_id) if activity_id is not None else None
    if score is None:
        raise ScoreMissing(field="score")
    whose = person_id or (activity and activity.person_id) or customer.owner_id or actor.person_id
    rating = Rating(
        kind=kind or likely_kind(score),
        score=score,
        comment=(comment or "").strip() or None,
        rated_at=rated_at or now,
        customer_id=customer.id,
        person_id=whose,
        recorder_id=actor.person_id,
        product_id=access_product(session, product_id).id if product_id is not None else None,
        activity_id=activity_id,
    )
    _check(rating, actor, now)
    session.add(rating)
    session.flush()
    return access_rating(session, rating.id)


def edit_rating(
    session: Session,
    actor: Actor,
    rating_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Rating:
    """Change what was written down: who did, whose work it is, their managers and admins may.

    Raises NotAllowed, EditConflict, and what record_rating raises.
    """
    rating = access_rating(session, rating_id)
    if actor.person_id is None or rating.recorder_id != actor.person_id:
        check_may_change(session, actor, rating.person_id)
    columns = dict(values)
    if columns.get("score", 0) is None:
        raise ScoreMissing(field="score")
    if "comment" in columns:
        columns["comment"] = (columns["comment"] or "").strip() or None
    edit(session, rating, columns, version=version, seen=seen)
    _check(rating, actor, now)
    return access_rating(session, rating_id)


def _check(rating: Rating, actor: Actor, now: datetime) -> None:
    if not RatingKind(rating.kind).has(rating.score):
        raise ScoreOutOfScale(field="score", typed=str(rating.score))
    if rating.rated_at > now:
        raise RatedInFuture(field="rated_at", at=rating.rated_at.astimezone(ZoneInfo(actor.zone)))
