"""Opportunities as people see them: the card, the list, the forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.money import Money, totals
from bot.domain.stages import ForecastCategory
from bot.i18n import format_date, format_money, translate, translator
from bot.store.models import CustomField, Opportunity, Stage
from bot.views import custom_fields
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    date_input,
    divider,
    fields,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.opportunity_lines import on_card, replacing
from bot.views.sales_channels import channel_inputs, channel_line, channel_values
from bot.views.scores import card_lines
from bot.views.stakes import on_card as stakes_on_card
from bot.views.text import cut, plain, shown
from bot.views.words import CATEGORIES, pipeline_name, source_name, stage_name

PAGE = 10


def reference(opportunity: Opportunity) -> str:
    """How people name it: OPP-128."""
    return f"OPP-{opportunity.id}"


def title(opportunity: Opportunity, limit: int = 120) -> str:
    """Customer and name, the customer once where the name begins with it; for mrkdwn."""
    customer = opportunity.customer.name if opportunity.customer else None
    if customer and not f"{opportunity.name} ".startswith(f"{customer} "):
        return shown(f"{customer} · {opportunity.name}", limit)
    return shown(opportunity.name, limit)


def choice_words(opportunity: Opportunity, locale: str) -> str:
    """Which one it is, on a button: its name, amount and stage."""
    amount = format_money(opportunity.amount, locale) if opportunity.amount else None
    name = plain(opportunity.name)
    parts = [cut(name, 40), amount, stage_name(opportunity.stage.name, locale)]
    return " · ".join(each for each in parts if each)


def card(
    opportunity: Opportunity,
    locale: str,
    *,
    said: str | None = None,
    notes: Sequence[str] = (),
    more: Sequence[Block] = (),
    details: Sequence[Block] = (),
    changeset: str | None = None,
) -> Message:
    """The opportunity with its next actions, below `more` of them; `details` only its reader asked for.

    `said` is what just happened, `changeset` what Undo takes back.
    """
    _ = translator(locale)
    stage = shown(stage_name(opportunity.stage.name, locale), 100)
    amount = format_money(opportunity.amount, locale) if opportunity.amount else _("unknown")
    close = format_date(opportunity.close_on, locale) if opportunity.close_on else _("not set")
    pairs = [(_("Amount"), amount), (_("Close date"), close), (_("Stage"), stage)]
    pairs.append((_("Owner"), shown(opportunity.owner.name) if opportunity.owner else _("nobody")))
    if opportunity.stage.is_open:
        mark = " ✋" if opportunity.category else ""
        pairs.append(
            (_("Forecast category"), translate(locale, CATEGORIES[opportunity.forecast_category]) + mark)
        )
    if opportunity.closed_on:
        pairs.append((_("Closed on"), format_date(opportunity.closed_on, locale)))
    optional = [
        (_("Loss reason"), opportunity.loss_reason),
        (_("Learnt"), opportunity.lesson),
        (_("Source"), source_name(opportunity.source, locale) if opportunity.source else None),
        (_("Competitor"), None if opportunity.rivals else opportunity.competitor),
        (_("Probability"), f"{opportunity.probability}%" if opportunity.probability is not None else None),
        (_("Contact"), opportunity.contact.name if opportunity.contact else None),
        (_("Product"), opportunity.product.name if opportunity.product and not opportunity.lines else None),
    ]
    pairs += [(label, shown(value, 500)) for label, value in optional if value]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"*{title(opportunity)}*  `{reference(opportunity)}`"), fields(pairs)]
    if opportunity.category:
        blocks.append(context(by_hand_line(opportunity, locale)))
    if channel := channel_line(opportunity, locale):
        blocks.append(context(channel))
    blocks += [context(each) for each in card_lines(opportunity, locale)]
    if stakes := stakes_on_card(opportunity, locale):
        blocks.append(section("\n".join(stakes)))
    if products := on_card(opportunity.lines, opportunity.currency, locale):
        blocks.append(section(products))
    if opportunity.note:
        blocks.append(context(shown(opportunity.note, 1000)))
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks += details
    if more:
        blocks.append(action_row(*more))
    blocks.append(_actions(opportunity, locale, changeset))
    summary = _(
        "{name}: {amount}, {stage}, closes {close}",
        name=title(opportunity),
        amount=amount,
        stage=stage,
        close=close,
    )
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def by_hand_line(opportunity: Opportunity, locale: str) -> str:
    """What it counts as by hand, instead of what, and why."""
    said = translate(
        locale,
        "{category} by hand instead of {rule}: {reason}",
        category=translate(locale, CATEGORIES[opportunity.forecast_category]),
        rule=translate(locale, CATEGORIES[ForecastCategory(opportunity.stage.category)]),
        reason=shown(opportunity.category_reason or "—", 300),
    )
    return f"✋ {said}"


def _actions(opportunity: Opportunity, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"opportunity": opportunity.id}
    row = [button(_("Stage"), "opportunity.stage", style=None if changeset else "primary", **about)]
    if opportunity.stage.is_open:
        row += [
            button(_("Log"), "activity.new", **about),
            button(_("Task"), "task.new", **about),
            button(_("Quote"), "quote.new", **about),
        ]
    row.append(button(_("More"), "opportunity.more", **about))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return action_row(*row)


def listing(
    opportunities: Sequence[Opportunity],
    locale: str,
    heading: str,
    *,
    more: Block | None = None,
    beside: Mapping[int, Block] | None = None,
) -> Message:
    """Several opportunities, a line each with a button that shows it, or what else stands `beside` it by its
    id; the total a currency below.
    """
    _ = translator(locale)
    blocks: list[Block] = [section(f"*{heading}*")]
    lines = []
    for opportunity in opportunities[:PAGE]:
        lines.append(line(opportunity, locale))
        blocks.append(
            section(
                lines[-1],
                accessory=(beside or {}).get(opportunity.id)
                or button(_("Show"), "opportunity.show", opportunity=opportunity.id),
                block_id=f"opportunity-{opportunity.id}" if beside else None,
            )
        )
    sums = totals(each.amount for each in opportunities if each.amount)
    if len(opportunities) > PAGE:
        blocks.append(context(_("There are more. Type more of the name to see them.")))
    elif sums:
        blocks += [
            divider(),
            context(_("Total: {amounts}", amounts=" + ".join(format_money(each, locale) for each in sums))),
        ]
    if more:
        blocks.append(action_row(more))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def line(opportunity: Opportunity, locale: str) -> str:
    """One opportunity in one line of mrkdwn."""
    _ = translator(locale)
    amount = format_money(opportunity.amount, locale) if opportunity.amount else _("amount unknown")
    close = (
        format_date(opportunity.close_on, locale, year=False) if opportunity.close_on else _("no close date")
    )
    stage = shown(stage_name(opportunity.stage.name, locale), 40)
    said = [amount, stage, close]
    if note := next_step_note(opportunity, locale):
        said.append(note)
    return f"*{title(opportunity, 80)}*\n{' · '.join(said)}"


def next_step_note(opportunity: Opportunity, locale: str) -> str | None:
    """That nothing is planned, or until when it rests; None where a task is planned or it is closed."""
    _ = translator(locale)
    if not opportunity.stage.is_open or opportunity.has_next_step is not False:
        return None
    if opportunity.rests_until is None:
        return "⚠️ " + _("No next step planned")
    return "⏸️ " + _("waits until {day}", day=format_date(opportunity.rests_until, locale, year=False))


def form(
    stages: Sequence[Stage],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    opportunity: Opportunity | None = None,
    own: Sequence[CustomField] = (),
    problems: Mapping[str, str] | None = None,
    asks_lines: bool = False,
) -> View:
    """The form of a new opportunity, or of one to edit. `values` are what was typed so far, by field.

    `problems` are sentences that stand beside fields: what was not understood, or what somebody else saved.
    With `asks_lines` it asks whether the amount replaces the product lines.
    """
    _ = translator(locale)
    values = values or {}
    chosen = values.get("customer_choice")
    inputs = [
        search_input(
            "customer",
            _("Customer"),
            option(chosen[0], chosen[1]) if chosen else None,
            optional=False,
            placeholder=_("Type a name; a new one is offered below"),
        ),
        text_input(
            "name", _("Name"), values.get("name"), hint=_("What it is about, such as: annual licence")
        ),
        text_input("amount", _("Amount"), values.get("amount"), placeholder=_("120k")),
        *([replacing(locale)] if asks_lines else []),
        date_input("close_on", _("Close date"), values.get("close_on")),
    ]
    if opportunity is None:
        choices = _beginnings(stages, locale)
        first = values.get("stage") or (choices[0]["value"] if choices else None)
        inputs.append(select_input("stage", _("Stage"), choices, first, optional=False))
    inputs += [
        text_input(
            "source", _("Source"), values.get("source"), placeholder=_("referral, website, exhibition…")
        ),
        text_input("competitor", _("Competitor"), values.get("competitor")),
        text_input("probability", _("Your estimate in percent"), values.get("probability"), longest=5),
        text_input("note", _("Note"), values.get("note"), multiline=True, longest=3000),
    ]
    inputs += channel_inputs(locale, values)
    inputs.append(user_input("owner", _("Owner"), values.get("owner")))
    inputs += custom_fields.inputs(own, values, locale)
    metadata = {"opportunity": opportunity.id, "version": opportunity.version} if opportunity else {}
    return modal(
        _("Edit opportunity") if opportunity else _("New opportunity"),
        _("Save") if opportunity else _("Create"),
        with_problems(inputs, problems or {}),
        callback="opportunity.edit" if opportunity else "opportunity.create",
        close=_("Cancel"),
        **metadata,
    )


def _beginnings(stages: Sequence[Stage], locale: str) -> list[Block]:
    """Where an opportunity may begin; each stage with its pipeline where there is more than one."""
    several = len({stage.pipeline_id for stage in stages}) > 1
    return [
        option(
            f"{pipeline_name(stage.pipeline.name, locale)} · {stage_name(stage.name, locale)}"
            if several
            else stage_name(stage.name, locale),
            str(stage.id),
        )
        for stage in stages
        if stage.is_open
    ]


def form_values(opportunity: Opportunity, locale: str) -> dict[str, Any]:
    """What the form shows of an opportunity, as a person would type it."""
    customer = opportunity.customer
    return {
        "customer_choice": (customer.name, str(customer.id)) if customer else None,
        "name": opportunity.name,
        "amount": typed_amount(opportunity.amount),
        "close_on": opportunity.close_on.isoformat() if opportunity.close_on else None,
        "source": opportunity.source,
        "competitor": opportunity.competitor,
        "probability": str(opportunity.probability) if opportunity.probability is not None else None,
        "note": opportunity.note,
        "owner": opportunity.owner.slack_user_id if opportunity.owner else None,
    } | channel_values(opportunity, locale)


def typed_amount(amount: Money | None) -> str | None:
    """An amount as it is typed into a form: digits and currency, without cents where there are none."""
    if amount is None:
        return None
    return f"{amount.amount} {amount.currency}".replace(".00 ", " ")
