"""What the demo's team has to do together: what stages plan, a task of many, a report that comes again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.notices import direct_to
from bot.domain.priorities import Priority
from bot.domain.roles import Role
from bot.domain.task_repeats import TaskRepeat
from bot.services.progress import show_progress
from bot.store import Session
from bot.store.models import Person, Task, TaskTemplate, TeamTask
from bot.store.pipelines import list_stages
from bot.store.transfers import everything_of
from bot.store.workspaces import workspace_settings

_ESCALATED_AFTER = 3
_PLANS = (("Proposal", "Send references · 发送案例", 2), ("Negotiation", "Agree the discount · 确认折扣", 1))
_FORECAST = "Update your forecast · 更新本季度预测"


def seed_errands(session: Session, sellers: Sequence[Person], now: datetime) -> None:
    """The manager sees a card that is half way, and every move to a proposal plans a task."""
    workspace_settings(session).escalate_after_days = _ESCALATED_AFTER
    stages = {stage.name: stage for stage in list_stages(session)}
    for name, text, days in _PLANS:
        session.add(TaskTemplate(stage_id=stages[name].id, text=text, days=days, whose="owner"))
    manager = next(each for each in everything_of(session, Person) if each.role == Role.MANAGER)
    reps = [each for each in sellers if each.slack_user_id]
    due = now.date() + timedelta(days=(4 - now.weekday()) % 7 or 7)
    report = TaskRepeat("weekly", now.date(), weekdays="5", said="every Friday")
    team_task = TeamTask(
        text=_FORECAST, creator_id=manager.id, audience="role:rep", due_on=due, repeats=report.as_json()
    )
    session.add(team_task)
    session.flush()
    for rep in reps:
        is_done = rep is reps[-1]
        session.add(
            Task(
                text=_FORECAST,
                assignee_id=rep.id,
                creator_id=manager.id,
                due_on=due,
                priority=Priority.HIGH,
                team_task_id=team_task.id,
                state="done" if is_done else "open",
                done_at=now if is_done else None,
            )
        )
    show_progress(session, team_task.id, direct_to(manager.id), now=now)
    parts = ["Pipeline", "Forecast", "Risks"]
    session.add(
        Task(
            text="Weekly report",
            assignee_id=manager.id,
            creator_id=manager.id,
            due_on=due,
            repeats=report.as_json(),
            checklist=[{"text": part, "done": part == "Pipeline"} for part in parts],
        )
    )
    session.flush()
