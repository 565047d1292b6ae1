"""`/crm pipelines`: pipelines and stages that admins shape, by line, by button and by form."""

from collections.abc import Sequence
from typing import Any

from bot.domain.stages import StageKind
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.tasks import chosen_person
from bot.services.edits import EditConflict
from bot.services.pipelines import (
    NotExpectedDays,
    edit_stage,
    make_pipeline,
    make_stage,
    put_pipeline_first,
    raise_stage,
    rename_pipeline,
    restore_pipeline,
    restore_stage,
    retire_pipeline,
    retire_stage,
)
from bot.services.rights import check_is_admin
from bot.store.custom_fields import list_fields
from bot.store.models import CustomField, Opportunity, Pipeline, Stage
from bot.store.pipelines import (
    access_pipeline,
    access_stage,
    count_in_stages,
    list_every_stage,
    list_in_stage,
    list_pipelines,
    list_stages,
)
from bot.views import pipeline_shape as views
from bot.views.blocks import Message
from bot.views.text import plain, shown
from bot.views.words import pipeline_name, stage_name

routes = Routes()


def all_pipelines(interaction: Interaction, said: str | None = None) -> Message:
    """Every pipeline; with what just happened and its Undo."""
    session = interaction.session
    pipelines = list_pipelines(session, retired=True)
    return views.listing(
        pipelines,
        {each.id: list_stages(session, each.id) for each in pipelines},
        count_in_stages(session),
        interaction.actor.locale,
        may_edit=interaction.actor.is_admin,
        said="✅ " + said if said else None,
        changeset=interaction.changeset if said else None,
    )


def one_pipeline(interaction: Interaction, pipeline_id: int, said: str | None = None) -> Message:
    """One pipeline with its stages; with what just happened and its Undo."""
    session = interaction.session
    return views.detail(
        access_pipeline(session, pipeline_id),
        list_stages(session, pipeline_id, retired=True),
        count_in_stages(session),
        interaction.actor.locale,
        may_edit=interaction.actor.is_admin,
        is_first=list_pipelines(session)[0].id == pipeline_id,
        own=own_fields(interaction),
        said="✅ " + said if said else None,
        changeset=interaction.changeset if said else None,
    )


def own_fields(interaction: Interaction) -> Sequence[CustomField]:
    """The own fields of opportunities, for which a stage may ask."""
    return list_fields(interaction.session, Opportunity.__tablename__)


def called(interaction: Interaction, record: Stage | Pipeline) -> str:
    """A stage's or pipeline's name in the reader's language."""
    name = stage_name if isinstance(record, Stage) else pipeline_name
    return shown(name(record.name, interaction.actor.locale), 60)


@routes.action("pipeline.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Every pipeline."""
    return Answer(all_pipelines(interaction))


@routes.action("pipeline.shape", changes=False)
def press_shape(interaction: Interaction) -> Answer:
    """One pipeline with its stages."""
    return Answer(one_pipeline(interaction, interaction.value["pipeline"]), replace=True)


@routes.action("pipeline.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form of a new pipeline."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.pipeline_form(interaction.actor.locale))


@routes.view("pipeline.create")
def submit_create(interaction: Interaction) -> Answer:
    """Add a pipeline."""
    form = interaction.form
    stages = plain(form.get("stages") or "").splitlines()
    made = make_pipeline(
        interaction.session, interaction.actor, name=plain(form.get("name") or ""), stages=stages
    )
    return Answer(one_pipeline(interaction, made.id, interaction._("Pipeline added.")))


@routes.action("pipeline.rename")
def press_rename(interaction: Interaction) -> Answer:
    """Open the form of its name."""
    check_is_admin(interaction.session, interaction.actor)
    pipeline = access_pipeline(interaction.session, interaction.value["pipeline"])
    return Answer(modal=views.pipeline_form(interaction.actor.locale, pipeline=pipeline))


@routes.view("pipeline.rename")
def submit_rename(interaction: Interaction) -> Answer:
    """Call it otherwise; where somebody else did meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    try:
        renamed = rename_pipeline(
            interaction.session,
            interaction.actor,
            metadata["pipeline"],
            name=plain(form.get("name") or ""),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        pipeline = access_pipeline(interaction.session, metadata["pipeline"])
        problems = conflict_problems(interaction, conflict, {"name": pipeline.name})
        view = views.pipeline_form(locale, values=form, pipeline=pipeline, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return Answer(one_pipeline(interaction, renamed.id, interaction._("Renamed.")))


@routes.action("pipeline.first")
def press_first(interaction: Interaction) -> Answer:
    """Let opportunities begin in it where nothing else is said."""
    pipeline = put_pipeline_first(interaction.session, interaction.actor, interaction.value["pipeline"])
    said = interaction._(
        "Opportunities begin in {name} where nothing else is said.", name=called(interaction, pipeline)
    )
    return Answer(one_pipeline(interaction, pipeline.id, said), replace=True)


@routes.action("pipeline.restore")
def press_restore_pipeline(interaction: Interaction) -> Answer:
    """Bring a retired one back."""
    return Answer(
        restored(interaction, access_pipeline(interaction.session, interaction.value["pipeline"])),
        replace=True,
    )


@routes.action("stage.restore")
def press_restore_stage(interaction: Interaction) -> Answer:
    """Bring a retired one back."""
    return Answer(
        restored(interaction, access_stage(interaction.session, interaction.value["stage"])), replace=True
    )


def restored(interaction: Interaction, record: Stage | Pipeline) -> Message:
    """Bring a retired stage or pipeline back."""
    said = interaction._("{name} is back.", name=called(interaction, record))
    if isinstance(record, Stage):
        restore_stage(interaction.session, interaction.actor, record.id)
        return one_pipeline(interaction, record.pipeline_id, said)
    restore_pipeline(interaction.session, interaction.actor, record.id)
    return one_pipeline(interaction, record.id, said)


@routes.action("pipeline.retire")
def press_retire_pipeline(interaction: Interaction) -> Answer:
    """Retire it at once where nothing is open in it; else ask where that goes."""
    pipeline = access_pipeline(interaction.session, interaction.value["pipeline"])
    return retire_or_ask(interaction, pipeline, replace=True)


@routes.action("stage.change")
def press_change(interaction: Interaction) -> Answer:
    """What was chosen beside a stage: edit it, put it one place up or down, retire it."""
    stage = access_stage(interaction.session, interaction.value["stage"])
    match interaction.value.get("do"):
        case "up" | "down" as way:
            raise_stage(interaction.session, interaction.actor, stage.id, steps=1 if way == "up" else -1)
            return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Moved.")), replace=True)
        case "retire":
            return retire_or_ask(interaction, stage, replace=True)
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.stage_form(interaction.actor.locale, stage=stage, own=own_fields(interaction)))


def retire_or_ask(
    interaction: Interaction, record: Stage | Pipeline, *, goal: Stage | None = None, replace: bool = False
) -> Answer:
    """Retire what has nothing open in it; else show what it has and ask where that goes."""
    session = interaction.session
    check_is_admin(session, interaction.actor)
    leaving = [record] if isinstance(record, Stage) else list_stages(session, record.id, retired=True)
    inside = list_in_stage(session, [each.id for each in leaving if each.is_open])
    if not inside:
        return Answer(_retire(interaction, record, None), replace=replace)
    goals = [
        each
        for each in list_every_stage(session)
        if each.is_open
        and each.id not in {one.id for one in leaving}
        and (isinstance(record, Pipeline) or each.pipeline_id == record.pipeline_id)
    ]
    about: dict[str, Any] = {"stage" if isinstance(record, Stage) else "pipeline": record.id}
    view = views.retire_form(
        inside,
        goals,
        interaction.actor.locale,
        name=called(interaction, record),
        goal=str(goal.id) if goal else None,
        **about,
    )
    return Answer(modal=view)


def _retire(interaction: Interaction, record: Stage | Pipeline, goal_id: int | None) -> Message:
    session, actor, now = interaction.session, interaction.actor, interaction.now
    name = called(interaction, record)
    if isinstance(record, Stage):
        count = retire_stage(session, actor, record.id, to_stage_id=goal_id, now=now)
    else:
        count = retire_pipeline(session, actor, record.id, to_stage_id=goal_id, now=now)
    said = interaction._("{name} is retired.", name=name)
    if count and goal_id:
        goal = called(interaction, access_stage(session, goal_id))
        said += " " + interaction._(
            "{count} opportunity went to {goal}.|{count} opportunities went to {goal}.",
            count=count,
            goal=goal,
        )
    if isinstance(record, Stage):
        return one_pipeline(interaction, record.pipeline_id, said)
    return all_pipelines(interaction, said)


@routes.view("stage.retire")
def submit_retire_stage(interaction: Interaction) -> Answer:
    """Retire a stage; what is open in it goes where was chosen."""
    stage = access_stage(interaction.session, interaction.metadata["stage"])
    return Answer(_retire(interaction, stage, int(interaction.form["to_stage"])))


@routes.view("pipeline.retire")
def submit_retire_pipeline(interaction: Interaction) -> Answer:
    """Retire a pipeline; what is open in it goes where was chosen."""
    pipeline = access_pipeline(interaction.session, interaction.metadata["pipeline"])
    return Answer(_retire(interaction, pipeline, int(interaction.form["to_stage"])))


@routes.action("stage.new")
def press_new_stage(interaction: Interaction) -> Answer:
    """Open the form of a new stage."""
    check_is_admin(interaction.session, interaction.actor)
    pipeline = access_pipeline(interaction.session, interaction.value["pipeline"])
    peers = list_stages(interaction.session, pipeline.id)
    return Answer(
        modal=views.stage_form(
            interaction.actor.locale, pipeline=pipeline, peers=peers, own=own_fields(interaction)
        )
    )


@routes.view("stage.create")
def submit_create_stage(interaction: Interaction) -> Answer:
    """Add a stage."""
    form = interaction.form
    columns = _columns(interaction)
    kind = StageKind(form.get("stage_kind") or StageKind.OPEN)
    if kind is not StageKind.OPEN:
        columns = {"approver_id": columns["approver_id"] if kind is StageKind.WON else None}
    stage = make_stage(
        interaction.session,
        interaction.actor,
        interaction.metadata["pipeline"],
        name=plain(form.get("name") or ""),
        kind=kind,
        before_id=int(form["before_stage"]) if form.get("before_stage") else None,
        **{field: value for field, value in columns.items() if field != "name"},
    )
    return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Stage added.")))


@routes.view("stage.edit")
def submit_edit_stage(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    try:
        stage = edit_stage(
            interaction.session,
            interaction.actor,
            metadata["stage"],
            _columns(interaction),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        stage = access_stage(interaction.session, metadata["stage"])
        problems = conflict_problems(interaction, conflict, views.stage_values(stage))
        view = views.stage_form(
            locale, stage=stage, values=form, problems=problems, own=own_fields(interaction)
        )
        return conflict_answer(interaction, conflict, view)
    return Answer(one_pipeline(interaction, stage.pipeline_id, interaction._("Saved.")))


def _columns(interaction: Interaction) -> dict[str, Any]:
    """What the form says of a stage; a field that it does not show is left as it is."""
    form = interaction.form
    columns: dict[str, Any] = {"name": plain(form.get("name") or "")}
    if "category" in form:
        columns["category"] = form.get("category")
        columns["expected_days"] = _days(form.get("expected_days"))
        columns["needs"] = [*(form.get("needs") or []), *(form.get("own_needs") or [])]
        lines = (line.strip() for line in plain(form.get("checks") or "").splitlines())
        columns["checks"] = list(dict.fromkeys(filter(None, lines)))
    if "approver" in form:
        columns["approver_id"] = chosen_person(interaction, "approver")
    return columns


def _days(typed: str | None) -> int | None:
    if not typed:
        return None
    if not (typed.strip().isascii() and typed.strip().isdigit()):
        raise NotExpectedDays(field="expected_days", typed=typed)
    return int(typed)
