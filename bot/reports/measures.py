"""Measures measured: the same metric of the same people over as many days, on another day."""

from datetime import date
from decimal import Decimal

from bot.reports.performance import metric_value
from bot.store import Session
from bot.store.models import Measure


def measured(session: Session, measure: Measure, *, as_of: date) -> Decimal | None:
    """The metric of a measure on a day; None where it is unknown."""
    scope = measure.metric_scope
    return metric_value(
        session,
        measure.metric,
        as_of=as_of,
        days=int(scope["days"]),
        person_id=scope.get("person_id"),
        team_id=scope.get("team_id"),
    )
