"""Tasks: found by id, listed by when they are due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Change, Task

_BY_DUE = (
    Task.due_on.is_(None),
    Task.due_on,
    Task.priority.desc(),
    Task.due_at.is_(None),
    Task.due_at,
    Task.id,
)


class UnknownTask(Refusal):
    """No such task: deleted, undone, or never there."""

    message = "This task is no longer here; it was deleted or undone. `/crm day` shows what is to be done."


@cache
def _whole() -> Select[Task]:
    return select(Task).options(
        joinedload(Task.assignee),
        joinedload(Task.creator),
        joinedload(Task.customer),
        joinedload(Task.opportunity),
        joinedload(Task.after),
    )


def access_task(session: Session, task_id: int) -> Task:
    """The task with what its card shows, or UnknownTask."""
    wanted = _whole().where(Task.id == task_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownTask
    return found


def list_open_tasks(
    session: Session,
    *,
    assignee_id: int | None = None,
    until: date | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Sequence[Task]:
    """Open tasks by day, priority and moment, those of a whole day after its moments; without a day last.

    `until` is the first day that no longer counts; with it, tasks without a day are left out.
    """
    wanted = _whole().where(*_open(assignee_id, until)).order_by(*_BY_DUE)
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def list_open_tasks_of(session: Session, customer_id: int, *, limit: int) -> Sequence[Task]:
    """A customer's open tasks in the same order, with who has them and nothing else around them."""
    mine = (Task.customer_id == customer_id, Task.state == "open")
    wanted = select(Task).options(joinedload(Task.assignee)).where(*mine)
    return session.scalars(wanted.order_by(*_BY_DUE).limit(limit)).all()


def count_open_tasks(session: Session, *, assignee_id: int, until: date | None = None) -> int:
    """How many there are of them."""
    return session.scalars(select(func.count(Task.id)).where(*_open(assignee_id, until))).one()


def list_tasks_named(
    session: Session, words: str, *, person_ids: Collection[int], limit: int = 6
) -> Sequence[Task]:
    """Open tasks that people have or gave whose text has the words in it; the one of the very words alone."""
    found = search_open_tasks(session, words, person_ids=person_ids, limit=limit)
    return [task for task in found if task.text.casefold() == words.casefold()][:1] or found


def list_to_escalate(session: Session, *, due_until: date) -> Sequence[Task]:
    """Open tasks due on that day or before of which no manager has heard yet, with whose they are."""
    wanted = _whole().where(
        Task.state == "open",
        Task.due_on <= due_until,
        Task.escalated_at.is_(None),
        Task.assignee_id.is_not(None),
    )
    return session.scalars(wanted.order_by(Task.due_on, Task.id)).all()


def list_tasks_by_id(session: Session, task_ids: Collection[int]) -> Sequence[Task]:
    """These tasks by their days."""
    wanted = _whole().where(Task.id.in_(task_ids)).order_by(Task.due_on, Task.id)
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def search_open_tasks(
    session: Session, words: str, *, person_ids: Collection[int], limit: int = 50
) -> Sequence[Task]:
    """Open tasks that people have or gave with the words in them, by their days."""
    wanted = _whole().where(
        Task.state == "open",
        or_(Task.assignee_id.in_(person_ids), Task.creator_id.in_(person_ids)),
        func.lower(Task.text).contains(words.lower(), autoescape=True),
    )
    return session.scalars(wanted.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(limit)).all()


def list_tasks_made(session: Session, changeset: str) -> Sequence[Task]:
    """The tasks that one transaction made."""
    made = select(Change.entity_id).where(
        Change.changeset == changeset, Change.entity == Task.__tablename__, Change.field == ""
    )
    return session.scalars(_whole().where(Task.id.in_(made)).order_by(Task.id)).all()


def next_tasks_of(session: Session, opportunity_ids: Iterable[int]) -> dict[int, Task]:
    """The open task of each opportunity that is due first; no entry where there is none."""
    wanted = _whole().where(Task.opportunity_id.in_(list(opportunity_ids)), Task.state == "open")
    found: dict[int, Task] = {}
    for task in session.scalars(wanted.order_by(Task.due_on.is_(None), Task.due_on, Task.due_at, Task.id)):
        if task.opportunity_id is not None:
            found.setdefault(task.opportunity_id, task)
    return found


def _open(assignee_id: int | None, until: date | None) -> list[ColumnElement[bool]]:
    conditions = [Task.state == "open"]
    if assignee_id is not None:
        conditions.append(Task.assignee_id == assignee_id)
    if until is not None:
        conditions.append(Task.due_on < until)
    return conditions
