"""Templates of tasks: what a stage plans."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Stage, Task, TaskTemplate


class UnknownTaskTemplate(Refusal):
    """No such template: deleted or undone."""

    message = "This rule is no longer here; somebody deleted it. `/crm task rules` shows what there is."


def list_task_templates(session: Session, *, stage_id: int | None = None) -> Sequence[TaskTemplate]:
    """Every template in the order of the stages, or those of one stage."""
    wanted = (
        select(TaskTemplate)
        .join(Stage, Stage.id == TaskTemplate.stage_id)
        .options(joinedload(TaskTemplate.stage), joinedload(TaskTemplate.person))
        .order_by(Stage.pipeline_id, Stage.position, TaskTemplate.days, TaskTemplate.id)
        .execution_options(populate_existing=True)
    )
    if stage_id is not None:
        wanted = wanted.where(TaskTemplate.stage_id == stage_id)
    return session.scalars(wanted).all()


def access_task_template(session: Session, template_id: int) -> TaskTemplate:
    """The template with its stage, or UnknownTaskTemplate."""
    wanted = select(TaskTemplate).where(TaskTemplate.id == template_id)
    options = (joinedload(TaskTemplate.stage), joinedload(TaskTemplate.person))
    fresh = wanted.options(*options).execution_options(populate_existing=True)
    found = session.scalars(fresh).one_or_none()
    if found is None:
        raise UnknownTaskTemplate
    return found


def has_planned(session: Session, template_id: int, opportunity_id: int) -> bool:
    """Whether what the template plans is still to be done for an opportunity."""
    wanted = select(Task.id).where(
        Task.template_id == template_id, Task.opportunity_id == opportunity_id, Task.state == "open"
    )
    return session.scalars(wanted.limit(1)).first() is not None
