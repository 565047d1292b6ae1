"""What stages plan: an admin says what is to be done on entering one, and it becomes tasks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.rights import check_is_admin
from bot.services.tasks import TaskTextMissing, make_task
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.models import Opportunity, Settings, Stage, Task, TaskTemplate
from bot.store.people import access_person
from bot.store.task_templates import access_task_template, has_planned, list_task_templates
from bot.store.workspaces import workspace_settings

MOST_DAYS = 365
_LONGEST_HOLIDAY = 30


class TooManyDays(Refusal):
    """A task planned further ahead than a year."""

    message = "{days} days is too far ahead; up to {most} can be planned."


class PersonMissing(Refusal):
    """A rule for one person that names nobody."""

    message = "Who is to do it? Choose one person, or the owner."


def keep_template(
    session: Session,
    actor: Actor,
    *,
    stage: Stage,
    text: str | None,
    days: int,
    whose: str = "owner",
    person_id: int | None = None,
    template_id: int | None = None,
) -> TaskTemplate:
    """Say what is to be done whenever an opportunity enters the stage, or change what was said.

    Raises AdminsOnly, TaskTextMissing, TooManyDays, PersonMissing.
    """
    check_is_admin(session, actor)
    if not (text or "").strip():
        raise TaskTextMissing(field="text")
    if not 0 <= days <= MOST_DAYS:
        raise TooManyDays(field="days", days=days, most=MOST_DAYS)
    if whose == "person" and person_id is None:
        raise PersonMissing(field="person")
    template = access_task_template(session, template_id) if template_id else TaskTemplate()
    template.stage_id, template.text, template.days = stage.id, str(text).strip(), days
    template.whose, template.person_id = whose, person_id if whose == "person" else None
    session.add(template)
    session.flush()
    return access_task_template(session, template.id)


def delete_template(session: Session, actor: Actor, template_id: int, *, now: datetime) -> TaskTemplate:
    """Plan it no more; the tasks that are there stay. Raises AdminsOnly."""
    check_is_admin(session, actor)
    template = access_task_template(session, template_id)
    template.deleted_at = now
    session.flush()
    return template


def plan_stage(
    session: Session, actor: Actor, opportunity: Opportunity, stage_id: int, *, now: datetime
) -> list[Task]:
    """Make the tasks of the stage that an opportunity enters; one that is still open is not made twice."""
    settings = workspace_settings(session)
    made = []
    for template in list_task_templates(session, stage_id=stage_id):
        assignee_id = _whose(session, template, opportunity)
        if assignee_id is None or has_planned(session, template.id, opportunity.id):
            continue
        zone = ZoneInfo(access_person(session, assignee_id).zone)
        due = due_after(settings, now.astimezone(zone).date(), template.days)
        made.append(
            make_task(
                session,
                actor,
                text=template.text,
                now=now,
                assignee_id=assignee_id,
                due=max(due, now.astimezone(ZoneInfo(actor.zone)).date()),
                opportunity_id=opportunity.id,
                template_id=template.id,
            )
        )
    return made


def due_after(settings: Settings, today: date, days: int) -> date:
    """So many days from today, or the next working day from there; the same day stays."""
    due = today + timedelta(days=days)
    for _ in range(_LONGEST_HOLIDAY):
        if not days or is_working_day(settings, due):
            break
        due += timedelta(days=1)
    return due


def _whose(session: Session, template: TaskTemplate, opportunity: Opportunity) -> int | None:
    """Who is to do it; the owner where their manager is meant and nobody is."""
    if template.whose == "person":
        return template.person_id
    if template.whose == "manager" and opportunity.owner_id is not None:
        return access_person(session, opportunity.owner_id).manager_id or opportunity.owner_id
    return opportunity.owner_id
