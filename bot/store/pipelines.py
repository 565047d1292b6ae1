"""Pipelines and their stages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.models import Pipeline, Stage


def list_stages(session: Session) -> list[Stage]:
    """The stages of the workspace's first pipeline, in order."""
    first = select(Pipeline.id).order_by(Pipeline.id).limit(1).scalar_subquery()
    return list(
        session.scalars(select(Stage).where(Stage.pipeline_id == first).order_by(Stage.position, Stage.id))
    )
