"""Stages as people name them, and what a move to one still lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.errors import Refusal
from bot.domain.profiles import ContactRole
from bot.domain.stages import FIRST_PIPELINE, OWN_NEED, Need, PipelineNames, StageNames, lacking, steps_left
from bot.i18n import translate
from bot.language import stage_meant
from bot.store import Session
from bot.store.custom_fields import list_fields
from bot.store.models import Opportunity, Pipeline, Stage
from bot.store.opportunity_lines import list_lines
from bot.store.pipelines import (
    UnknownStage,
    access_stage,
    list_every_stage,
    list_pipelines,
    list_stages,
    names_of,
)
from bot.store.stakes import list_involved


class StageElsewhere(Refusal):
    """A move to a stage of another pipeline."""

    message = (
        "“{stage}” belongs to the pipeline {other}. {name} is in {pipeline}, whose stages are: {stages}."
    )


class StageRetired(Refusal):
    """A move to a stage that an admin has retired."""

    message = "The stage “{stage}” is retired. Choose another one: {stages}."


class NeedsFilled(Refusal):
    """A move on without a field that the stage asks for."""

    message = "This is needed before it leaves {stage}."


class ChecksOpen(Refusal):
    """A move on with checks that nobody has ticked."""

    message = "Not ticked yet: {checks}. All of it must be done before it leaves {stage}."


@dataclass(frozen=True)
class Lack:
    """What must be filled and ticked before a move."""

    needs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.needs or self.checks)


def _filled(session: Session, opportunity: Opportunity, steps: Sequence[Stage]) -> set[str]:
    """Of what the steps ask for, that of which something is known."""
    asked = {need for step in steps for need in step.needs}
    own = (
        {OWN_NEED + each.key for each in list_fields(session, Opportunity.__tablename__)} if asked else set()
    )
    return {need for need in asked if _is_known(session, opportunity, need, own)}


def _is_known(session: Session, opportunity: Opportunity, need: str, own: Collection[str]) -> bool:
    if need.startswith(OWN_NEED):
        # What a deleted field held nobody can fill any more.
        return need not in own or (opportunity.custom or {}).get(need.removeprefix(OWN_NEED)) is not None
    match Need(need):
        case Need.PRODUCTS:
            return opportunity.id is not None and bool(list_lines(session, opportunity.id))
        case Need.CONTACT | Need.DECISION_MAKER:
            involved = list_involved(session, opportunity.id) if opportunity.id is not None else []
            decides = any(each.role == ContactRole.DECISION_MAKER for each in involved)
            return decides or (need == Need.CONTACT and bool(involved or opportunity.contact_id))
        case Need.AMOUNT:
            return opportunity.amount_minor is not None
    return getattr(opportunity, need) not in (None, "")


def lack_of(session: Session, opportunity: Opportunity, to_stage: Stage) -> Lack:
    """What the stages that the move leaves or passes ask for and that is not there."""
    steps = _steps(session, opportunity, to_stage)
    return Lack(*lacking(steps, _filled(session, opportunity, steps), opportunity.ticked or ()))


def check_criteria(session: Session, opportunity: Opportunity, to_stage: Stage) -> None:
    """Raise NeedsFilled at the first field that lacks, or ChecksOpen."""
    steps = _steps(session, opportunity, to_stage)
    needs, checks = lacking(steps, _filled(session, opportunity, steps), opportunity.ticked or ())
    for need in needs:
        stage = next(each for each in steps if need in each.needs)
        raise NeedsFilled(field=need, stage=StageNames([stage.name]))
    if checks:
        stage = next(each for each in steps if checks[0] in each.checks)
        raise ChecksOpen(field="checks", checks="; ".join(checks), stage=StageNames([stage.name]))


def _steps(session: Session, opportunity: Opportunity, to_stage: Stage) -> list[Stage]:
    stages = list_stages(session, to_stage.pipeline_id, retired=True)
    living = [each for each in stages if each.retired_at is None or each.id == opportunity.stage_id]
    return steps_left(living, opportunity.stage_id, to_stage.id)


def stages_of(session: Session, opportunity: Opportunity) -> list[Stage]:
    """The stages that an opportunity can move to and the one it is in, in the order of its pipeline."""
    stages = list_stages(session, opportunity.stage.pipeline_id, retired=True)
    return [each for each in stages if each.retired_at is None or each.id == opportunity.stage_id]


def check_in_pipeline(session: Session, opportunity: Opportunity, to_stage: Stage) -> None:
    """Raise StageElsewhere or StageRetired where an opportunity cannot move into a stage."""
    here = access_stage(session, opportunity.stage_id)
    names = names_of(list_stages(session, here.pipeline_id))
    if to_stage.pipeline_id != here.pipeline_id:
        raise StageElsewhere(
            field="stage",
            stage=StageNames([to_stage.name]),
            other=PipelineNames([to_stage.pipeline.name]),
            name=opportunity.name,
            pipeline=PipelineNames([here.pipeline.name]),
            stages=names,
        )
    if to_stage.retired_at is not None:
        raise StageRetired(field="stage", stage=StageNames([to_stage.name]), stages=names)


def stage_named(session: Session, typed: str, opportunity: Opportunity | None = None) -> Stage:
    """The stage of this name in any language, or the only one that begins so, or that the word stands for.

    It is sought in the opportunity's pipeline; where there is none yet in all of them, in their order.
    Raises UnknownStage, and StageElsewhere where only another pipeline has it.
    """
    everywhere = list_every_stage(session)
    if opportunity is None:
        first = list_stages(session)
        found = _called(typed, first) or _called(typed, everywhere)
        if found is not None:
            return found
        raise UnknownStage(field="stage", typed=typed, stages=names_of(first))
    here = list_stages(session, opportunity.stage.pipeline_id)
    if found := _called(typed, here):
        return found
    if elsewhere := _called(typed, everywhere):
        check_in_pipeline(session, opportunity, elsewhere)
    raise UnknownStage(field="stage", typed=typed, stages=names_of(here))


def stage_called(
    session: Session, typed: str, pipeline_id: int | None = None, *, retired: bool = False
) -> Stage | None:
    """The stage of this name in a pipeline, else in the first that has one; or the `retired` one.

    The very name in one pipeline goes before what salespeople call a stage of an earlier one.
    """
    pipelines = [pipeline_id] if pipeline_id else [each.id for each in list_pipelines(session)]
    offered = [
        [stage for stage in list_stages(session, each, retired=retired) if bool(stage.retired_at) is retired]
        for each in pipelines
    ]
    wanted = typed.strip().casefold()
    exact = (stage for stages in offered for stage in stages if wanted in _names(stage))
    return next(exact, None) or next(filter(None, (_called(typed, stages) for stages in offered)), None)


def pipeline_called(session: Session, typed: str, *, retired: bool = False) -> Pipeline | None:
    """The pipeline of this name in any language; or the `retired` one."""
    wanted = typed.strip().casefold()
    for each in list_pipelines(session, retired=retired):
        names = {name.casefold() for name in spoken_names(each.name)}
        if wanted in names and bool(each.retired_at) is retired:
            return each
    return None


def spoken_names(name: str) -> list[str]:
    """What the pipeline of this name is called in either language."""
    usual = "Sales pipeline" if name == FIRST_PIPELINE else name
    return list(dict.fromkeys([name, translate("zh-CN", usual)]))


def _names(stage: Stage) -> list[str]:
    return [stage.name.casefold(), translate("zh-CN", stage.name)]


def _called(typed: str, stages: Sequence[Stage]) -> Stage | None:
    wanted = typed.strip().casefold()
    if not wanted:
        return None
    names = {stage.id: _names(stage) for stage in stages}
    exact = [stage for stage in stages if wanted in names[stage.id]]
    begins = [stage for stage in stages if any(name.startswith(wanted) for name in names[stage.id])]
    if exact or len({stage.name for stage in begins}) == 1:
        return (exact or begins)[0]
    meant = stage_meant(typed)
    if meant is None:
        return None
    key, words = meant
    fitting = [stage for stage in stages if stage.kind == key]
    fitting = fitting or [stage for stage in stages if stage.is_open and words & {*names[stage.id]}]
    usual = [stage for stage in fitting if key in names[stage.id]]
    return (usual or fitting)[0] if usual or fitting else None
