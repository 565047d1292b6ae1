"""Schedules: which digests run where, and which are due."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Schedule


class UnknownSchedule(Refusal):
    """It was deleted, or never was."""

    message = "That digest no longer exists. `/crm digest` lists those that do."


def access_schedule(session: Session, schedule_id: int) -> Schedule:
    """The schedule with its creator, or UnknownSchedule."""
    found = session.scalars(
        select(Schedule).options(joinedload(Schedule.creator)).where(Schedule.id == schedule_id)
    ).one_or_none()
    if found is None:
        raise UnknownSchedule
    return found


def list_schedules(session: Session, *, slack_channel: str | None = None) -> list[Schedule]:
    """The workspace's digests with their creators, those of one recipient where it is named."""
    wanted = select(Schedule).options(joinedload(Schedule.creator)).order_by(Schedule.id)
    if slack_channel:
        wanted = wanted.where(Schedule.slack_channel == slack_channel)
    return list(session.scalars(wanted))


def due_schedules(session: Session, now: datetime) -> Sequence[tuple[int, int]]:
    """Workspace and id of every schedule that is due, over all workspaces."""
    wanted = (
        select(Schedule.workspace_id, Schedule.id).where(Schedule.next_at <= now).order_by(Schedule.next_at)
    )
    return [(row.workspace_id, row.id) for row in session.execute(wanted)]


def advance_schedule(session: Session, schedule: Schedule, *, ran_on: date, next_at: datetime | None) -> bool:
    """Note a run; False when another worker has noted it already. It is no change to record."""
    advanced = session.execute(
        update(Schedule)
        .where(Schedule.id == schedule.id, Schedule.next_at == schedule.next_at)
        .values(ran_on=ran_on, next_at=next_at)
        .execution_options(synchronize_session=False)
    )
    return bool(advanced.rowcount)  # type: ignore[attr-defined]
