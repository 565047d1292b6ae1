"""Who has which share of the credit of an opportunity, besides its owner."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.credit import apportion, with_owner
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.stages import StageKind
from bot.store.models import Collaborator, Opportunity, Stage


def credit_shares(session: Session) -> dict[int, dict[int | None, Decimal]]:
    """The shares of all opportunities that are split, by opportunity and person; the owner's is left out."""
    rows = session.execute(
        select(Collaborator.opportunity_id, Collaborator.person_id, Collaborator.credit_percent)
        .where(Collaborator.opportunity_id.is_not(None), Collaborator.credit_percent.is_not(None))
        .order_by(Collaborator.id)
    )
    found: dict[int, dict[int | None, Decimal]] = defaultdict(dict)
    for opportunity_id, person_id, percent in rows:
        found[opportunity_id or 0][person_id] = percent or Decimal(0)
    return found


def won_by_split(session: Session, owner_ids: Collection[int], period: Period) -> dict[str, int]:
    """By how much splits change what people won in the period, in minor units by currency."""
    shares = credit_shares(session)
    if not shares:
        return {}
    rows = session.execute(
        select(Opportunity.id, Opportunity.owner_id, Opportunity.amount_minor, Opportunity.currency)
        .join(Stage, Stage.id == Opportunity.stage_id)
        .where(
            Opportunity.id.in_(shares),
            Stage.kind == StageKind.WON,
            Opportunity.closed_on >= period.start,
            Opportunity.closed_on < period.end,
            Opportunity.amount_minor.is_not(None),
        )
    )
    changed: dict[str, int] = defaultdict(int)
    for opportunity_id, owner_id, minor, currency in rows:
        amount = Money(minor or 0, currency)
        parts = apportion(amount.minor, with_owner(owner_id, shares[opportunity_id]))
        theirs = sum(part for who, part in parts.items() if who in owner_ids)
        changed[currency] += theirs - (amount.minor if owner_id in owner_ids else 0)
    return changed
