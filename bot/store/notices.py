"""Notices: kept once a key, settled once. How they are claimed in between is in bot.store.claims."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, NoticeState
from bot.store.models import Measure, Notice, Schedule, Task, TeamTask


class UnknownNotice(Refusal):
    """No notice has that number."""

    message = "No notice has the number {number}. `dealdesk notices` lists them."


def add_notice(session: Session, **values: Any) -> Notice:
    """Keep a notice, or find the one that has its dedupe key already."""
    workspace_id = session.info["workspace_id"]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"workspace_id": workspace_id, "state": NoticeState.PENDING, "attempts": 0} | values
    session.execute(dialect.insert(Notice).values(row).on_conflict_do_nothing())
    session.info.setdefault("wrote", set()).add(Notice.__name__)
    return session.scalars(select(Notice).where(Notice.dedupe_key == values["dedupe_key"])).one()


def access_notice(session: Session, notice_id: int) -> Notice:
    """The notice, or UnknownNotice."""
    found = session.get(Notice, notice_id)
    if found is None:
        raise UnknownNotice(number=notice_id)
    return found


def waiting_at(session: Session, kind: NoticeKind, recipient: str, due_at: datetime) -> Sequence[Notice]:
    """What waits to be said to a recipient at a moment, or within its minute."""
    wanted = select(Notice).where(
        Notice.recipient == recipient,
        Notice.kind == kind,
        Notice.settled_at.is_(None),
        Notice.due_at >= due_at,
        Notice.due_at < due_at + timedelta(minutes=1),
    )
    return session.scalars(wanted.order_by(Notice.due_at, Notice.id)).all()


def has_been_reminded(session: Session, recipient: str) -> bool:
    """Whether somebody ever got a reminder of a task."""
    wanted = select(Notice.id).where(
        Notice.recipient == recipient,
        Notice.settled_at.is_not(None),
        Notice.kind == NoticeKind.TASK_REMINDER,
        Notice.state == NoticeState.SENT,
    )
    return session.scalars(wanted.limit(1)).first() is not None


def find_notice(session: Session, dedupe_key: str) -> Notice | None:
    """The notice with this key."""
    return session.scalars(select(Notice).where(Notice.dedupe_key == dedupe_key)).one_or_none()


def list_notices(
    session: Session, *, states: Collection[NoticeState] = (), limit: int = 100
) -> Sequence[Notice]:
    """Notices, those that wait first, by their due moment; of the others the latest."""
    wanted = select(Notice)
    if states:
        wanted = wanted.where(Notice.state.in_(states))
    waiting = wanted.where(Notice.settled_at.is_(None)).order_by(Notice.due_at, Notice.id).limit(limit)
    found = list(session.scalars(waiting))
    settled = wanted.where(Notice.settled_at.is_not(None)).order_by(
        Notice.settled_at.desc(), Notice.id.desc()
    )
    return found + list(session.scalars(settled.limit(limit - len(found)))) if len(found) < limit else found


def settle(
    session: Session,
    notice_ids: Collection[int],
    state: NoticeState,
    *,
    machine: datetime,
    error: str | None = None,
    slack_channel: str | None = None,
    message_ts: str | None = None,
) -> None:
    """Bring notices to their end: sent, dead or cancelled. What is settled already stays as it is."""
    session.execute(
        update(Notice)
        .where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
        .values(
            state=state,
            settled_at=machine,
            error=error,
            slack_channel=slack_channel,
            message_ts=message_ts,
            lease_token=None,
            leased_until=None,
            not_before=None,
        )
        .execution_options(synchronize_session=False)
    )


def put_off(
    notices: Collection[Notice], *, until: datetime, to: str | None = None, told: bool = True
) -> None:
    """Let notices wait, or go to somebody else.

    What a reminder reminds of stays: its task's moment, and whose task it is.
    """
    for notice in notices:
        kept: dict[str, Any] = {"put_off": True} if told else {}
        if notice.kind in (NoticeKind.TASK_REMINDER, NoticeKind.REMINDER_AGAIN):
            kept["due_at"] = notice.payload.get("due_at") or notice.due_at.isoformat()
        if to:
            kept["for"] = notice.recipient
            notice.recipient = to
        notice.payload, notice.due_at = notice.payload | kept, until


def list_put_off(session: Session, recipient: str, *, after: datetime) -> list[Notice]:
    """What waits because its recipient was not to be disturbed, and is due later than a moment."""
    wanted = select(Notice).where(
        Notice.recipient == recipient, Notice.settled_at.is_(None), Notice.due_at > after
    )
    return [notice for notice in session.scalars(wanted) if notice.payload.get("put_off")]


def redirect_notices(session: Session, recipient: str, to: str) -> None:
    """What waits to be said to one person is said to another.

    Reminders stay: a task's assignee has their own, and an earlier assignee's says nothing.
    """
    session.execute(
        update(Notice)
        .where(
            Notice.recipient == recipient,
            Notice.settled_at.is_(None),
            Notice.kind != NoticeKind.TASK_REMINDER,
        )
        .values(recipient=to)
        .execution_options(synchronize_session=False)
    )


def release(session: Session, notices: Collection[Notice]) -> None:
    """Let notices that ended, or that wait for another try, be tried again at once."""
    for notice in notices:
        if notice.state != NoticeState.UNKNOWN:
            notice.state = NoticeState.PENDING
        notice.settled_at, notice.not_before, notice.error, notice.attempts = None, None, None, 0


@dataclass(frozen=True)
class NoticeFigures:
    """How many notices are in each state, and how long the oldest one that is due has waited."""

    counts: dict[str, int] = field(default_factory=dict)
    lag: timedelta = timedelta(0)


def notice_figures(session: Session, *, now: datetime) -> NoticeFigures:
    """What /metrics says about notices."""
    rows = session.execute(select(Notice.state, func.count().label("total")).group_by(Notice.state))
    counts = {row.state: row.total for row in rows}
    oldest = session.scalar(
        select(func.min(Notice.due_at)).where(Notice.settled_at.is_(None), Notice.due_at <= now)
    )
    return NoticeFigures(counts, now - oldest if oldest else timedelta(0))


def find_tasks(session: Session, task_ids: Collection[int]) -> dict[int, Task]:
    """The tasks of these notices by id, with what they are about; deleted ones are left out."""
    wanted = select(Task).options(joinedload(Task.customer), joinedload(Task.opportunity))
    return {task.id: task for task in session.scalars(wanted.where(Task.id.in_(task_ids)))}


def find_said_at(session: Session, recipient: str, message_ts: str) -> Notice | None:
    """What the message of this moment said to somebody; of several in one message the first."""
    wanted = select(Notice).where(Notice.recipient == recipient, Notice.message_ts == message_ts)
    return session.scalars(wanted.order_by(Notice.id).limit(1)).first()


def list_members(session: Session, notice_ids: Collection[int]) -> list[Notice]:
    """These notices by their moments, without those that are settled by now."""
    wanted = select(Notice).where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
    return list(session.scalars(wanted.order_by(Notice.due_at, Notice.id)))


def note_file(session: Session, notice_id: int, file_id: str) -> None:
    """Remember which file a notice is about to share, so that it is found where the outcome stays unknown."""
    notice = access_notice(session, notice_id)
    notice.payload = notice.payload | {"file_id": file_id}


def owner_id_of(session: Session, notice: Notice) -> int | None:
    """Who asked for the notice: who made the task or the schedule, whose measure it is, who shared."""
    columns = {
        "tasks": (Task.id, Task.creator_id),
        "team_tasks": (TeamTask.id, TeamTask.creator_id),
        "schedules": (Schedule.id, Schedule.creator_id),
        "measures": (Measure.id, Measure.owner_id),
    }
    if notice.kind == NoticeKind.SHARED_CARD:
        return notice.payload.get("by")
    if notice.subject not in columns:
        return None
    key, owner = columns[notice.subject]
    return session.scalar(select(owner).where(key == notice.subject_id))
