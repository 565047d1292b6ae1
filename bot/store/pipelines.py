"""Pipelines and their stages. What is retired is found by id, and listed only where it is asked for."""

from collections.abc import Sequence
from functools import cache
from typing import cast

from sqlalchemy import Select, String, Table, bindparam, func, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.stages import PipelineNames, StageNames
from bot.store.models import Opportunity, Pipeline, Stage


class UnknownStage(Refusal):
    """A stage that the pipeline does not have."""

    message = "There is no stage “{typed}”. The stages are: {stages}."


class UnknownPipeline(Refusal):
    """A pipeline that there is not."""

    message = "There is no pipeline “{typed}”. The pipelines are: {pipelines}."


def list_pipelines(session: Session, *, retired: bool = False) -> list[Pipeline]:
    """The pipelines in their order, the one of whoever names none first; with `retired` those too, last."""
    wanted = select(Pipeline).order_by(Pipeline.retired_at.is_not(None), Pipeline.position, Pipeline.id)
    if not retired:
        wanted = wanted.where(Pipeline.retired_at.is_(None))
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


@cache
def _names() -> Select[int, str]:
    return select(Pipeline.id, Pipeline.name).order_by(
        Pipeline.retired_at.is_not(None), Pipeline.position, Pipeline.id
    )


def pipeline_names(session: Session) -> list[tuple[int, str]]:
    """The id and name of every pipeline, retired ones last."""
    return [(row.id, row.name) for row in session.execute(_names())]


@cache
def _of_pipeline(*, retired: bool) -> Select[Stage]:
    wanted = select(Stage).where(Stage.pipeline_id == bindparam("pipeline_id"))
    if not retired:
        wanted = wanted.where(Stage.retired_at.is_(None))
    wanted = wanted.order_by(Stage.position, Stage.id)
    wanted = wanted.options(joinedload(Stage.pipeline), joinedload(Stage.approver))
    return wanted.execution_options(populate_existing=True)


def list_stages(session: Session, pipeline_id: int | None = None, *, retired: bool = False) -> list[Stage]:
    """The stages of a pipeline in order; of the first one where none is named."""
    if pipeline_id is None:
        pipeline_id = list_pipelines(session)[0].id
    return list(session.scalars(_of_pipeline(retired=retired), {"pipeline_id": pipeline_id}))


def free_name_of_undone(session: Session, pipeline_id: int, name: str) -> None:
    """Give stages of this name that were made and undone another one, so that a new stage may have it.

    No change is written down of it: taking back what comes next must not bring the name back.
    """
    stages = cast(Table, Stage.__table__)
    undone = stages.c.deleted_at.is_not(None) & (stages.c.pipeline_id == pipeline_id)
    other = stages.c.name + " (" + sql_cast(stages.c.id, String) + ")"
    session.execute(update(stages).where(undone, stages.c.name == name).values(name=other))


def list_every_stage(session: Session) -> list[Stage]:
    """The stages of all pipelines that something can move into, with their pipelines."""
    wanted = (
        select(Stage)
        .join(Stage.pipeline)
        .where(Stage.retired_at.is_(None), Pipeline.retired_at.is_(None))
        .order_by(Pipeline.position, Pipeline.id, Stage.position, Stage.id)
        .options(joinedload(Stage.pipeline), joinedload(Stage.approver))
    )
    return list(session.scalars(wanted))


def stages_by_pipeline(session: Session) -> dict[int, list[Stage]]:
    """The same, by their pipeline."""
    found: dict[int, list[Stage]] = {}
    for stage in list_every_stage(session):
        found.setdefault(stage.pipeline_id, []).append(stage)
    return found


def access_stage(session: Session, stage_id: int) -> Stage:
    """The stage with its pipeline, a retired one too, or UnknownStage at the field of that name."""
    wanted = select(Stage).where(Stage.id == stage_id)
    wanted = wanted.options(joinedload(Stage.pipeline), joinedload(Stage.approver))
    found = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownStage(field="stage", typed=str(stage_id), stages=names_of(list_stages(session)))
    return found


def access_pipeline(session: Session, pipeline_id: int) -> Pipeline:
    """The pipeline, a retired one too, or UnknownPipeline."""
    found = session.scalars(select(Pipeline).where(Pipeline.id == pipeline_id)).one_or_none()
    if found is None:
        known = PipelineNames(each.name for each in list_pipelines(session))
        raise UnknownPipeline(field="pipeline", typed=str(pipeline_id), pipelines=known)
    return found


def names_of(stages: Sequence[Stage]) -> StageNames:
    """What stages are called, for a sentence."""
    return StageNames(stage.name for stage in stages)


def count_in_stages(session: Session) -> dict[int, int]:
    """How many opportunities are in each stage."""
    counts = select(Opportunity.stage_id, func.count(Opportunity.id)).group_by(Opportunity.stage_id)
    return {row[0]: row[1] for row in session.execute(counts)}


def list_in_stage(session: Session, stage_ids: Sequence[int]) -> list[Opportunity]:
    """Every opportunity in one of the stages, by id."""
    wanted = select(Opportunity).where(Opportunity.stage_id.in_(stage_ids)).order_by(Opportunity.id)
    whole = wanted.options(joinedload(Opportunity.stage), joinedload(Opportunity.customer))
    return list(session.scalars(whole))
