"""Where an opportunity begins: the pipeline and the stage that a line names."""

import re
from dataclasses import replace
from typing import Any

from bot.language import Line, NameMatch
from bot.services.stages import spoken_names, stage_called, stage_named
from bot.store import Session
from bot.store.models import Pipeline, Stage
from bot.store.pipelines import UnknownStage, access_stage, list_pipelines, list_stages, names_of


def split_pipeline(session: Session, text: str) -> tuple[Pipeline | None, str]:
    """The pipeline that a line names where there are several (pipeline Renewals, 漏斗 续约), and the rest."""
    known = list_pipelines(session)
    named = [(name, each) for each in known for name in spoken_names(each.name)] if len(known) > 1 else []
    for name, pipeline in sorted(named, key=lambda pair: -len(pair[0])):
        label = r"(?:(?<!\w)(?:in (?:the )?)?pipeline|销售漏斗|漏斗)\s*[:：]?\s*"
        found = re.search(rf"{label}{re.escape(name)}(?![a-z])", text, re.IGNORECASE)
        if found:
            return pipeline, f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return None, text


def in_pipeline(session: Session, line: Line, pipeline: Pipeline | None) -> Line:
    """The line with the stage that it names in a pipeline, else the pipeline's first one.

    Raises UnknownStage.
    """
    if pipeline is None:
        return line
    stages, typed = list_stages(session, pipeline.id), line.fields.get("stage")
    stage = stages[0]
    if typed is not None:
        name = str(getattr(typed, "name", typed))
        found = stage_called(session, name, pipeline.id)
        if found is None:
            raise UnknownStage(field="stage", typed=name, stages=names_of(stages))
        stage = found
    asks = tuple(ask for ask in line.asks if ask.field != "stage")
    return replace(line, fields={**line.fields, "stage": NameMatch(stage.id, stage.name)}, asks=asks)


def stage_meant(session: Session, said: Any) -> Stage | None:
    """The stage that a line's field has: a known one, else the one of this name. Raises UnknownStage."""
    if said is None:
        return None
    if isinstance(said, NameMatch) and said.id:
        return access_stage(session, said.id)
    return stage_named(session, str(getattr(said, "name", said)))
