"""Pipelines and their stages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.errors import Refusal
from bot.store.models import Pipeline, Stage


class UnknownStage(Refusal):
    """A stage that the pipeline does not have."""

    message = "There is no stage “{typed}”. The stages are: {stages}."


def list_stages(session: Session) -> list[Stage]:
    """The stages of the workspace's first pipeline, in order."""
    first = select(Pipeline.id).order_by(Pipeline.id).limit(1).scalar_subquery()
    return list(
        session.scalars(select(Stage).where(Stage.pipeline_id == first).order_by(Stage.position, Stage.id))
    )


def access_stage(session: Session, stage_id: int) -> Stage:
    """The stage of the first pipeline, or UnknownStage at the field of that name."""
    stages = list_stages(session)
    for stage in stages:
        if stage.id == stage_id:
            return stage
    raise UnknownStage(field="stage", typed=str(stage_id), stages=", ".join(each.name for each in stages))
