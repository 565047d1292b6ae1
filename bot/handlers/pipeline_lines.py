"""`/crm pipelines` in a line: new, rename, move, retire, restore, and stages added, in both languages."""

import re

from bot.domain.errors import Refusal
from bot.domain.stages import PipelineNames
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.pipeline_shape import (
    all_pipelines,
    called,
    one_pipeline,
    restored,
    retire_or_ask,
)
from bot.handlers.router import Routes
from bot.handlers.stage_rules import read_rule, ruled
from bot.services.pipelines import (
    edit_stage,
    make_pipeline,
    make_stage,
    place_stage,
    put_pipeline_first,
    rename_pipeline,
)
from bot.services.rights import check_is_admin
from bot.services.stages import pipeline_called, stage_called
from bot.store.models import Pipeline, Stage
from bot.store.pipelines import UnknownPipeline, UnknownStage, list_pipelines, list_stages, names_of
from bot.views.text import plain

routes = Routes()

_ADD_STAGE = re.compile(
    r"(?:add|new) (?:a )?stage +(?P<name>.+)|(?:增加|新增|添加|新建|加)阶段\s*(?P<zh>.+)", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?P<name>.+?)\s+(?P<where>before|after)\s+(?P<other>.+)"
    r"|(?P<zh>.+?)\s*(?:到|在)\s*(?P<zh_other>.+?)\s*(?P<zh_where>之?前|之?后|前面|后面)面?",
    re.IGNORECASE,
)
_MOVE = re.compile(r"(?:move|put)\s+(?P<en>.+)|(?:移动|调整|移)\s*(?P<zh>.+)", re.IGNORECASE)
_RENAME = re.compile(
    r"rename\s+(?P<old>.+?)\s+(?:to|as|->|→)\s+(?P<new>.+)"
    r"|(?:改名|重命名)\s*(?P<zh_old>.+?)\s*(?:改为|改成|为|成|->|→)\s*(?P<zh_new>.+)"
    r"|(?P<zh_first>.+?)\s*(?:改名为?|重命名为?|改叫)\s*(?P<zh_last>.+)",
    re.IGNORECASE,
)
_RETIRE = re.compile(
    r"(?:retire|remove|delete)\s+(?P<en>.+?)(?:\s+(?:to|into|->|→)\s+(?P<goal>.+))?"
    r"|(?:停用|删除|去掉)\s*(?P<zh>.+?)(?:\s*(?:转到|移到|并入|转入)\s*(?P<zh_goal>.+))?",
    re.IGNORECASE,
)
_RESTORE = re.compile(r"(?:restore|bring back)\s+(?P<en>.+)|(?:恢复|启用)\s*(?P<zh>.+)", re.IGNORECASE)
_FIRST = re.compile(r"(?:first|default|begin in)\s+(?P<en>.+)|(?:默认|首选)\s*(?P<zh>.+)", re.IGNORECASE)
_NEW = re.compile(
    r"(?:new|add)(?: pipeline)?\s+(?P<en>.+)|(?:新建|新增|增加|添加)(?:漏斗|流程|销售漏斗)?\s*(?P<zh>.+)",
    re.IGNORECASE,
)
_IN = re.compile(r"^(?P<rest>.+?)\s+in\s+(?P<name>.+)$", re.IGNORECASE)


class NotAShape(Refusal):
    """Words that shape no pipeline."""

    message = (
        "I do not know “{typed}” here. For example: `/crm pipelines add stage Demo after Discovery`, "
        "`rename Proposal to Offer`, `retire Discovery`, `new Renewals: Contact, Offer`, "
        "`Proposal expects 14 days`, `Proposal approver @mia`."
    )


@routes.command("pipelines")
def pipelines(interaction: Interaction) -> Answer:
    """The pipelines, one of them, or a change of one: `/crm pipelines add stage Demo after Discovery`."""
    text = plain(interaction.text).strip()
    if not text:
        return Answer(all_pipelines(interaction))
    if only := pipeline_called(interaction.session, text):
        return Answer(one_pipeline(interaction, only.id))
    check_is_admin(interaction.session, interaction.actor)
    pipeline, rest = _context(interaction, text)
    for pattern, deed in _DEEDS:
        if said := pattern.fullmatch(rest):
            words = [each.strip() for each in said.groups() if each is not None]
            return deed(interaction, pipeline, words)
    if said_of := read_rule(rest):
        name, what, rule = said_of
        stage = _needed(interaction, pipeline, name)
        edit_stage(interaction.session, interaction.actor, stage.id, ruled(interaction, stage, what, rule))
        return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Saved.")))
    raise NotAShape(typed=text)


def _context(interaction: Interaction, text: str) -> tuple[Pipeline | None, str]:
    """The pipeline that the line names first (续约：…, Renewals …) or last (… in Renewals), and the rest."""
    for each in list_pipelines(interaction.session):
        before = re.match(
            rf"{re.escape(each.name)}\s*[:：]?\s+|{re.escape(each.name)}[:：]", text, re.IGNORECASE
        )
        if before:
            return each, text[before.end() :].strip()
    if found := _IN.match(text):
        named = pipeline_called(interaction.session, found["name"])
        if named is not None:
            return named, found["rest"].strip()
    return None, text


def _stage(
    interaction: Interaction, pipeline: Pipeline | None, typed: str, *, retired: bool = False
) -> Stage | None:
    return stage_called(interaction.session, typed, pipeline.id if pipeline else None, retired=retired)


def _needed(interaction: Interaction, pipeline: Pipeline | None, typed: str) -> Stage:
    found = _stage(interaction, pipeline, typed)
    if found is None:
        stages = list_stages(interaction.session, pipeline.id if pipeline else None)
        raise UnknownStage(field="stage", typed=typed, stages=names_of(stages))
    return found


def _either(
    interaction: Interaction, pipeline: Pipeline | None, typed: str, *, retired: bool = False
) -> Stage | Pipeline:
    """A stage or a pipeline of this name. Raises UnknownStage."""
    named = None if pipeline else pipeline_called(interaction.session, typed, retired=retired)
    found = _stage(interaction, pipeline, typed, retired=retired) or named
    return found or _needed(interaction, pipeline, typed)


def _add_stage(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    said = _PLACE.fullmatch(words[0])
    name, before_id, pipeline_id = words[0], None, pipeline.id if pipeline else None
    if said:
        other = _needed(interaction, pipeline, said["other"] or said["zh_other"])
        name, pipeline_id = (said["name"] or said["zh"]).strip(), other.pipeline_id
        before_id = _before(interaction, other, said["where"] or said["zh_where"])
    pipeline_id = pipeline_id or list_pipelines(interaction.session)[0].id
    stage = make_stage(interaction.session, interaction.actor, pipeline_id, name=name, before_id=before_id)
    return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Stage added.")))


def _before(interaction: Interaction, other: Stage, where: str) -> int | None:
    """Before which stage it goes; None is last."""
    if where.casefold() == "before" or "前" in where:
        return other.id
    stages = list_stages(interaction.session, other.pipeline_id)
    place = next(place for place, each in enumerate(stages) if each.id == other.id)
    return stages[place + 1].id if place + 1 < len(stages) else None


def _move(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    said = _PLACE.fullmatch(words[0])
    if said is None:
        raise NotAShape(typed=words[0])
    other = _needed(interaction, pipeline, said["other"] or said["zh_other"])
    home = next(each for each in list_pipelines(interaction.session) if each.id == other.pipeline_id)
    stage = _needed(interaction, home, said["name"] or said["zh"])
    place_stage(
        interaction.session,
        interaction.actor,
        stage.id,
        before_id=_before(interaction, other, said["where"] or said["zh_where"]),
    )
    return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Moved.")))


def _rename(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    record, name = _either(interaction, pipeline, words[0]), words[1]
    session, actor = interaction.session, interaction.actor
    if isinstance(record, Stage):
        edit_stage(session, actor, record.id, {"name": name})
        return Answer(one_pipeline(interaction, record.pipeline_id, interaction._("Renamed.")))
    rename_pipeline(session, actor, record.id, name=name)
    return Answer(one_pipeline(interaction, record.id, interaction._("Renamed.")))


def _retire(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    record = _either(interaction, pipeline, words[0])
    goal = _needed(interaction, None, words[1]) if len(words) > 1 else None
    return retire_or_ask(interaction, record, goal=goal)


def _restore(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    return Answer(restored(interaction, _either(interaction, pipeline, words[0], retired=True)))


def _first(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    named = pipeline_called(interaction.session, words[0])
    if named is None:
        known = PipelineNames(each.name for each in list_pipelines(interaction.session))
        raise UnknownPipeline(field="pipeline", typed=words[0], pipelines=known)
    put_pipeline_first(interaction.session, interaction.actor, named.id)
    name = called(interaction, named)
    said = interaction._("Opportunities begin in {name} where nothing else is said.", name=name)
    return Answer(one_pipeline(interaction, named.id, said))


def _new(interaction: Interaction, pipeline: Pipeline | None, words: list[str]) -> Answer:
    name, _colon, rest = words[0].replace("：", ":").partition(":")
    stages = [each.strip() for each in re.split(r"[,，、;；]|->|→", rest) if each.strip()]
    made = make_pipeline(interaction.session, interaction.actor, name=name, stages=stages)
    return Answer(one_pipeline(interaction, made.id, interaction._("Pipeline added.")))


_DEEDS = (
    (_ADD_STAGE, _add_stage),
    (_RENAME, _rename),
    (_MOVE, _move),
    (_RETIRE, _retire),
    (_RESTORE, _restore),
    (_FIRST, _first),
    (_NEW, _new),
)
"""What a line may do, by its first words; the more special one first."""
