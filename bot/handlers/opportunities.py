"""Opportunities: `/crm deal`, its forms and buttons."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import AmountTooLarge
from bot.domain.names import name_key
from bot.handlers.answers import Answer
from bot.handlers.beginnings import in_pipeline, split_pipeline, stage_meant
from bot.handlers.choosing import customer_meant, new_or_known, which_opportunity
from bot.handlers.conflicts import asked_again, conflict_answer, conflict_problems
from bot.handlers.forms import at_field, check_not_endless, typed_day, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lines import items_of, money_of, or_new, question, read_typed, unread
from bot.handlers.numbered import refilled
from bot.handlers.own_fields import OPPORTUNITIES, chosen_own, fields_asked, own_blocks, own_values, split_own
from bot.handlers.rates import without_rate
from bot.handlers.router import Routes
from bot.handlers.sales_channels import channel_columns, said_channel, said_values, typed_channel
from bot.handlers.signals import with_signals
from bot.handlers.tasks import person_named
from bot.language import Ask
from bot.services.contacts import keep_contact
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.opportunities import (
    ProbabilityOutOfRange,
    edit_opportunity,
    open_opportunity,
)
from bot.services.opportunity_lines import AmountOfLines, write_lines
from bot.services.rights import check_may_change
from bot.store.custom_fields import list_fields
from bot.store.customers import find_customers_called
from bot.store.models import Customer, CustomField, Opportunity
from bot.store.opportunities import (
    access_opportunity,
    list_opportunities_called,
    search_opportunities,
)
from bot.store.people import find_slack_person
from bot.store.pipelines import access_stage, list_every_stage
from bot.views import opportunities as views
from bot.views.blocks import button, option, text_message
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

_CODE = re.compile(r"opp-(\d{1,18})(?![\w-])[\s,，:：]*(.*)", re.IGNORECASE | re.DOTALL)
"""How cards name an opportunity, and what is said of it."""


class NoOpportunityCalled(Refusal):
    """Nothing of that name."""

    message = (
        "There is no opportunity or customer called “{typed}” yet. "
        "To open one, type: `/crm deal {typed} 120k`"
    )


@routes.command("deal")
def deal(interaction: Interaction) -> Answer:
    """Open one from a line, show one by name, or open the form."""
    if not interaction.text:
        stages, own_here = list_every_stage(interaction.session), _own(interaction)
        return Answer(modal=views.form(stages, interaction.actor.locale, own=own_here))
    if asked_fields := fields_asked(interaction, OPPORTUNITIES):
        return asked_fields
    whole, (rest, own) = interaction.text, split_own(interaction, OPPORTUNITIES)
    if code := _CODE.fullmatch(rest):
        coded = access_opportunity(interaction.session, int(code[1]))
        if code[2]:
            return refilled(interaction, coded, code[2], own)
        return _filled(interaction, coded, own) if own else Answer(with_signals(interaction, coded.id))
    pipeline, interaction.text = split_pipeline(interaction.session, rest)
    line = in_pipeline(interaction.session, read_typed(interaction, "deal"), pipeline)
    interaction.text = whole
    unreadable = {ask.field: ask for ask in line.asks if not ask.readings}
    if unreadable:
        return Answer(modal=_prefilled(interaction, dict(line.fields), line.note, unreadable))
    if line.asks:
        asked = or_new(interaction, line, line.asks[0])
        return question(interaction, "deal", asked, currency=line.fields.get("currency"))
    fields = dict(line.fields)
    typed = fields.pop("customer", None)
    if not fields and not line.note and typed is not None:
        return _show(interaction, _name_of(typed), own)
    if typed is None:
        return Answer(modal=_prefilled(interaction, fields, line.note, {}))
    found = customer_meant(interaction, "deal", typed)
    if isinstance(found, Answer):
        return found
    customer, is_new = found
    owner = person_named(interaction, fields.get("owner"))
    contact = fields.get("contact")
    try:
        check_not_endless(line.note)
        opportunity = open_opportunity(
            interaction.session,
            interaction.actor,
            customer=customer,
            now=interaction.now,
            owner_id=owner.id if owner else None,
            name=line.note or None,
            amount=money_of(interaction, fields),
            close_on=fields.get("close_on"),
            stage=stage_meant(interaction.session, fields.get("stage")),
            source=fields.get("source"),
            competitor=fields.get("competitor"),
            probability=read_percent(fields.get("probability")),
            contact_id=_contact_id(interaction, customer, _name_of(contact)) if contact else None,
            **said_channel(interaction, fields),
            custom=own,
        )
        if items := items_of(fields.get("lines") or ()):
            write_lines(interaction.session, opportunity, items, interaction.now)
            opportunity = access_opportunity(interaction.session, opportunity.id)
    except Refusal as refusal:
        if refusal.field not in ("amount", "close_on", "probability"):
            raise
        said = sentence(refusal, interaction.actor.locale)
        known = new_or_known(customer, is_new=is_new)
        problems = {refusal.field: said}
        note = "" if isinstance(refusal, AmountTooLarge) and "amount" not in fields else line.note
        form = _prefilled(interaction, fields, note, {}, customer=known, problems=problems)
        return Answer(text_message(said), modal=form, refused=True)
    return _opened(interaction, opportunity, new_customer=customer if is_new else None)


def _contact_id(interaction: Interaction, customer: Customer, typed: str) -> int:
    """The customer's contact of this name; a new one where there is none."""
    contact, _ = keep_contact(
        interaction.session, interaction.actor, customer_id=customer.id, name=plain(typed)
    )
    return contact.id


def _name_of(typed: Any) -> str:
    """The name that a line's field has: as typed, or that of the record it is known to be."""
    return str(getattr(typed, "name", typed))


def _filled(interaction: Interaction, opportunity: Opportunity, own: Mapping[str, Any]) -> Answer:
    """Write down what a line says of own fields, and show the card."""
    edit_opportunity(
        interaction.session, interaction.actor, opportunity.id, {"custom": own}, now=interaction.now
    )
    said = "✅ " + interaction._("Saved.")
    changeset = interaction.changeset
    return Answer(with_signals(interaction, opportunity.id, said=said, changeset=changeset))


def _show(interaction: Interaction, typed: str, own: Mapping[str, Any]) -> Answer:
    found = list_opportunities_called(interaction.session, typed)
    called = [
        each for each in found if each.customer and name_key(each.customer.name) == name_key(typed)
    ] or found
    is_open = [each for each in called if each.stage.is_open]
    only = is_open if len(is_open) == 1 else called
    if len(only) == 1:
        if own:
            return _filled(interaction, only[0], own)
        return Answer(with_signals(interaction, only[0].id))
    if own and called:
        rest = interaction.text.replace(typed, "", 1).strip()
        return which_opportunity(interaction, "deal", rest, is_open or called)
    if called:
        heading = interaction._("Opportunities called “{typed}”", typed=shown(typed, 60))
        return Answer(views.listing(called, interaction.actor.locale, heading))
    refusal = NoOpportunityCalled(typed=typed)
    new = button(interaction._("New opportunity"), "opportunity.new", customer_name=plain(typed)[:100])
    return Answer(text_message(sentence(refusal, interaction.actor.locale), new))


def _opened(interaction: Interaction, opportunity: Opportunity, *, new_customer: Customer | None) -> Answer:
    _ = interaction._
    notes = [_("New customer: {name}", name=shown(new_customer.name))] if new_customer else []
    notes += without_rate(interaction, opportunity.currency) if opportunity.amount else []
    said = "✅ " + _("Opportunity opened.")
    return Answer(
        views.card(
            opportunity, interaction.actor.locale, said=said, notes=notes, changeset=interaction.changeset
        )
    )


def _prefilled(
    interaction: Interaction,
    fields: dict[str, Any],
    note: str,
    unreadable: dict[str, Ask],
    *,
    customer: tuple[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Any:
    """The form with what was understood; beside the other fields what was not, or what is wrong with them."""
    typed = fields.get("customer")
    name = plain(_name_of(typed)) if typed else None
    known = find_customers_called(interaction.session, name) if name else []
    choice = (known[0].name, str(known[0].id)) if known else (name, f"new:{name}") if name else None
    money = money_of(interaction, fields)
    stage = stage_meant(interaction.session, fields.get("stage"))
    values = {
        "customer_choice": customer or choice,
        "name": note or None,
        "amount": views.typed_amount(money),
        "close_on": fields["close_on"].isoformat() if fields.get("close_on") else None,
        "source": fields.get("source"),
        "competitor": fields.get("competitor"),
        "probability": str(fields["probability"]) if fields.get("probability") is not None else None,
        "stage": str(stage.id) if stage else None,
        "owner": _slack_id_of(interaction, fields.get("owner")),
    }
    values |= said_values(interaction, fields)
    if "amount" in unreadable:
        values["amount"] = unreadable["amount"].typed
    unclear = {field: unread(interaction, ask) for field, ask in unreadable.items()}
    return views.form(
        list_every_stage(interaction.session),
        interaction.actor.locale,
        values=values,
        own=_own(interaction),
        problems=unclear | dict(problems or {}),
    )


def _slack_id_of(interaction: Interaction, typed: Any) -> str | None:
    person = person_named(interaction, typed)
    return person.slack_user_id if person else None


@routes.action("opportunity.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, for a customer where one is named."""
    return Answer(modal=_prefilled(interaction, {"customer": interaction.value.get("customer_name")}, "", {}))


@routes.view("opportunity.create")
def submit_create(interaction: Interaction) -> Answer:
    """Open an opportunity from the form."""
    form = interaction.form
    customer, is_new = customer_for(
        interaction.session, interaction.actor, form["customer"], now=interaction.now
    )
    opportunity = open_opportunity(
        interaction.session,
        interaction.actor,
        customer=customer,
        now=interaction.now,
        owner_id=_owner_id(interaction),
        stage=access_stage(interaction.session, int(form["stage"])) if form.get("stage") else None,
        **_columns(interaction),
    )
    return _opened(interaction, opportunity, new_customer=customer if is_new else None)


@routes.action("opportunity.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of an opportunity, for whom may change it."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    values = views.form_values(opportunity, interaction.actor.locale) | own_values(interaction, opportunity)
    own = _own(interaction)
    return Answer(
        modal=views.form([], interaction.actor.locale, values=values, opportunity=opportunity, own=own)
    )


@routes.view("opportunity.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    customer, _is_new = customer_for(
        interaction.session, interaction.actor, form["customer"], now=interaction.now
    )
    values = _columns(interaction) | {"customer_id": customer.id}
    values["name"] = values["name"] or customer.name
    if owner_id := _owner_id(interaction):
        values["owner_id"] = owner_id
    try:
        opportunity = edit_opportunity(
            interaction.session,
            interaction.actor,
            metadata["opportunity"],
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
            replaces_lines=bool(form.get("replace_lines")),
        )
    except AmountOfLines as refusal:
        opportunity = access_opportunity(interaction.session, metadata["opportunity"])
        typed = dict(form) | {"customer_choice": (customer.name, str(customer.id))}
        view = views.form(
            [],
            interaction.actor.locale,
            values=typed | typed_channel(interaction),
            opportunity=opportunity,
            own=_own(interaction),
            problems={"amount": sentence(refusal, interaction.actor.locale)},
            asks_lines=True,
        )
        return asked_again(interaction, view)
    except EditConflict as conflict:
        opportunity = access_opportunity(interaction.session, metadata["opportunity"])
        typed = (
            dict(form) | {"customer_choice": (customer.name, str(customer.id))} | typed_channel(interaction)
        )
        there = own_values(interaction, opportunity) | views.form_values(
            opportunity, interaction.actor.locale
        )
        problems = conflict_problems(interaction, conflict, there)
        view = views.form(
            [],
            interaction.actor.locale,
            values=typed,
            opportunity=opportunity,
            own=_own(interaction),
            problems=problems,
        )
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    own = own_blocks(interaction, opportunity)
    notes = without_rate(interaction, opportunity.currency) if opportunity.amount else []
    return Answer(
        views.card(
            opportunity,
            interaction.actor.locale,
            said=said,
            notes=notes,
            details=own,
            changeset=interaction.changeset,
        )
    )


def _own(interaction: Interaction) -> Sequence[CustomField]:
    """The workspace's own fields of opportunities."""
    return list_fields(interaction.session, Opportunity.__tablename__)


def _owner_id(interaction: Interaction) -> int | None:
    chosen = interaction.form.get("owner")
    owner = find_slack_person(interaction.session, chosen) if chosen else None
    return owner.id if owner else None


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    with at_field("probability"):
        probability = read_percent(form.get("probability"))
    return {
        "name": form.get("name"),
        "amount": amount,
        "close_on": typed_day(form.get("close_on")),
        "source": form.get("source"),
        "competitor": form.get("competitor"),
        "probability": probability,
        "note": form.get("note"),
        "custom": chosen_own(interaction, OPPORTUNITIES),
        **channel_columns(interaction),
    }


def read_percent(typed: Any) -> int | None:
    """A probability as it is typed, with or without its sign; None where nothing is."""
    if typed is None:
        return None
    digits = plain(str(typed)).strip().rstrip("%％").strip()
    if not digits.isdecimal():
        raise ProbabilityOutOfRange(field="probability", typed=str(typed))
    return int(digits)


@routes.action("opportunity.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    return Answer(with_signals(interaction, interaction.value["opportunity"]))


@routes.options("opportunity")
def search(interaction: Interaction) -> Answer:
    """Open opportunities for a select, as one types."""
    found = search_opportunities(interaction.session, str(interaction.payload.get("value") or ""))
    return Answer(
        options=tuple(option(plain(f"{each.name} (OPP-{each.id})"), str(each.id)) for each in found)
    )
