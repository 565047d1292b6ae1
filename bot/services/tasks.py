"""Tasks: given, done, put off, and reminded of at their moment."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor, NotAllowed
from bot.domain.checklists import ticked
from bot.domain.errors import Refusal
from bot.domain.priorities import Priority
from bot.domain.task_news import TaskNews
from bot.domain.task_repeats import TaskRepeat
from bot.services.edits import edit
from bot.services.notices import remind_of_task, tell_assignee
from bot.services.progress import follow_part
from bot.services.rights import may_change
from bot.services.subjects import subject
from bot.services.task_news import tell_news
from bot.services.task_order import check_order, free_the_next
from bot.services.task_repeats import NeverComes, due_of_rule, next_of
from bot.store import Session
from bot.store.models import Task
from bot.store.people import access_person
from bot.store.pools import find_stand_in
from bot.store.tasks import access_task

Due = date | datetime | None
"""A moment (aware), a whole day, or no day at all."""


class TaskTextMissing(Refusal):
    """A task that says nothing."""

    message = "What is to be done? A few words are enough, such as: prepare the demo"


class DueInPast(Refusal):
    """A day or moment that is over."""

    message = "{due} is in the past. Until when is it to be done? For example: tomorrow 9am"


class TaskClosed(Refusal):
    """A task that is done or cancelled already."""

    message = "“{text}” is closed already, so there is nothing left to do."


class TaskOpen(Refusal):
    """A task that is open already."""

    message = "“{text}” is open again already."


def make_task(
    session: Session,
    actor: Actor,
    *,
    text: str,
    now: datetime,
    assignee_id: int | None = None,
    due: Due = None,
    customer_id: int | None = None,
    opportunity_id: int | None = None,
    rule: TaskRepeat | None = None,
    **values: Any,
) -> Task:
    """A new task, its maker's own unless an assignee is named, with its reminder and its announcement.

    An opportunity brings its customer; with a rule it comes again, first when the rule says so unless `due`
    is said; `values` are further columns. Raises TaskTextMissing, DueInPast, NeverComes, AnotherCustomers.
    """
    customer_id, opportunity_id = subject(session, customer_id, opportunity_id)
    check_order(session, None, values.get("after_id"))
    if rule is not None:
        due = _first_due(session, actor, rule, assignee_id or actor.person_id, due, now)
        values["repeats"] = rule.as_json()
    task = Task(
        text=_worded(text),
        assignee_id=assignee_id or actor.person_id,
        creator_id=actor.person_id,
        customer_id=customer_id,
        opportunity_id=opportunity_id,
        **_due_columns(session, actor, due, assignee_id, now),
        **values,
    )
    session.add(task)
    return told(session, task, now, assigned=True)


def edit_task(
    session: Session,
    actor: Actor,
    task_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Task:
    """Change fields of a task; `values` may hold `due` (Due) besides columns.

    Raises NotAllowed, TaskTextMissing, DueInPast (only for a due that is new) and EditConflict.
    """
    task = changeable(session, actor, task_id)
    columns = dict(values)
    if "text" in columns:
        columns["text"] = _worded(columns["text"])
    if columns.get("opportunity_id") is not None:
        columns["customer_id"], _same = subject(
            session, columns.get("customer_id"), columns["opportunity_id"]
        )
    check_order(session, task_id, columns.get("after_id"))
    before = task.assignee_id
    if "due" in columns:
        assignee_id = columns.get("assignee_id", task.assignee_id)
        columns |= _due_columns(session, actor, columns.pop("due"), assignee_id, now, before=task)
    edit(session, task, columns, version=version, seen=seen)
    return told(session, task, now, assigned=task.assignee_id != before)


def reschedule_task(session: Session, actor: Actor, task_id: int, due: Due, *, now: datetime) -> Task:
    """Give an open task another day or moment. Raises NotAllowed, TaskClosed, DueInPast."""
    task = still_open(changeable(session, actor, task_id))
    for column, value in _due_columns(session, actor, due, task.assignee_id, now, before=task).items():
        setattr(task, column, value)
    return told(session, task, now)


def snooze_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Put an open task off until an hour from now, to the minute. Raises NotAllowed, TaskClosed."""
    later = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    return reschedule_task(session, actor, task_id, later, now=now)


def postpone_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Put an open task off until tomorrow: at its time of day where it has one, else for the whole day.

    Tomorrow is the actor's. Raises NotAllowed, TaskClosed.
    """
    task = access_task(session, task_id)
    zone = ZoneInfo(actor.zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    due: Due = tomorrow
    if task.due_at is not None:
        due = datetime.combine(tomorrow, task.due_at.astimezone(zone).time(), zone)
    return reschedule_task(session, actor, task_id, due, now=now)


def prioritise_task(
    session: Session, actor: Actor, task_id: int, priority: Priority, *, now: datetime
) -> Task:
    """Say how much an open task matters; the reminder of a high one comes once more where nobody reacts.

    Raises NotAllowed, TaskClosed.
    """
    task = still_open(changeable(session, actor, task_id))
    task.priority = priority
    return told(session, task, now)


def complete_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Mark an open task done; where it comes again, the next one is made. Raises NotAllowed, TaskClosed."""
    task = still_open(changeable(session, actor, task_id))
    task.state, task.done_at = "done", now
    if following := next_of(session, task, now=now):
        told(session, following, now)
    session.flush()
    free_the_next(session, task, now=now)
    tell_news(session, task, TaskNews.DONE, now=now)
    return told(session, task, now)


def skip_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Leave a task that comes again out this time: it waits for its next day.

    Raises NotAllowed, TaskClosed, and NeverComes where it was the last.
    """
    task = still_open(changeable(session, actor, task_id))
    if task.repeats is None:
        raise NeverComes(field="repeats")
    rule, before = TaskRepeat.of_json(task.repeats), task.due_at or task.due_on
    due = due_of_rule(session, rule, task.assignee_id, after=before, now=now, zone=actor.zone)
    if due is None:
        raise NeverComes(field="repeats")
    task.repeats = rule.following().as_json()
    return reschedule_task(session, actor, task_id, due, now=now)


def tick_task(
    session: Session,
    actor: Actor,
    task_id: int,
    *,
    among: Collection[int],
    done: Collection[int],
    now: datetime,
) -> Task:
    """Let of the parts `among` exactly the `done` ones be done. Raises NotAllowed."""
    task = changeable(session, actor, task_id)
    task.checklist = ticked(task.checklist or [], among, done) or None
    return told(session, task, now)


def cancel_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Close an open task that is not to be done any more. Raises NotAllowed, TaskClosed."""
    task = still_open(changeable(session, actor, task_id))
    task.state = "cancelled"
    session.flush()
    free_the_next(session, task, now=now)
    return told(session, task, now)


def reopen_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Open a closed task again, with the due that it had. Raises NotAllowed, TaskOpen."""
    task = changeable(session, actor, task_id)
    if task.state == "open":
        raise TaskOpen(text=task.text)
    task.state, task.done_at, task.response = "open", None, None
    return told(session, task, now)


def check_may_change_task(session: Session, actor: Actor, task: Task) -> None:
    """Raise NotAllowed unless the actor has or made the task, is above or stands in for one who did, or is
    admin.
    """
    people = [each for each in (task.assignee_id, task.creator_id) if each is not None]
    stands_in = actor.person_id in {find_stand_in(session, each) for each in people}
    if people and not stands_in and not any(may_change(session, actor, each) for each in people):
        raise NotAllowed(owner=access_person(session, people[0]).name)


def changeable(session: Session, actor: Actor, task_id: int) -> Task:
    """The task, where the actor may change it. Raises NotAllowed."""
    task = access_task(session, task_id)
    check_may_change_task(session, actor, task)
    return task


def still_open(task: Task) -> Task:
    """The task, where it is open. Raises TaskClosed."""
    if task.state != "open":
        raise TaskClosed(text=task.text)
    return task


def told(
    session: Session, task: Task, now: datetime, *, assigned: bool = False, note_id: int | None = None
) -> Task:
    """The task as it is now, its reminder and announcement written down with it."""
    session.flush()
    remind_of_task(session, task, now)
    follow_part(session, task, now=now)
    if assigned:
        tell_assignee(session, task, now, note_id=note_id)
    return access_task(session, task.id)


def _first_due(
    session: Session, actor: Actor, rule: TaskRepeat, assignee_id: int | None, due: Due, now: datetime
) -> Due:
    first = due or due_of_rule(session, rule, assignee_id, after=None, now=now, zone=actor.zone)
    if first is None:
        raise NeverComes(field="repeats")
    return first


def _worded(text: str | None) -> str:
    if not (text or "").strip():
        raise TaskTextMissing(field="text")
    return str(text).strip()


def _due_columns(
    session: Session,
    actor: Actor,
    due: Due,
    assignee_id: int | None,
    now: datetime,
    *,
    before: Task | None = None,
) -> dict[str, Any]:
    """due_at and due_on: a moment's day is the assignee's. A due that stands already may be over."""
    if isinstance(due, datetime):
        due_at: datetime | None = due
        zone = access_person(session, assignee_id).zone if assignee_id else actor.zone
        due_on: date | None = due.astimezone(ZoneInfo(zone)).date()
        is_past = due < now
    else:
        due_at, due_on = None, due
        is_past = due is not None and due < now.astimezone(ZoneInfo(actor.zone)).date()
    is_kept = before is not None and (due_at, due_on) == (before.due_at, before.due_on)
    if is_past and not is_kept:
        local = due.astimezone(ZoneInfo(actor.zone)) if isinstance(due, datetime) else due
        raise DueInPast(field="due", due=local)
    # Put off and overdue again, it counts anew for a manager to hear of.
    anew = {"escalated_at": None} if before is not None and not is_kept else {}
    return {"due_at": due_at, "due_on": due_on} | anew
