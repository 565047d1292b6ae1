"""Pipelines as an admin shapes them: their list, one with its stages, forms, the review before retiring."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.money import totals
from bot.domain.stages import OWN_NEED, ForecastCategory, StageKind
from bot.i18n import N_, format_money, translate, translator
from bot.store.models import CustomField, Opportunity, Pipeline, Stage
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    header,
    modal,
    multi_select_input,
    option,
    plain_text,
    section,
    select_input,
    text_input,
    user_input,
    value_of,
)
from bot.views.forms import with_problems
from bot.views.moves import need_name
from bot.views.opportunities import reference
from bot.views.opportunities import title as title_of
from bot.views.text import cut, plain, shown
from bot.views.words import CATEGORIES, NEEDS, pipeline_name, stage_name

KINDS = {
    StageKind.OPEN: N_("Work goes on"),
    StageKind.WON: N_("It ends won"),
    StageKind.LOST: N_("It ends lost"),
}
_MARKS = {StageKind.OPEN: "", StageKind.WON: "🏆 ", StageKind.LOST: "✖️ "}
_NAMED = 8


def listing(
    pipelines: Sequence[Pipeline],
    stages: Mapping[int, Sequence[Stage]],
    counts: Mapping[int, int],
    locale: str,
    *,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Every pipeline with its stages, and what an admin does about them."""
    _ = translator(locale)
    heading = _("Pipelines and their stages")
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(header(heading))
    living = [each for each in pipelines if each.retired_at is None]
    lines = []
    for place, each in enumerate(living):
        name = f"*{shown(pipeline_name(each.name, locale), 60)}*"
        if place == 0 and len(living) > 1:
            name += " · " + _("where nothing else is said")
        line = f"{name}\n{_path(stages.get(each.id, ()), counts, locale)}"
        shape = button(_("Shape…") if may_edit else _("Show"), "pipeline.shape", pipeline=each.id)
        blocks.append(section(line, accessory=shape))
        lines.append(line)
    row = [button(_("New pipeline"), "pipeline.new", style="primary")] if may_edit else []
    retired = [each for each in pipelines if each.retired_at is not None]
    if retired and may_edit:
        options = [option(pipeline_name(each.name, locale), value_of(pipeline=each.id)) for each in retired]
        row.append(_choice("pipeline.restore", _("Restore…"), options))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    row.append(button(_("Figures"), "again", verb="pipeline", text=""))
    blocks.append(action_row(*row))
    if may_edit:
        blocks.append(context(_("In a line: `/crm pipelines new Renewals: Contact, Offer, Signature`")))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _path(stages: Sequence[Stage], counts: Mapping[int, int], locale: str) -> str:
    """`Qualification 12 → Proposal 3 → 🏆 Won · ✖️ Lost`."""
    living = [each for each in stages if each.retired_at is None]
    opens = [
        shown(stage_name(each.name, locale), 60) + (f" `{counts[each.id]}`" if counts.get(each.id) else "")
        for each in living
        if each.is_open
    ]
    ends = [
        _MARKS[StageKind(each.kind)] + shown(stage_name(each.name, locale), 60)
        for each in living
        if not each.is_open
    ]
    return " → ".join([*opens, " · ".join(ends)])


def detail(
    pipeline: Pipeline,
    stages: Sequence[Stage],
    counts: Mapping[int, int],
    locale: str,
    *,
    may_edit: bool,
    is_first: bool,
    own: Sequence[CustomField] = (),
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """One pipeline: each stage with what it asks, and what an admin changes."""
    _ = translator(locale)
    heading = _("Pipeline: {name}", name=pipeline_name(pipeline.name, locale))
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(header(heading))
    living = [each for each in stages if each.retired_at is None]
    lines = []
    for stage in living:
        line = _stage_line(stage, counts.get(stage.id, 0), locale, own)
        change = _changes(stage, locale) if may_edit else None
        blocks.append(section(line, accessory=change, block_id=f"stage-{stage.id}"))
        lines.append(line)
    retired = [each for each in stages if each.retired_at is not None]
    if retired:
        names = translate(locale, ", ").join(shown(stage_name(each.name, locale), 60) for each in retired)
        blocks.append(context(_("Retired: {names}", names=names)))
    about: dict[str, Any] = {"pipeline": pipeline.id}
    row: list[Block] = []
    if may_edit:
        row.append(button(_("Add stage"), "stage.new", style="primary", **about))
        row.append(button(_("Rename"), "pipeline.rename", **about))
        if retired:
            options = [option(stage_name(each.name, locale), value_of(stage=each.id)) for each in retired]
            row.append(_choice("stage.restore", _("Restore…"), options))
        if not is_first:
            row.append(button(_("Begin here"), "pipeline.first", **about))
        row.append(button(_("Retire pipeline"), "pipeline.retire", **about))
    row.append(button(_("All pipelines"), "pipeline.list"))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    blocks.append(action_row(*row))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _stage_line(stage: Stage, count: int, locale: str, own: Sequence[CustomField]) -> str:
    _ = translator(locale)
    name = _MARKS[StageKind(stage.kind)] + f"*{shown(stage_name(stage.name, locale), 60)}*"
    facts = [name]
    if stage.is_open:
        facts.append(_("{count} open", count=count))
        if stage.category != ForecastCategory.PIPELINE:
            facts.append(translate(locale, CATEGORIES[ForecastCategory(stage.category)]))
        if stage.expected_days:
            facts.append(_("{count} day expected|{count} days expected", count=stage.expected_days))
    lines = [" · ".join(facts)]
    asked = [said for need in stage.needs if (said := need_name(need, own, locale))]
    asked += [f"☐ {shown(check, 80)}" for check in stage.checks]
    if asked:
        lines.append(_("To move on: {items}", items=_(", ").join(asked)))
    if stage.approver:
        lines.append("🔒 " + _("{name} approves", name=shown(stage.approver.name, 60)))
    return "\n".join(lines)


def _changes(stage: Stage, locale: str) -> Block:
    _ = translator(locale)
    deeds = [("edit", _("Edit")), ("up", _("Move up")), ("down", _("Move down")), ("retire", _("Retire"))]
    options = [option(words, value_of(stage=stage.id, do=deed)) for deed, words in deeds]
    return _choice("stage.change", _("Change…"), options)


def _choice(action: str, words: str, options: Sequence[Block]) -> Block:
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain_text(words, 150),
        "options": list(options[:100]),
    }


def pipeline_form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    pipeline: Pipeline | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new pipeline, or of one to rename."""
    _ = translator(locale)
    values = values or ({"name": pipeline.name} if pipeline else {})
    blocks: list[Block] = [
        text_input(
            "name", _("Name"), values.get("name"), optional=False, longest=60, placeholder=_("Renewals")
        )
    ]
    if pipeline is None:
        hint = _("One a line, in their order; Won and Lost are added behind them. Empty: the usual ones.")
        blocks.append(
            text_input(
                "stages", _("Open stages"), values.get("stages"), multiline=True, longest=1500, hint=hint
            )
        )
    metadata = {"pipeline": pipeline.id, "version": pipeline.version} if pipeline else {}
    return modal(
        _("Rename pipeline") if pipeline else _("New pipeline"),
        _("Save") if pipeline else _("Create"),
        with_problems(blocks, problems or {}),
        callback="pipeline.rename" if pipeline else "pipeline.create",
        close=_("Cancel"),
        **metadata,
    )


def stage_values(stage: Stage) -> dict[str, Any]:
    """What the form shows of a stage."""
    return {
        "name": stage.name,
        "category": stage.category,
        "expected_days": str(stage.expected_days) if stage.expected_days else None,
        "needs": [each for each in stage.needs if not each.startswith(OWN_NEED)],
        "own_needs": [each for each in stage.needs if each.startswith(OWN_NEED)],
        "checks": "\n".join(stage.checks),
        "approver": stage.approver.slack_user_id if stage.approver else None,
    }


def stage_form(
    locale: str,
    *,
    pipeline: Pipeline | None = None,
    peers: Sequence[Stage] = (),
    stage: Stage | None = None,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    own: Sequence[CustomField] = (),
) -> View:
    """The form of a new stage of a pipeline, or of one to edit; `own` fields may be asked for."""
    _ = translator(locale)
    values = values or (stage_values(stage) if stage else {"category": "pipeline", "stage_kind": "open"})
    blocks: list[Block] = [text_input("name", _("Name"), values.get("name"), optional=False, longest=60)]
    if stage is None:
        kinds = [option(translate(locale, words), kind) for kind, words in KINDS.items()]
        places = [option(stage_name(each.name, locale), str(each.id)) for each in peers if each.is_open]
        blocks.append(
            select_input("stage_kind", _("What it means"), kinds, values.get("stage_kind"), optional=False)
        )
        blocks.append(
            select_input(
                "before_stage", _("Before"), places, values.get("before_stage"), hint=_("Empty: the last one")
            )
        )
    if stage is None or stage.is_open:
        categories = [
            option(translate(locale, words), category)
            for category, words in CATEGORIES.items()
            if category is not ForecastCategory.CLOSED
        ]
        needs = [option(translate(locale, words), need) for need, words in NEEDS.items()]
        blocks += [
            select_input(
                "category", _("Forecast category"), categories, values.get("category"), optional=False
            ),
            text_input("expected_days", _("Expected days"), values.get("expected_days"), longest=4),
            checkboxes_input("needs", _("To be filled before it moves on"), needs, values.get("needs") or ()),
            *_own_needs(own, values, locale),
            text_input(
                "checks",
                _("To be ticked before it moves on"),
                values.get("checks"),
                multiline=True,
                longest=800,
                hint=_("One a line, such as: Budget confirmed in writing"),
            ),
        ]
    if stage is None or not stage.is_lost:
        hint = _("Only after this person's approval does an opportunity come into this stage.")
        blocks.append(user_input("approver", _("Who approves"), values.get("approver"), hint=hint))
    if stage is not None:
        metadata = {"stage": stage.id, "version": stage.version}
    else:
        metadata = {"pipeline": pipeline.id} if pipeline else {}
    return modal(
        _("Edit stage") if stage else _("New stage"),
        _("Save") if stage else _("Create"),
        with_problems(blocks, problems or {}),
        callback="stage.edit" if stage else "stage.create",
        close=_("Cancel"),
        **metadata,
    )


def _own_needs(own: Sequence[CustomField], values: Mapping[str, Any], locale: str) -> list[Block]:
    _ = translator(locale)
    if not own:
        return []
    options = [option(each.name, OWN_NEED + each.key) for each in own]
    return [
        multi_select_input("own_needs", _("Own fields to be filled"), options, values.get("own_needs") or ())
    ]


def retire_form(
    inside: Sequence[Opportunity],
    goals: Sequence[Stage],
    locale: str,
    *,
    name: str,
    goal: str | None = None,
    problems: Mapping[str, str] | None = None,
    **about: Any,
) -> View:
    """The review before a stage or pipeline is retired: what is open in it, and where it goes."""
    _ = translator(locale)
    sums = totals(each.amount for each in inside if each.amount)
    lines = [
        _(
            "*{name}* has {count} open opportunity.|*{name}* has {count} open opportunities.",
            name=name,
            count=len(inside),
        )
        + (" " + " + ".join(format_money(each, locale) for each in sums) if sums else "")
    ]
    lines += [f"• {title_of(each, 80)} `{reference(each)}`" for each in inside[:_NAMED]]
    if len(inside) > _NAMED:
        lines.append(_("and {count} more", count=len(inside) - _NAMED))
    several = len({each.pipeline_id for each in goals}) > 1 or "pipeline" in about
    options = [
        option(
            f"{pipeline_name(each.pipeline.name, locale)} · {stage_name(each.name, locale)}"
            if several
            else stage_name(each.name, locale),
            str(each.id),
        )
        for each in goals
    ]
    blocks = [
        section("\n".join(lines)),
        *with_problems(
            [select_input("to_stage", _("Where do they go?"), options, goal, optional=False)], problems or {}
        ),
        context(_("Each keeps its history, with this move in it. One Undo brings all of it back.")),
    ]
    callback = "pipeline.retire" if "pipeline" in about else "stage.retire"
    title = cut(plain(_("Retire {name}", name=name)), 24)
    return modal(title, _("Retire"), blocks, callback=callback, close=_("Cancel"), **about)
