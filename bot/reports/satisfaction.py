"""What customers say of us: scores overall, by person, by product and by customer."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.forecast import Share
from bot.domain.periods import Period
from bot.domain.satisfaction import (
    Mood,
    RatingKind,
    Recommended,
    SatisfactionReport,
    Satisfied,
    Scores,
    mood,
)
from bot.store import Session
from bot.store.ratings import RatingRow, rating_rows, scores_given
from bot.store.workspaces import workspace_settings


def satisfaction(
    session: Session, *, period: Period | None = None, person_id: int | None = None
) -> SatisfactionReport:
    """The scores given in a period (without one: ever), of one person's work alone where they are named."""
    zone = ZoneInfo(workspace_settings(session).zone)
    rows = rating_rows(
        session,
        start=datetime.combine(period.start, time(), zone) if period else None,
        end=datetime.combine(period.end, time(), zone) if period else None,
        person_id=person_id,
    )
    return SatisfactionReport(
        _scores(None, [(row.kind, row.score) for row in rows]),
        _by((row.person, row) for row in rows),
        _by((row.product, row) for row in rows),
        _by((row.customer, row) for row in rows),
    )


def scores_of_customer(session: Session, customer_id: int) -> Scores:
    """All that one customer ever said."""
    return _scores(None, scores_given(session, customer_id))


def _by(named: Iterable[tuple[str | None, RatingRow]]) -> tuple[Scores, ...]:
    groups: dict[str | None, list[RatingRow]] = {}
    for name, row in named:
        groups.setdefault(name, []).append(row)
    lines = [_scores(name, [(row.kind, row.score) for row in inside]) for name, inside in groups.items()]
    return tuple(sorted(lines, key=lambda line: (line.name is None, -line.count, line.name or "")))


def _scores(name: str | None, given: Sequence[tuple[RatingKind, int]]) -> Scores:
    csat = [score for kind, score in given if kind == RatingKind.CSAT]
    nps = [mood(kind, score) for kind, score in given if kind == RatingKind.NPS]
    satisfied = sum(mood(RatingKind.CSAT, score) == Mood.GOOD for score in csat)
    return Scores(
        name,
        Satisfied(len(csat), sum(csat) / len(csat), Share(satisfied, len(csat))) if csat else None,
        Recommended(len(nps), nps.count(Mood.GOOD), nps.count(Mood.BAD)) if nps else None,
    )
