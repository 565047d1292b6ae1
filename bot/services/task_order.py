"""What comes before what, and who watches: a task that waits reminds nobody until the first is done."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.errors import Refusal
from bot.domain.task_news import TaskNews
from bot.services.notices import remind_of_task
from bot.services.task_news import tell_news
from bot.store import Session
from bot.store.models import Follow, Task
from bot.store.task_order import comes_before, find_watch, list_waiting
from bot.store.tasks import access_task


class WaitsForItself(Refusal):
    """Two tasks of which each would wait for the other."""

    message = "“{text}” comes after this task already, so this one cannot wait for it."


def check_order(session: Session, task_id: int | None, after_id: int | None) -> None:
    """Raise UnknownTask, or WaitsForItself where the tasks would wait for each other."""
    if after_id is None:
        return
    first = access_task(session, after_id)
    if task_id is not None and comes_before(session, task_id, after_id):
        raise WaitsForItself(field="after", text=first.text)


def free_the_next(session: Session, task: Task, *, now: datetime) -> None:
    """What waited for a task that was just closed reminds from now on, and whoever has it is told."""
    for waiting in list_waiting(session, task.id):
        remind_of_task(session, waiting, now, even_late=True)
        tell_news(session, waiting, TaskNews.READY, now=now, to=[waiting.assignee_id])


def watch_task(session: Session, task_id: int, people: Iterable[int]) -> None:
    """Let people hear what becomes of a task."""
    people = list(people)
    if people:
        access_task(session, task_id)
    for person_id in people:
        if find_watch(session, task_id, person_id) is None:
            session.add(Follow(task_id=task_id, person_id=person_id))
    session.flush()


def unwatch_task(session: Session, task_id: int, person_id: int, *, now: datetime) -> None:
    """Let somebody hear no more of a task."""
    found = find_watch(session, task_id, person_id)
    if found is not None:
        found.deleted_at = now
        session.flush()
