"""Tasks of many: found by id with everybody's part, listed while somebody has theirs to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.team_tasks import Progress
from bot.store.models import Task, TeamTask


class UnknownTeamTask(Refusal):
    """No such task: undone, or never there."""

    message = "This task is no longer here; it was deleted or undone. `/crm team tasks` shows what there is."


@dataclass(frozen=True)
class Shared:
    """A task of many, with everybody's part by name."""

    task: TeamTask
    parts: tuple[Task, ...]

    @property
    def progress(self) -> Progress:
        """How far they are."""
        states = [part.state for part in self.parts]
        declined = sum(part.response == "declined" and part.state == "cancelled" for part in self.parts)
        return Progress(done=states.count("done"), open=states.count("open"), declined=declined)


def access_team_task(session: Session, team_task_id: int) -> Shared:
    """The task with everybody's part, or UnknownTeamTask."""
    wanted = select(TeamTask).where(TeamTask.id == team_task_id).options(joinedload(TeamTask.creator))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownTeamTask
    return _with_parts(session, [found])[0]


def list_team_tasks(session: Session, *, limit: int = 5) -> list[Shared]:
    """The latest of which somebody still has to do their part."""
    wanted = (
        select(TeamTask)
        .where(TeamTask.id.in_(select(Task.team_task_id).where(Task.state == "open")))
        .options(joinedload(TeamTask.creator))
        .order_by(TeamTask.id.desc())
        .limit(limit)
    )
    return _with_parts(session, session.scalars(wanted).all())


def list_coming_again(session: Session) -> list[TeamTask]:
    """Those of which another is to follow."""
    wanted = select(TeamTask).options(joinedload(TeamTask.creator)).order_by(TeamTask.id)
    return [each for each in session.scalars(wanted.where(TeamTask.repeats.is_not(None))) if each.repeats]


def _with_parts(session: Session, found: Sequence[TeamTask]) -> list[Shared]:
    wanted = select(Task).where(Task.team_task_id.in_([each.id for each in found])).order_by(Task.id)
    fresh = wanted.execution_options(populate_existing=True).options(
        *(joinedload(each) for each in (Task.assignee, Task.creator, Task.customer, Task.opportunity))
    )
    parts = session.scalars(fresh).all()
    return [Shared(each, tuple(part for part in parts if part.team_task_id == each.id)) for each in found]
