"""Overdue tasks that nobody does: after the working days that the workspace says, a manager hears of them."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.services.rights import check_is_admin
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.models import Settings
from bot.store.tasks import list_to_escalate
from bot.store.workspaces import workspace_settings

MOST_DAYS = 60


class NotWorkingDays(Refusal):
    """Not a number of working days."""

    message = "Say after how many working days, from 1 to {most}, or off. For example: `/crm task escalate 3`"


def set_escalation(session: Session, actor: Actor, days: int | None) -> Settings:
    """Say after how many working days a manager hears of an overdue task; None for never.

    Raises AdminsOnly, NotWorkingDays.
    """
    check_is_admin(session, actor)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise NotWorkingDays(field="days", most=MOST_DAYS)
    settings = workspace_settings(session)
    settings.escalate_after_days = days
    session.flush()
    return settings


def escalate_overdue(session: Session, now: datetime, before: date | None) -> int:
    """Tell managers, each in one message, of the tasks of their people that are overdue so long; how many.

    On working days only, and once for each due of a task: put off and overdue again it counts anew.
    """
    settings = workspace_settings(session)
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    if settings.escalate_after_days is None or not is_working_day(settings, today):
        return 0
    late: dict[int, list[int]] = defaultdict(list)
    until = working_days_before(settings, today, settings.escalate_after_days)
    for task in list_to_escalate(session, due_until=until):
        assert task.assignee is not None
        if task.assignee.manager_id is not None:
            task.escalated_at = now
            late[task.assignee.manager_id].append(task.id)
    session.flush()
    for manager_id, task_ids in late.items():
        post_notice(
            session,
            kind=NoticeKind.TASKS_OVERDUE,
            recipient=direct_to(manager_id),
            due_at=now,
            dedupe_key=f"overdue:{manager_id}:{today.isoformat()}",
            payload={"tasks": task_ids},
        )
    return sum(len(each) for each in late.values())


def working_days_before(settings: Settings, today: date, days: int) -> date:
    """The day so many working days before today: what was due then, or earlier, is overdue that long."""
    day = today
    while days > 0:
        day -= timedelta(days=1)
        if is_working_day(settings, day + timedelta(days=1)):
            days -= 1
    return day
