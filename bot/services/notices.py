"""Notices: what will be said unasked is written down in the transaction of its cause."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.notices import NoticeKind, NoticeState, direct_to
from bot.store import Session
from bot.store.models import Notice, Task
from bot.store.notices import (
    access_notice,
    add_notice,
    find_notice,
    list_notices,
    owner_id_of,
    release,
    settle,
)
from bot.store.task_order import waits

AGAIN = timedelta(minutes=30)
"""After so long an important reminder comes once more, where nobody reacted."""


def post_notice(
    session: Session,
    *,
    kind: NoticeKind,
    recipient: str,
    due_at: datetime,
    dedupe_key: str,
    subject: str | None = None,
    subject_id: int | None = None,
    payload: dict[str, Any] | None = None,
) -> Notice:
    """Write down one thing to say at `due_at`; the same dedupe key again finds the first and changes nothing.

    `recipient` is a Slack channel id, or `direct_to(person_id)`. What it says is rendered when it is sent,
    from what is true then; a notice that has nothing left to say is cancelled.
    """
    return add_notice(
        session,
        kind=kind,
        recipient=recipient,
        due_at=due_at,
        dedupe_key=dedupe_key,
        subject=subject,
        subject_id=subject_id,
        payload=payload or {},
        created_at=session.info.get("now", due_at),
    )


def remind_of_task(session: Session, task: Task, now: datetime, *, even_late: bool = False) -> Notice | None:
    """The reminder of an open task with a moment and an assignee, once for each moment and assignee.

    Call it after every change of a task. Reminders of an earlier moment or assignee, of done and of deleted
    tasks stay written and say nothing when their moment comes, so that an undo brings them back. A task that
    waits for another one reminds when that is closed; with `even_late` where its moment is over by then.
    """
    session.flush()
    if task.due_at is None or task.assignee_id is None or task.state != "open" or task.deleted_at is not None:
        return None
    if waits(session, task):
        return None
    notice = post_notice(
        session,
        kind=NoticeKind.TASK_REMINDER,
        recipient=direct_to(task.assignee_id),
        due_at=task.due_at,
        dedupe_key=_reminder_key(task),
        subject="tasks",
        subject_id=task.id,
        payload={"due_at": task.due_at.isoformat(), "assignee_id": task.assignee_id},
    )
    _remind_before(session, task, now)
    if notice.state == NoticeState.CANCELLED and (even_late or task.due_at > now):
        release(session, [notice])
    if task.is_important:
        _remind_again(session, task, notice, now)
    return notice


def _remind_before(session: Session, task: Task, now: datetime) -> None:
    """The earlier reminder, so long before the moment as the task says; none where that is over already."""
    if task.due_at is None or not task.remind_minutes:
        return
    due_at = task.due_at - timedelta(minutes=task.remind_minutes)
    if due_at > now:
        post_notice(
            session,
            kind=NoticeKind.TASK_REMINDER,
            recipient=direct_to(task.assignee_id or 0),
            due_at=due_at,
            dedupe_key=f"{_reminder_key(task)}:{task.remind_minutes}",
            subject="tasks",
            subject_id=task.id,
            payload={
                "due_at": task.due_at.isoformat(),
                "assignee_id": task.assignee_id,
                "before": task.remind_minutes,
            },
        )


def _remind_again(session: Session, task: Task, first: Notice, now: datetime) -> None:
    again = post_notice(
        session,
        kind=NoticeKind.REMINDER_AGAIN,
        recipient=first.recipient,
        due_at=max(first.due_at, now) + AGAIN,
        dedupe_key=f"{first.dedupe_key}:again",
        subject="tasks",
        subject_id=task.id,
        payload={"due_at": first.payload["due_at"], "first": first.dedupe_key},
    )
    if again.state == NoticeState.CANCELLED and again.due_at > now:
        release(session, [again])


def acknowledge(session: Session, task: Task, *, machine: datetime) -> None:
    """Its assignee has seen the reminder of an important task: it does not come again."""
    if task.due_at is None:
        return
    again = find_notice(session, f"{_reminder_key(task)}:again")
    if again is not None and again.settled_at is None:
        again.state, again.settled_at, again.error = NoticeState.CANCELLED, machine, "seen"


def _reminder_key(task: Task) -> str:
    # A moment is read back in UTC, whatever zone it was written in.
    due = task.due_at.astimezone(UTC).isoformat() if task.due_at else None
    return f"task:{task.id}:due:{due}:{task.assignee_id}"


def tell_assignee(
    session: Session, task: Task, now: datetime, *, note_id: int | None = None
) -> Notice | None:
    """Tell the assignee of an open task that it is theirs, unless they made it themselves; with what was said
    as it was handed over.
    """
    if task.assignee_id is None or task.assignee_id == session.info.get("person_id"):
        return None
    session.flush()
    return post_notice(
        session,
        kind=NoticeKind.TASK_ASSIGNED,
        recipient=direct_to(task.assignee_id),
        due_at=now,
        dedupe_key=f"task:{task.id}:assigned:{task.assignee_id}:{task.version}",
        subject="tasks",
        subject_id=task.id,
        payload={"assignee_id": task.assignee_id, "by_id": session.info.get("person_id")}
        | ({"note": note_id} if note_id else {}),
    )


def tell_undeliverable(session: Session, notice: Notice, now: datetime) -> Notice | None:
    """Tell once whoever asked for a dead notice, unless it was for them or was itself such a telling."""
    owner_id = owner_id_of(session, notice)
    if owner_id is None or notice.recipient == direct_to(owner_id) or notice.kind == NoticeKind.UNDELIVERABLE:
        return None
    return post_notice(
        session,
        kind=NoticeKind.UNDELIVERABLE,
        recipient=direct_to(owner_id),
        due_at=now,
        dedupe_key=f"undeliverable:{notice.id}",
        payload={"notice": notice.id},
    )


def retry_notice(session: Session, notice_id: int) -> Notice:
    """Try a notice again at once that failed, died or was cancelled. One that was sent stays sent."""
    notice = access_notice(session, notice_id)
    if notice.state != NoticeState.SENT:
        release(session, [notice])
    return notice


def retry_failed_notices(session: Session) -> int:
    """Try every failed, dead or unknown notice again at once; how many there were."""
    found = list_notices(
        session, states=(NoticeState.FAILED, NoticeState.DEAD, NoticeState.UNKNOWN), limit=100_000
    )
    release(session, found)
    return len(found)


def drop_notice(session: Session, notice_id: int, *, machine: datetime) -> Notice:
    """Never say it. One that was sent stays sent."""
    notice = access_notice(session, notice_id)
    settle(session, [notice.id], NoticeState.CANCELLED, machine=machine, error="dropped by hand")
    session.refresh(notice)
    return notice
