"""The product lines of opportunities."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.store.models import OpportunityLine


def list_lines(session: Session, opportunity_id: int) -> Sequence[OpportunityLine]:
    """The lines of an opportunity in their order, with their products."""
    wanted = select(OpportunityLine).where(OpportunityLine.opportunity_id == opportunity_id)
    wanted = wanted.options(joinedload(OpportunityLine.product))
    return session.scalars(wanted.order_by(OpportunityLine.position, OpportunityLine.id)).all()
