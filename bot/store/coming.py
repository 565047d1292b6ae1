"""What comes next: the moment of the next notice or digest, over all workspaces."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.notices import NoticeState
from bot.store.models import Notice, Schedule
from bot.store.pools import next_idle_at


def next_due_at(session: Session, *, after: datetime) -> datetime | None:
    """When the next waiting notice is due, schedule runs or idle lead is taken care of, whichever is first.

    None where none is planned.
    """
    waiting = select(func.min(Notice.due_at)).where(
        Notice.state == NoticeState.PENDING, Notice.due_at > after
    )
    running = select(func.min(Schedule.next_at)).where(Schedule.next_at > after)
    planned = (session.scalar(waiting), session.scalar(running), next_idle_at(session, after=after))
    moments = [moment for moment in planned if moment]
    return min(moments, default=None)
