"""Moves along a pipeline as people see them: the choice of the next stage, and what it asks for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.stages import Need
from bot.i18n import N_, translate, translator
from bot.store.models import Opportunity, Stage
from bot.views.blocks import (
    Block,
    View,
    checkboxes_input,
    date_input,
    modal,
    option,
    plain_text,
    section,
    select_input,
    text_input,
    value_of,
)
from bot.views.forms import with_problems
from bot.views.opportunities import form_values, title
from bot.views.opportunity_lines import replacing
from bot.views.text import cut, plain, shown
from bot.views.words import stage_name

NEEDS = {
    Need.AMOUNT: N_("Amount"),
    Need.CLOSE_ON: N_("Close date"),
    Need.SOURCE: N_("Source"),
    Need.COMPETITOR: N_("Competitor"),
    Need.PROBABILITY: N_("Your estimate in percent"),
    Need.NOTE: N_("Note"),
}


def choose_form(opportunity: Opportunity, stages: Sequence[Stage], locale: str) -> View:
    """Choose the next stage."""
    _ = translator(locale)
    choices = [
        option(stage_name(stage.name, locale), str(stage.id))
        for stage in stages
        if stage.id != opportunity.stage_id
    ]
    blocks = [_heading(opportunity, locale), select_input("stage", _("Move to"), choices, optional=False)]
    return modal(
        _("Move along"),
        _("Next"),
        blocks,
        callback="opportunity.stage",
        close=_("Cancel"),
        opportunity=opportunity.id,
        from_stage=opportunity.stage_id,
    )


def stage_menu(opportunity: Opportunity, stages: Sequence[Stage], locale: str) -> Block:
    """The stages in a menu beside an opportunity, on the one that it is in; choosing one moves it."""
    _ = translator(locale)
    here = {"opportunity": opportunity.id, "from_stage": opportunity.stage_id}
    named = {stage.id: stage for stage in stages} | {opportunity.stage_id: opportunity.stage}
    options = {
        stage.id: option(stage_name(stage.name, locale), value_of(**here, stage=stage.id))
        for stage in named.values()
    }
    return {
        "type": "static_select",
        "action_id": "opportunity.move",
        "placeholder": plain_text(_("Stage"), 150),
        "options": list(options.values()),
        "initial_option": options[opportunity.stage_id],
    }


def move_form(
    opportunity: Opportunity,
    to_stage: Stage,
    locale: str,
    *,
    needs: Sequence[str] = (),
    checks: Sequence[str] = (),
    today: date | None = None,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    asks_lines: bool = False,
) -> View:
    """What a move asks for: the end its own questions, and whatever the stages on the way still lack."""
    _ = translator(locale)
    values = {**form_values(opportunity, locale), **dict(values or {})}
    day = values.get("closed_on") or (today.isoformat() if today else None)
    inputs: list[Block] = []
    if to_stage.is_won:
        inputs.append(text_input("amount", _("Final amount"), values.get("amount"), optional=False))
        inputs.append(date_input("closed_on", _("Won on"), day, optional=False))
    elif to_stage.is_lost:
        inputs += [
            text_input(
                "loss_reason",
                _("Why was it lost?"),
                values.get("loss_reason"),
                optional=False,
                hint=_("In a few words: price, timing, chose a competitor…"),
            ),
            text_input("competitor", _("Who won it?"), values.get("competitor")),
            text_input(
                "lesson",
                _("What did we learn?"),
                values.get("lesson"),
                multiline=True,
                longest=1000,
                hint=_("What we would do otherwise next time"),
            ),
            date_input("closed_on", _("Lost on"), day, optional=False),
        ]
    if asks_lines:
        inputs.insert(1, replacing(locale))
    asked = {each["block_id"] for each in inputs}
    inputs += [_needed(need, values, locale) for need in needs if need not in asked]
    if checks:
        choices = [option(each, each) for each in checks]
        inputs.append(
            checkboxes_input("checks", _("Done?"), choices, values.get("checks") or (), optional=False)
        )
    metadata: dict[str, Any] = {"opportunity": opportunity.id, "stage": to_stage.id}
    return modal(
        cut(plain(stage_name(to_stage.name, locale)), 24),
        _("Save"),
        [_heading(opportunity, locale), *with_problems(inputs, problems or {})],
        callback="opportunity.move",
        close=_("Cancel"),
        from_stage=opportunity.stage_id,
        **metadata,
    )


def _heading(opportunity: Opportunity, locale: str) -> Block:
    _ = translator(locale)
    now = _("now: {stage}", stage=shown(stage_name(opportunity.stage.name, locale)))
    return section(f"*{title(opportunity)}*\n{now}")


def _needed(need: str, values: Mapping[str, Any], locale: str) -> Block:
    label, value = translate(locale, NEEDS[Need(need)]), values.get(need)
    if need == Need.CLOSE_ON:
        return date_input(need, label, value, optional=False)
    is_note = need == Need.NOTE
    longest = 3000 if is_note else 5 if need == Need.PROBABILITY else 255
    return text_input(need, label, value, optional=False, multiline=is_note, longest=longest)
