"""Measures: found by id, listed with how far they are."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Measure


class UnknownMeasure(Refusal):
    """No such measure: deleted, undone, or never there."""

    message = "This improvement measure is no longer here; it was deleted or undone."


def access_measure(session: Session, measure_id: int) -> Measure:
    """The measure with its owner and task, or UnknownMeasure."""
    wanted = select(Measure).where(Measure.id == measure_id)
    loaded = wanted.options(joinedload(Measure.owner), joinedload(Measure.task))
    found = session.scalars(loaded.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownMeasure
    return found


def list_open_measures(session: Session, *, limit: int = 10) -> Sequence[Measure]:
    """Measures that wait for their review, the next one first, with their owners."""
    wanted = select(Measure).where(Measure.reviewed_at.is_(None)).options(joinedload(Measure.owner))
    return session.scalars(wanted.order_by(Measure.review_on, Measure.id).limit(limit)).all()


def list_measures_about(session: Session, person_id: int) -> list[Measure]:
    """Measures whose metric is this person's own."""
    every = session.scalars(select(Measure))
    return [measure for measure in every if measure.metric_scope.get("person_id") == person_id]
