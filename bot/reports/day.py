"""A seller's day or week: tasks overdue, due and ahead, open opportunities, and how the quarter stands."""

from datetime import date, datetime, timedelta

from bot.domain.actors import Actor
from bot.domain.periods import quarter_of, week_of
from bot.domain.plans import quota_in
from bot.reports.signals import watch
from bot.store import Session
from bot.store.days import (
    OPPORTUNITIES,
    TASKS,
    Day,
    Figures,
    count_closing,
    figures_of,
    open_totals,
    won_totals,
)
from bot.store.models import Task
from bot.store.opportunities import list_open_opportunities
from bot.store.pipelines import stages_by_pipeline
from bot.store.plans import quotas_in
from bot.store.quotes import list_expiring
from bot.store.tasks import count_open_tasks, list_open_tasks, next_tasks_of
from bot.store.workspaces import workspace_settings

SOON = timedelta(days=7)
"""A quote that holds no longer than this is shown."""
WATCHED = 2
"""So many opportunities that need a look are shown; the list of signals has all."""


def day(
    session: Session, actor: Actor, *, now: datetime, first_task: int = 0, first_opportunity: int = 0
) -> Day:
    """A page of everything that is open, the most pressing first."""
    return _seen(session, actor, now, None, first_task, first_opportunity)


def week(
    session: Session, actor: Actor, *, now: datetime, first_task: int = 0, first_opportunity: int = 0
) -> Day:
    """A page of what is due until Sunday, and of the opportunities that are planned to close until then."""
    until = week_of(now.astimezone(actor.tz).date()).end
    return _seen(session, actor, now, until, first_task, first_opportunity)


def _seen(
    session: Session, actor: Actor, now: datetime, until: date | None, first_task: int, first_opportunity: int
) -> Day:
    person_id = actor.person_id or 0
    local = now.astimezone(actor.tz)
    today = local.date()
    figures = _figures(session, person_id, today)
    task_count = count_open_tasks(session, assignee_id=person_id, until=until)
    first_task = _page_of(first_task, task_count, TASKS)
    listed = list_open_tasks(session, assignee_id=person_id, until=until, limit=TASKS, offset=first_task)
    overdue = tuple(task for task in listed if _is_over(task, now, today))
    due = tuple(task for task in listed if task not in overdue and _day(task, actor) == today)
    ahead = tuple(task for task in listed if task not in overdue and task not in due)
    opportunity_count = count_closing(session, person_id, until) if until else figures.open_count
    first_opportunity = _page_of(first_opportunity, opportunity_count, OPPORTUNITIES)
    # Those with the nearest planned day come first, so the ones until a day are the first of them.
    left = max(0, min(OPPORTUNITIES, opportunity_count - first_opportunity))
    selling = list_open_opportunities(session, owner_id=person_id, limit=left, offset=first_opportunity)
    return Day(
        now=local,
        today=today,
        until=until,
        overdue=overdue,
        due=due,
        ahead=ahead,
        first_task=first_task,
        task_count=task_count,
        opportunities=tuple(selling),
        first_opportunity=first_opportunity,
        opportunity_count=opportunity_count,
        watch=None
        if until or not opportunity_count
        else watch(session, now=now, owner_ids=[person_id], size=WATCHED, often=True),
        quotes=() if until else tuple(list_expiring(session, person_id, first=today, last=today + SOON)),
        next_tasks=next_tasks_of(session, [each.id for each in selling]),
        stages=stages_by_pipeline(session) if selling else {},
        figures=figures,
    )


def _page_of(first: int, count: int, size: int) -> int:
    """Where the page begins; the last page where the one asked for has emptied."""
    return max(0, min(first, (count - 1) // size * size))


def _is_over(task: Task, now: datetime, today: date) -> bool:
    if task.due_at is not None:
        return task.due_at < now
    return task.due_on is not None and task.due_on < today


def _day(task: Task, actor: Actor) -> date | None:
    return task.due_at.astimezone(actor.tz).date() if task.due_at else task.due_on


def _figures(session: Session, person_id: int, today: date) -> Figures:
    settings = workspace_settings(session)
    quarter = quarter_of(today, settings.fiscal_start_month)
    count, totals = open_totals(session, [person_id])
    won = won_totals(session, [person_id], quarter)
    own = [each for each in quotas_in(session, quarter) if each.person_id == person_id]
    quota = quota_in(own, quarter, settings.currency)
    return figures_of(count, totals, quarter, won, quota)
