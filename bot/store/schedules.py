"""Schedules: which digests run where, and which are due."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Schedule


class UnknownSchedule(Refusal):
    """It was deleted, or never was."""

    message = "That digest no longer exists. `/crm digest` lists those that do."


def _whole() -> Select[Schedule]:
    return select(Schedule).options(
        joinedload(Schedule.creator), joinedload(Schedule.about_person), joinedload(Schedule.about_team)
    )


def access_schedule(session: Session, schedule_id: int) -> Schedule:
    """The schedule with its creator, or UnknownSchedule."""
    found = session.scalars(
        _whole().where(Schedule.id == schedule_id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise UnknownSchedule
    return found


def list_schedules(
    session: Session, *, slack_channel: str | None = None, creator_id: int | None = None
) -> list[Schedule]:
    """The workspace's digests: those of one recipient where it is named, and of one creator beside them."""
    wanted = _whole().order_by(Schedule.id)
    if slack_channel:
        theirs = [Schedule.slack_channel == slack_channel]
        if creator_id is not None:
            theirs.append(Schedule.creator_id == creator_id)
        wanted = wanted.where(or_(*theirs))
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
