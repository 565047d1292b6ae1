"""What has to be done before what."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.models import Follow, Person, Task


def waits(session: Session, task: Task) -> bool:
    """Whether something has to be done before the task that is still open."""
    if task.after_id is None:
        return False
    first = select(Task.id).where(Task.id == task.after_id, Task.state == "open")
    return session.scalars(first).first() is not None


def list_waiting(session: Session, task_id: int) -> Sequence[Task]:
    """The open tasks that wait for this one."""
    wanted = select(Task).where(Task.after_id == task_id, Task.state == "open").order_by(Task.id)
    return session.scalars(wanted).all()


def comes_before(session: Session, task_id: int, later_id: int) -> bool:
    """Whether a task has to be done, itself or through others, before a later one."""
    seen: set[int] = set()
    current: int | None = later_id
    while current is not None and current not in seen:
        if current == task_id:
            return True
        seen.add(current)
        current = session.scalars(select(Task.after_id).where(Task.id == current)).one_or_none()
    return False


def list_watchers(session: Session, task_id: int) -> Sequence[Person]:
    """Who hears of a task besides who gave it, by name."""
    wanted = select(Person).join(Follow, Follow.person_id == Person.id).where(Follow.task_id == task_id)
    return session.scalars(wanted.order_by(Person.name)).unique().all()


def find_watch(session: Session, task_id: int, person_id: int) -> Follow | None:
    """Whether somebody watches a task."""
    wanted = select(Follow).where(Follow.task_id == task_id, Follow.person_id == person_id)
    return session.scalars(wanted.limit(1)).first()
