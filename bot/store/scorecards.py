"""Scorecards, evaluations and strategies: found by id, listed by time."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Criterion, Evaluation, Strategy


class UnknownCriterion(Refusal):
    """No such question: deleted, undone, or never there."""

    message = "This question is no longer on the scorecard. See it with: `/crm scorecard`"


def list_criteria(session: Session) -> Sequence[Criterion]:
    """The questions that an admin chose, in their order; none where nobody chose."""
    return session.scalars(select(Criterion).order_by(Criterion.position, Criterion.id)).all()


def list_evaluations(session: Session, opportunity_id: int, *, limit: int = 8) -> Sequence[Evaluation]:
    """How an opportunity was judged, the latest first, with who did."""
    wanted = select(Evaluation).where(Evaluation.opportunity_id == opportunity_id)
    latest = wanted.order_by(Evaluation.at.desc(), Evaluation.id.desc()).limit(limit)
    return session.scalars(latest.options(joinedload(Evaluation.person))).all()


def list_strategies(session: Session, opportunity_id: int, *, limit: int = 5) -> Sequence[Strategy]:
    """Its strategies, the latest first, with who chose them."""
    wanted = select(Strategy).where(Strategy.opportunity_id == opportunity_id)
    latest = wanted.order_by(Strategy.at.desc(), Strategy.id.desc()).limit(limit)
    return session.scalars(latest.options(joinedload(Strategy.person))).all()
