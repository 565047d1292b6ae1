"""Pipelines as admins shape them: stages added, renamed, put in order, retired and brought back.

Nothing is deleted: what is retired still names the past, so that history, figures and undo keep their sense.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.stages import FIRST_STAGES, OWN_NEED, Need, PipelineNames, StageKind, StageNames, category_of
from bot.i18n import translate
from bot.services.cards import refresh_cards
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Opportunity, Pipeline, Stage, StageChange
from bot.store.pipelines import (
    access_pipeline,
    access_stage,
    free_name_of_undone,
    list_in_stage,
    list_pipelines,
    list_stages,
)

MOST_STAGES = 20
MOST_PIPELINES = 12
MOST_CHECKS = 10
LONGEST_NAME = 60


class PipelineNameMissing(Refusal):
    """A pipeline without a name."""

    message = "What is the pipeline called? For example: Renewals"


class PipelineExists(Refusal):
    """A second pipeline of one name."""

    message = "There is a pipeline “{name}” already. Restore it if it is retired, or choose another name."


class StageNameMissing(Refusal):
    """A stage without a name."""

    message = "What is the stage called? For example: Demo held"


class StageExists(Refusal):
    """A second stage of one name."""

    message = (
        "This pipeline has a stage “{name}” already. Restore it if it is retired, or choose another name."
    )


class TooMany(Refusal):
    """More pipelines or stages than anybody can read."""

    message = "{most} are as many as one can oversee. Retire one first."


class LastOfItsKind(Refusal):
    """A pipeline without an open stage, or without an end."""

    message = (
        "A pipeline needs an open stage, one that is won and one that is lost; “{name}” is the last of its "
        "kind. Add another one first."
    )


class LastPipeline(Refusal):
    """A workspace without a pipeline."""

    message = "“{name}” is the only pipeline here. Add another one first."


class GoalMissing(Refusal):
    """A stage retired with opportunities in it that nobody sends anywhere."""

    message = "{count} open opportunities are in it. Where shall they go?"


class NoSuchGoal(Refusal):
    """A goal that is itself retired, or no place for what is open."""

    message = "They cannot go to “{stage}”. Choose an open stage that stays."


class NotExpectedDays(Refusal):
    """A number of days that is none."""

    message = "“{typed}” is not a number of days. Type one from 1 to 1000, such as: 14"


class TooManyChecks(Refusal):
    """More checks than a form shows."""

    message = "{most} checks are as many as a form can show, of at most 70 characters each."


def make_pipeline(session: Session, actor: Actor, *, name: str, stages: Sequence[str] = ()) -> Pipeline:
    """A new pipeline, the last one, with its open stages (those of the first one where none is named).

    Raises AdminsOnly, PipelineNameMissing, PipelineExists, StageExists and TooMany.
    """
    check_is_admin(session, actor)
    if len(list_pipelines(session)) >= MOST_PIPELINES:
        raise TooMany(field="name", most=MOST_PIPELINES)
    every = list_pipelines(session, retired=True)
    pipeline = Pipeline(name=_pipeline_name(session, name), position=max(each.position for each in every) + 1)
    session.add(pipeline)
    session.flush()
    opens = [each.strip() for each in stages if each.strip()]
    usual = [each for each, kind in FIRST_STAGES if kind == StageKind.OPEN]
    ends = [(each, kind) for each, kind in FIRST_STAGES if kind != StageKind.OPEN]
    for called, kind in [*((each, StageKind.OPEN) for each in opens or usual), *ends]:
        _add_stage(session, pipeline.id, called, kind)
    return pipeline


def rename_pipeline(
    session: Session,
    actor: Actor,
    pipeline_id: int,
    *,
    name: str,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Pipeline:
    """Call a pipeline otherwise. Raises AdminsOnly, PipelineNameMissing, PipelineExists and EditConflict."""
    check_is_admin(session, actor)
    pipeline = access_pipeline(session, pipeline_id)
    values = {"name": _pipeline_name(session, name, besides=pipeline.id)}
    edit(session, pipeline, values, version=version, seen=seen)
    return pipeline


def put_pipeline_first(session: Session, actor: Actor, pipeline_id: int) -> Pipeline:
    """Let a pipeline be the one of whoever names none. Raises AdminsOnly."""
    check_is_admin(session, actor)
    pipeline = access_pipeline(session, pipeline_id)
    others = [each for each in list_pipelines(session, retired=True) if each.id != pipeline.id]
    for position, each in enumerate([pipeline, *others]):
        each.position = position
    session.flush()
    return pipeline


def retire_pipeline(
    session: Session, actor: Actor, pipeline_id: int, *, to_stage_id: int | None = None, now: datetime
) -> int:
    """Let nothing begin in a pipeline any more; what is open in it goes to a stage of another one.

    What has ended in it stays as it is. Returns how many opportunities went. Raises AdminsOnly, LastPipeline,
    GoalMissing and NoSuchGoal.
    """
    check_is_admin(session, actor)
    pipeline = access_pipeline(session, pipeline_id)
    if [each.id for each in list_pipelines(session)] == [pipeline.id]:
        raise LastPipeline(field="pipeline", name=PipelineNames([pipeline.name]))
    stages = list_stages(session, pipeline_id, retired=True)
    moved = _send_on(session, actor, [each for each in stages if each.is_open], to_stage_id, now)
    pipeline.retired_at = now
    session.flush()
    return moved


def restore_pipeline(session: Session, actor: Actor, pipeline_id: int) -> Pipeline:
    """Bring a retired pipeline back. Raises AdminsOnly."""
    check_is_admin(session, actor)
    pipeline = access_pipeline(session, pipeline_id)
    pipeline.retired_at = None
    session.flush()
    return pipeline


def make_stage(
    session: Session,
    actor: Actor,
    pipeline_id: int,
    *,
    name: str,
    kind: StageKind = StageKind.OPEN,
    before_id: int | None = None,
    **values: Any,
) -> Stage:
    """A new stage, the last of its kind or before another one; `values` as edit_stage takes them.

    Raises AdminsOnly, StageNameMissing, StageExists, TooMany, NotExpectedDays and TooManyChecks.
    """
    check_is_admin(session, actor)
    pipeline = access_pipeline(session, pipeline_id)
    if len(list_stages(session, pipeline.id)) >= MOST_STAGES:
        raise TooMany(field="name", most=MOST_STAGES)
    stage = _add_stage(session, pipeline.id, name, kind)
    _check_values(values)
    for field, value in values.items():
        setattr(stage, field, value)
    if before_id is not None:
        place_stage(session, actor, stage.id, before_id=before_id)
    session.flush()
    return access_stage(session, stage.id)


def edit_stage(
    session: Session,
    actor: Actor,
    stage_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Stage:
    """Rename a stage, or change what it asks and says. What is in it stays in it, its history too.

    Raises AdminsOnly, StageNameMissing, StageExists, NotExpectedDays, TooManyChecks and EditConflict.
    """
    check_is_admin(session, actor)
    stage = access_stage(session, stage_id)
    columns = dict(values)
    if "name" in columns:
        columns["name"] = _stage_name(session, stage.pipeline_id, columns["name"], besides=stage.id)
    _check_values(columns)
    edit(session, stage, columns, version=version, seen=seen)
    return access_stage(session, stage_id)


def place_stage(session: Session, actor: Actor, stage_id: int, *, before_id: int | None) -> None:
    """Put a stage before another one; None is behind all of its kind. Open ones stay before the ends.

    Raises AdminsOnly and UnknownStage.
    """
    check_is_admin(session, actor)
    stage = access_stage(session, stage_id)
    others = [each for each in list_stages(session, stage.pipeline_id, retired=True) if each.id != stage.id]
    place = next((place for place, each in enumerate(others) if each.id == before_id), len(others))
    others.insert(place, stage)
    _number(others)
    session.flush()


def raise_stage(session: Session, actor: Actor, stage_id: int, *, steps: int = 1) -> None:
    """Put a stage one place earlier, or later where `steps` is -1. Raises AdminsOnly and UnknownStage."""
    check_is_admin(session, actor)
    stage = access_stage(session, stage_id)
    peers = [each for each in list_stages(session, stage.pipeline_id) if each.kind == stage.kind]
    place = next((place for place, each in enumerate(peers) if each.id == stage.id), None)
    if place is None or not 0 <= place - steps < len(peers):
        return
    if steps > 0:
        place_stage(session, actor, stage.id, before_id=peers[place - steps].id)
    else:
        behind = peers[place - steps + 1 :]
        place_stage(session, actor, stage.id, before_id=behind[0].id if behind else None)


def retire_stage(
    session: Session, actor: Actor, stage_id: int, *, to_stage_id: int | None = None, now: datetime
) -> int:
    """Let nothing move into a stage any more; what is open in it goes to another one, and says so.

    What has ended in it stays. Returns how many opportunities went. Raises AdminsOnly, LastOfItsKind,
    GoalMissing and NoSuchGoal.
    """
    check_is_admin(session, actor)
    stage = access_stage(session, stage_id)
    peers = [each for each in list_stages(session, stage.pipeline_id) if each.kind == stage.kind]
    if [each.id for each in peers] == [stage.id]:
        raise LastOfItsKind(field="stage", name=StageNames([stage.name]))
    moved = _send_on(session, actor, [stage], to_stage_id, now) if stage.is_open else 0
    stage.retired_at = now
    session.flush()
    return moved


def restore_stage(session: Session, actor: Actor, stage_id: int) -> Stage:
    """Bring a retired stage back to where it was. Raises AdminsOnly."""
    check_is_admin(session, actor)
    stage = access_stage(session, stage_id)
    stage.retired_at = None
    session.flush()
    return stage


def _send_on(
    session: Session, actor: Actor, stages: Sequence[Stage], to_stage_id: int | None, now: datetime
) -> int:
    """Move everything in the stages to another one."""
    inside = list_in_stage(session, [each.id for each in stages])
    if not inside:
        return 0
    if to_stage_id is None:
        raise GoalMissing(field="to_stage", count=len(inside))
    goal = access_stage(session, to_stage_id)
    leaving = {each.id for each in stages}
    retired = goal.retired_at is not None or goal.pipeline.retired_at is not None
    if goal.id in leaving or retired or not goal.is_open:
        raise NoSuchGoal(field="to_stage", stage=StageNames([goal.name]))
    for opportunity in inside:
        _move(session, actor, opportunity, goal, now)
    session.flush()
    for opportunity in inside:
        refresh_cards(session, opportunity, now)
    return len(inside)


def _move(session: Session, actor: Actor, opportunity: Opportunity, goal: Stage, now: datetime) -> None:
    session.add(
        StageChange(
            opportunity_id=opportunity.id,
            from_stage_id=opportunity.stage_id,
            to_stage_id=goal.id,
            at=now,
            person_id=actor.person_id,
        )
    )
    opportunity.stage_id = goal.id


def _add_stage(session: Session, pipeline_id: int, name: str, kind: StageKind) -> Stage:
    called = _stage_name(session, pipeline_id, name)
    stage = Stage(
        pipeline_id=pipeline_id, name=called, kind=kind, position=0, category=category_of(kind, called)
    )
    _number([*list_stages(session, pipeline_id, retired=True), stage])
    session.add(stage)
    session.flush()
    return stage


def _number(stages: Sequence[Stage]) -> None:
    """Count the stages through as they stand, the open ones first, then what is won, then what is lost."""
    kinds = list(StageKind)
    for position, each in enumerate(sorted(stages, key=lambda stage: kinds.index(StageKind(stage.kind)))):
        each.position = position


def _pipeline_name(session: Session, typed: str, besides: int | None = None) -> str:
    name = " ".join(typed.split()).strip(" :：,，")[:LONGEST_NAME]
    if not name:
        raise PipelineNameMissing(field="name")
    taken = [each for each in list_pipelines(session, retired=True) if each.id != besides]
    if any(each.name.casefold() == name.casefold() for each in taken):
        raise PipelineExists(field="name", name=name)
    return name


def _stage_name(session: Session, pipeline_id: int, typed: str, besides: int | None = None) -> str:
    name = " ".join(typed.split()).strip(" :：,，")[:LONGEST_NAME]
    if not name:
        raise StageNameMissing(field="name")
    taken = [each for each in list_stages(session, pipeline_id, retired=True) if each.id != besides]
    names = {said for each in taken for said in (each.name.casefold(), translate("zh-CN", each.name))}
    if name.casefold() in names:
        raise StageExists(field="name", name=name)
    free_name_of_undone(session, pipeline_id, name)
    return name


def _check_values(values: Mapping[str, Any]) -> None:
    days = values.get("expected_days")
    if days is not None and not 1 <= days <= 1000:
        raise NotExpectedDays(field="expected_days", typed=str(days))
    checks = values.get("checks") or ()
    if len(checks) > MOST_CHECKS or any(len(each) > 70 for each in checks):
        raise TooManyChecks(field="checks", most=MOST_CHECKS)
    for need in values.get("needs") or ():
        if not need.startswith(OWN_NEED):
            Need(need)
