"""Tasks that come again: the first one's due, and the next one when one is done or skipped."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.task_repeats import TaskRepeat, next_due
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.models import Task
from bot.store.people import access_person
from bot.store.workspaces import workspace_settings


class NeverComes(Refusal):
    """A repetition that ends before it begins."""

    message = "This never comes round. Say from when to when, such as: every Monday 9:00 until 31 Dec"


def due_of_rule(
    session: Session,
    rule: TaskRepeat,
    assignee_id: int | None,
    *,
    after: date | datetime | None,
    now: datetime,
    zone: str,
) -> date | datetime | None:
    """When the rule comes next for an assignee, in whose zone it is; `zone` is for a task of nobody."""
    settings = workspace_settings(session)
    theirs = access_person(session, assignee_id).zone if assignee_id else zone
    return next_due(
        rule,
        after=after,
        now=now,
        zone=ZoneInfo(theirs),
        is_working=partial(is_working_day, settings),
        working_weekdays=settings.working_weekdays,
    )


def next_of(session: Session, task: Task, *, now: datetime) -> Task | None:
    """The task that comes after this one, to which the rule goes over; None where there is none.

    What is done again later does not come twice: the rule is the next one's by then.
    """
    if task.repeats is None:
        return None
    rule = TaskRepeat.of_json(task.repeats)
    task.repeats = None
    zone = workspace_settings(session).zone
    due = due_of_rule(session, rule, task.assignee_id, after=task.due_at or task.due_on, now=now, zone=zone)
    if due is None:
        return None
    moment = due if isinstance(due, datetime) else None
    following = Task(
        text=task.text,
        priority=task.priority,
        assignee_id=task.assignee_id,
        creator_id=task.creator_id,
        customer_id=task.customer_id,
        opportunity_id=task.opportunity_id,
        due_at=moment,
        due_on=_day(session, task, moment) if moment else due,
        remind_minutes=task.remind_minutes,
        checklist=[{**item, "done": False} for item in task.checklist] if task.checklist else None,
        repeats=rule.following().as_json(),
    )
    session.add(following)
    session.flush()
    return following


def _day(session: Session, task: Task, moment: datetime) -> date:
    zone = access_person(session, task.assignee_id).zone if task.assignee_id else "UTC"
    return moment.astimezone(ZoneInfo(zone)).date()
