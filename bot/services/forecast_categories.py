"""What an opportunity counts as in a forecast: by the rule of its stage, or by hand with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.stages import ForecastCategory
from bot.services.cards import refresh_cards
from bot.services.edits import edit
from bot.services.following import tell_followers
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity

_LONGEST = 300


class CategoryReasonMissing(Refusal):
    """A category by hand that nobody can understand later."""

    message = "Why does it count so? A few words are enough, such as: signed letter of intent"


class CategoryOfClosed(Refusal):
    """A category for what has ended."""

    message = "{name} has ended, so the forecast counts it as it ended."


def set_category(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    category: ForecastCategory | None,
    *,
    reason: str | None,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Opportunity:
    """Say what it counts as, and why; None gives it back to the rule of its stage, where it needs no reason.

    It stands until it is changed or the opportunity ends. Raises NotAllowed, CategoryOfClosed,
    CategoryReasonMissing and EditConflict.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    if not opportunity.stage.is_open:
        raise CategoryOfClosed(name=opportunity.name)
    why = " ".join((reason or "").split())[:_LONGEST] or None
    if category is not None and why is None:
        raise CategoryReasonMissing(field="category_reason")
    values: dict[str, Any] = {"category": category, "category_reason": why if category else None}
    edit(session, opportunity, values, version=version, seen=seen)
    tell_followers(session, actor, opportunity, now=now)
    refresh_cards(session, opportunity, now)
    return access_opportunity(session, opportunity_id)
