"""Reminders of tasks as they are when their moment comes."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.notices import NoticeState, person_of
from bot.jobs.peace import said_for
from bot.jobs.words import Apart, Later, Reader, Rendered, Said
from bot.services.notices import AGAIN
from bot.services.notifications import snoozes_of
from bot.store import Session
from bot.store.models import Notice, Task
from bot.store.notices import find_notice, find_tasks, has_been_reminded
from bot.store.people import access_person
from bot.store.task_order import waits
from bot.views import reminders as views


def of_tasks(
    session: Session, reader: Reader, notices: Sequence[Notice], *, is_group: bool, above: int
) -> Rendered:
    """One reminder, or the many of an hour in one message."""
    tasks = find_tasks(session, {notice.subject_id for notice in notices if notice.subject_id})
    current = [
        (notice, tasks[notice.subject_id])
        for notice in notices
        if notice.subject_id in tasks and _still_reminds(session, notice, tasks[notice.subject_id])
    ]
    outdated = tuple({notice.id for notice in notices} - {notice.id for notice, _task in current})
    if not current:
        return None
    covers = tuple(notice.id for notice, _task in current)
    person = access_person(session, person_of(notices[0].recipient) or 0)
    if not is_group:
        ((notice, task),) = current
        message = views.reminder(
            task,
            reader.locale,
            zone=reader.zone,
            now=reader.now,
            due_at=due_of(notice),
            instead_of=said_for(session, notice),
            was_put_off=bool(notice.payload.get("put_off")),
            later=snoozes_of(session, person, reader.now),
            offers_day=person.day_hour is None and not has_been_reminded(session, notice.recipient),
        )
        return Said(message, covers)
    if len(current) <= (person.digest_above or above):
        return Apart(outdated)
    pairs = [(task, due_of(notice)) for notice, task in current]
    return Said(views.reminders(pairs, reader.locale, zone=reader.zone, now=reader.now), covers, outdated)


def again(session: Session, reader: Reader, notice: Notice) -> Rendered:
    """The same once more, where nobody reacted to an important one."""
    task = find_tasks(session, [notice.subject_id or 0]).get(notice.subject_id or 0)
    if task is None or not task.is_important or not _still_reminds(session, notice, task):
        return None
    first = find_notice(session, notice.payload["first"])
    if first is not None and first.settled_at is None:
        return Later(first.due_at + AGAIN)
    if first is None or first.state != NoticeState.SENT:
        return None
    person = access_person(session, person_of(notice.recipient) or 0)
    message = views.reminder(
        task,
        reader.locale,
        zone=reader.zone,
        now=reader.now,
        due_at=due_of(notice),
        instead_of=said_for(session, notice),
        later=snoozes_of(session, person, reader.now),
        again=True,
    )
    return Said(message, (notice.id,))


def _still_reminds(session: Session, notice: Notice, task: Task) -> bool:
    """The task is open and waits for no other, and neither its moment nor its assignee has changed since."""
    return (
        task.state == "open"
        and not waits(session, task)
        and notice.payload.get("before") in (None, task.remind_minutes)
        and task.due_at == due_of(notice)
        and task.assignee_id == person_of(notice.payload.get("for") or notice.recipient)
    )


def due_of(notice: Notice) -> datetime:
    """The moment of the task that a reminder is about, which may have been put off since."""
    kept = notice.payload.get("due_at")
    return datetime.fromisoformat(kept) if kept else notice.due_at
