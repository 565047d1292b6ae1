"""Quotas: found by whose and when, listed by period."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.periods import Period
from bot.domain.plans import PlannedAmount
from bot.store.models import Quota


def find_quota(
    session: Session, *, person_id: int | None, team_id: int | None, starts_on: date, ends_on: date
) -> Quota | None:
    """The quota of exactly this person or team (neither: the workspace) and period."""
    return session.scalars(
        select(Quota)
        .where(
            Quota.person_id.is_(None) if person_id is None else Quota.person_id == person_id,
            Quota.team_id.is_(None) if team_id is None else Quota.team_id == team_id,
            Quota.starts_on == starts_on,
            Quota.ends_on == ends_on,
        )
        .order_by(Quota.id)
        .limit(1)
    ).one_or_none()


def quotas_in(session: Session, period: Period) -> list[PlannedAmount]:
    """Every quota that touches the period."""
    rows = session.scalars(
        select(Quota).where(Quota.starts_on < period.end, Quota.ends_on > period.start).order_by(Quota.id)
    )
    return [PlannedAmount(row.person_id, row.team_id, row.starts_on, row.ends_on, row.amount) for row in rows]
