"""Moves along a pipeline as people see them: the choice of the next stage, and what it asks for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.stages import OWN_NEED, Need
from bot.i18n import translate, translator
from bot.store.figures import StageRow
from bot.store.models import Contact, CustomField, Opportunity, Stage
from bot.views.blocks import (
    Block,
    View,
    checkboxes_input,
    date_input,
    modal,
    option,
    plain_text,
    search_input,
    section,
    select_input,
    text_input,
    value_of,
)
from bot.views.custom_fields import inputs as own_inputs
from bot.views.forms import with_problems
from bot.views.opportunities import form_values, title
from bot.views.opportunity_lines import fields_of as line_fields
from bot.views.opportunity_lines import on_card, replacing
from bot.views.text import cut, plain, shown
from bot.views.words import NEEDS, stage_name

SOLD = "line_product#sold"
"""The field of the one product that was sold."""
NEW = "_name"
"""Behind the name of a field that chooses a contact: the field of a new one's name."""


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


def stage_menu(opportunity: Opportunity, stages: Sequence[Stage | StageRow], locale: str) -> Block:
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
    own: Sequence[CustomField] = (),
    contacts: Sequence[Contact] = (),
) -> View:
    """What a move asks for: the end its own questions, and whatever the stages on the way still lack.

    `own` are the workspace's own fields, `contacts` the customer's.
    """
    _ = translator(locale)
    values = {**form_values(opportunity, locale), **dict(values or {})}
    day = values.get("closed_on") or (today.isoformat() if today else None)
    inputs: list[Block] = []
    if to_stage.is_won:
        inputs.append(_final_amount(values, locale, sums_lines=Need.PRODUCTS in needs))
        inputs.append(date_input("closed_on", _("Won on"), day, optional=False))
        if Need.PRODUCTS not in needs:
            inputs.append(_sold(opportunity, locale))
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
    asked = {each.get("block_id") for each in inputs}
    fields = {OWN_NEED + each.key: each for each in own}
    for need in needs:
        if need == Need.AMOUNT and Need.PRODUCTS in needs:
            continue  # their sum is the amount
        if need in fields:
            inputs += [each | {"optional": False} for each in own_inputs([fields[need]], values, locale)]
        elif need in (Need.CONTACT, Need.DECISION_MAKER):
            # Who decides is a contact: one question for both.
            if need == Need.DECISION_MAKER or Need.DECISION_MAKER not in needs:
                inputs += _contact(need, contacts, values, locale)
        elif need == Need.PRODUCTS:
            inputs += _product(values, locale)
        elif need not in asked:
            inputs.append(_needed(need, values, locale))
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


def _final_amount(values: Mapping[str, Any], locale: str, *, sums_lines: bool) -> Block:
    _ = translator(locale)
    if sums_lines:
        hint = _("Empty: the sum of the product lines")
        return text_input("amount", _("Final amount"), values.get("typed_amount"), hint=hint)
    return text_input("amount", _("Final amount"), values.get("amount"), optional=False)


def _sold(opportunity: Opportunity, locale: str) -> Block:
    """What was sold: the product lines where there are some, else one product."""
    _ = translator(locale)
    if lines := on_card(opportunity.lines, opportunity.currency, locale):
        return section(lines)
    product = opportunity.product
    return search_input(
        SOLD,
        _("Product sold"),
        option(plain(product.name), str(product.id)) if product else None,
        placeholder=_("Type part of the name"),
        hint=_("Several with quantities: More → Products"),
    )


def _contact(need: str, contacts: Sequence[Contact], values: Mapping[str, Any], locale: str) -> list[Block]:
    """One of the customer's contacts, or a new one by name."""
    _ = translator(locale)
    label = _("Who decides") if need == Need.DECISION_MAKER else _("Contact")
    name, typed = need + NEW, values.get(need + NEW)
    if not contacts:
        return [text_input(name, label, typed, optional=False, longest=120, placeholder=_("Li Na"))]
    options = [option(cut(plain(each.name), 70), str(each.id)) for each in contacts]
    return [
        select_input(need, label, options, values.get(need)),
        text_input(name, _("Or somebody new"), typed, longest=120, placeholder=_("Li Na")),
    ]


def _product(values: Mapping[str, Any], locale: str) -> list[Block]:
    """One product line; more of them are added on the card."""
    _ = translator(locale)
    product, quantity, price, _discount = line_fields(1)
    chosen = values.get("product_choice")
    hint = _("The sum of the lines becomes the amount. More lines: More → Products.")
    return [
        search_input(
            product,
            _("Product"),
            option(*chosen) if chosen else None,
            optional=False,
            placeholder=_("Type part of the name"),
        ),
        text_input(quantity, _("Quantity"), values.get(quantity), longest=20, placeholder="1"),
        text_input(
            price,
            _("Price of one"),
            values.get(price),
            longest=40,
            placeholder=_("Empty: list price"),
            hint=hint,
        ),
    ]


def need_name(need: str, own: Sequence[CustomField], locale: str) -> str | None:
    """What a stage asks for in the reader's language; None for a field that is gone."""
    if not need.startswith(OWN_NEED):
        return translate(locale, NEEDS[Need(need)])
    named = next((each.name for each in own if OWN_NEED + each.key == need), None)
    return None if named is None else shown(named, 60)


def _needed(need: str, values: Mapping[str, Any], locale: str) -> Block:
    label, value = translate(locale, NEEDS[Need(need)]), values.get(need)
    if need == Need.CLOSE_ON:
        return date_input(need, label, value, optional=False)
    is_note = need == Need.NOTE
    longest = 3000 if is_note else 5 if need == Need.PROBABILITY else 255
    return text_input(need, label, value, optional=False, multiline=is_note, longest=longest)
