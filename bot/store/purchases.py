"""What was sold to a customer: won opportunities, and accepted quotes with their lines."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.stages import StageKind
from bot.store.models import Change, Opportunity, Quote, QuoteLine, Stage


def list_won_of(session: Session, customer_id: int) -> Sequence[Opportunity]:
    """The customer's won opportunities, the latest first."""
    wanted = select(Opportunity).join(Opportunity.stage).where(Stage.kind == StageKind.WON)
    return session.scalars(
        wanted.where(Opportunity.customer_id == customer_id)
        .options(joinedload(Opportunity.product))
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
    ).all()


def list_accepted_of(session: Session, customer_id: int) -> Sequence[tuple[Quote, datetime | None]]:
    """The customer's accepted quotes with their lines, and when each was accepted.

    One of an opportunity that is not won is no purchase yet.
    """
    accepted_at = (
        select(func.max(Change.at))
        .where(Change.entity == Quote.__tablename__, Change.entity_id == Quote.id, Change.field == "state")
        .correlate(Quote)
        .scalar_subquery()
    )
    wanted = (
        select(Quote, accepted_at)
        .outerjoin(Quote.opportunity)
        .outerjoin(Opportunity.stage)
        .where(Quote.customer_id == customer_id, Quote.state == "accepted")
        .where(or_(Quote.opportunity_id.is_(None), Stage.kind == StageKind.WON))
        .options(selectinload(Quote.lines).joinedload(QuoteLine.product))
        .order_by(Quote.id.desc())
    )
    return [(quote, at) for quote, at in session.execute(wanted)]


def list_closed_of(session: Session, customer_id: int, *, limit: int) -> Sequence[Opportunity]:
    """The customer's won and lost opportunities, the latest first."""
    wanted = select(Opportunity).join(Opportunity.stage).where(Stage.kind != StageKind.OPEN)
    return session.scalars(
        wanted.where(Opportunity.customer_id == customer_id)
        .options(joinedload(Opportunity.stage), joinedload(Opportunity.product))
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
        .limit(limit)
    ).all()
