"""News of tasks: who gave one hears what became of it, and never of what they did themselves."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.notices import NoticeKind, direct_to
from bot.domain.task_news import NoteKind, TaskNews
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Task, TaskNote
from bot.store.task_order import list_watchers


def note_on(session: Session, task: Task, kind: NoteKind, text: str) -> TaskNote:
    """Keep what the actor says about a task."""
    note = TaskNote(task_id=task.id, person_id=session.info.get("person_id"), kind=kind, text=text.strip())
    session.add(note)
    session.flush()
    return note


def tell_news(
    session: Session,
    task: Task,
    what: TaskNews,
    *,
    now: datetime,
    note: TaskNote | None = None,
    to: Iterable[int | None] | None = None,
) -> None:
    """Tell who gave the task, or whom `to` names, and its watchers.

    A part of a task of many shows on its card instead.
    """
    by = session.info.get("person_id")
    if to is None:
        to = [] if task.team_task_id and what in (TaskNews.DONE, TaskNews.ACCEPTED) else [task.creator_id]
    watchers = {person.id for person in list_watchers(session, task.id)} if what != TaskNews.READY else set()
    for person_id in sorted(({each for each in to if each is not None} | watchers) - {by}):
        post_notice(
            session,
            kind=NoticeKind.TASK_NEWS,
            recipient=direct_to(person_id),
            due_at=now,
            dedupe_key=f"task:{task.id}:{what}:{person_id}:{session.info['changeset']}",
            subject="tasks",
            subject_id=task.id,
            payload={"what": what, "by": by} | ({"note": note.id} if note else {}),
        )
