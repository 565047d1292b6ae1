"""Opportunities: `/crm deal`, `/crm stage`, their forms and buttons."""

from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.handlers.answers import Answer
from bot.handlers.choosing import customer_meant
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.forms import at_field, typed_day, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lines import money_of, or_new, question, read_typed
from bot.handlers.router import Routes
from bot.language import NameMatch
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.opportunities import (
    ProbabilityOutOfRange,
    change_stage,
    edit_opportunity,
    open_opportunity,
    stage_named,
)
from bot.store.customers import find_customers_called
from bot.store.models import Customer, Opportunity, Stage
from bot.store.opportunities import (
    access_opportunity,
    list_open_opportunities,
    list_opportunities_called,
    search_opportunities,
)
from bot.store.people import find_slack_person
from bot.store.pipelines import list_stages
from bot.views import opportunities as views
from bot.views.blocks import button, option, text_message
from bot.views.problems import sentence
from bot.views.text import plain, shown
from bot.views.words import stage_name

routes = Routes()


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
        return Answer(modal=views.form(list_stages(interaction.session), interaction.actor.locale))
    line = read_typed(interaction, "deal")
    unreadable = {ask.field: ask.typed for ask in line.asks if not ask.readings}
    if unreadable:
        return Answer(modal=_prefilled(interaction, dict(line.fields), line.note, unreadable))
    if line.asks:
        return question(interaction, "deal", or_new(interaction, line, line.asks[0]))
    fields = dict(line.fields)
    typed = fields.pop("customer", None)
    if not fields and not line.note and typed is not None:
        return _show(interaction, str(getattr(typed, "name", typed)))
    if typed is None:
        return Answer(modal=_prefilled(interaction, fields, line.note, {}))
    found = customer_meant(interaction, "deal", typed)
    if isinstance(found, Answer):
        return found
    customer, is_new = found
    stage = fields.pop("stage", None)
    opportunity = open_opportunity(
        interaction.session,
        interaction.actor,
        customer=customer,
        now=interaction.now,
        name=line.note or None,
        amount=money_of(interaction, fields),
        close_on=fields.get("close_on"),
        stage=stage_named(interaction.session, str(getattr(stage, "name", stage))) if stage else None,
        source=fields.get("source"),
        competitor=fields.get("competitor"),
        probability=_percent(fields.get("probability")),
    )
    return _opened(interaction, opportunity, new_customer=customer if is_new else None)


def _show(interaction: Interaction, typed: str) -> Answer:
    found = list_opportunities_called(interaction.session, typed)
    called = [
        each for each in found if each.customer and name_key(each.customer.name) == name_key(typed)
    ] or found
    is_open = [each for each in called if each.stage.is_open]
    only = is_open if len(is_open) == 1 else called
    if len(only) == 1:
        return Answer(views.card(only[0], interaction.actor.locale))
    if called:
        heading = interaction._("Opportunities called “{typed}”", typed=shown(typed, 60))
        return Answer(views.listing(called, interaction.actor.locale, heading))
    refusal = NoOpportunityCalled(typed=typed)
    new = button(interaction._("New opportunity"), "opportunity.new", customer_name=plain(typed)[:100])
    return Answer(text_message(sentence(refusal, interaction.actor.locale), new))


def _opened(interaction: Interaction, opportunity: Opportunity, *, new_customer: Customer | None) -> Answer:
    _ = interaction._
    notes = [_("New customer: {name}", name=shown(new_customer.name))] if new_customer else []
    said = "✅ " + _("Opportunity opened.")
    return Answer(
        views.card(
            opportunity, interaction.actor.locale, said=said, notes=notes, changeset=interaction.changeset
        )
    )


def _prefilled(
    interaction: Interaction, fields: dict[str, Any], note: str, unreadable: dict[str, str]
) -> Any:
    """The form with what was understood; beside the other fields what was not."""
    _ = interaction._
    customer = fields.get("customer")
    name = plain(str(getattr(customer, "name", customer))) if customer else None
    known = find_customers_called(interaction.session, name) if name else []
    choice = (known[0].name, str(known[0].id)) if known else (name, f"new:{name}") if name else None
    money = money_of(interaction, fields)
    values = {
        "customer_choice": choice,
        "name": note or None,
        "amount": views.typed_amount(money),
        "close_on": fields["close_on"].isoformat() if fields.get("close_on") else None,
        "source": fields.get("source"),
        "competitor": fields.get("competitor"),
    }
    if "amount" in unreadable:
        values["amount"] = unreadable["amount"]
    problems = {
        field: _("I could not read “{typed}” here.", typed=shown(typed, 100))
        for field, typed in unreadable.items()
    }
    return views.form(
        list_stages(interaction.session), interaction.actor.locale, values=values, problems=problems
    )


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
    stages = {str(stage.id): stage for stage in list_stages(interaction.session)}
    opportunity = open_opportunity(
        interaction.session,
        interaction.actor,
        customer=customer,
        now=interaction.now,
        stage=stages.get(form.get("stage") or ""),
        **_columns(interaction),
    )
    return _opened(interaction, opportunity, new_customer=customer if is_new else None)


@routes.action("opportunity.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of an opportunity."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    values = views.form_values(opportunity)
    return Answer(modal=views.form([], interaction.actor.locale, values=values, opportunity=opportunity))


@routes.view("opportunity.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    customer, _is_new = customer_for(
        interaction.session, interaction.actor, form["customer"], now=interaction.now
    )
    values = _columns(interaction) | {"customer_id": customer.id}
    values["name"] = values["name"] or customer.name
    if form.get("owner"):
        owner = find_slack_person(interaction.session, form["owner"])
        values["owner_id"] = owner.id if owner else None
    try:
        opportunity = edit_opportunity(
            interaction.session,
            interaction.actor,
            metadata["opportunity"],
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        opportunity = access_opportunity(interaction.session, metadata["opportunity"])
        typed = dict(form) | {"customer_choice": (customer.name, str(customer.id))}
        problems = conflict_problems(interaction, conflict, views.form_values(opportunity))
        view = views.form(
            [], interaction.actor.locale, values=typed, opportunity=opportunity, problems=problems
        )
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    return Answer(
        views.card(opportunity, interaction.actor.locale, said=said, changeset=interaction.changeset)
    )


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    with at_field("probability"):
        probability = _percent(form.get("probability"))
    return {
        "name": form.get("name"),
        "amount": amount,
        "close_on": typed_day(form.get("close_on")),
        "source": form.get("source"),
        "competitor": form.get("competitor"),
        "probability": probability,
        "note": form.get("note"),
    }


def _percent(typed: Any) -> int | None:
    if typed is None:
        return None
    digits = plain(str(typed)).strip().rstrip("%％").strip()
    if not digits.isdigit():
        raise ProbabilityOutOfRange(typed=str(typed))
    return int(digits)


@routes.command("stage")
def stage(interaction: Interaction) -> Answer:
    """Move an opportunity along: `/crm stage Acme negotiation`."""
    line = read_typed(interaction, "stage")
    if line.asks and line.asks[0].readings:
        return question(interaction, "stage", line.asks[0])
    typed, to_stage = line.fields.get("customer"), line.fields.get("stage")
    if typed is None:
        own = list_open_opportunities(
            interaction.session, owner_id=interaction.actor.person_id, limit=views.PAGE
        )
        return Answer(views.listing(own, interaction.actor.locale, interaction._("Which opportunity moves?")))
    name = str(getattr(typed, "name", typed))
    found = list(list_opportunities_called(interaction.session, name))
    if isinstance(typed, NameMatch) and line.words.get("customer") is None:
        found = [each for each in found if each.id == typed.id]
    candidates = [each for each in found if each.stage.is_open] or found
    if not candidates:
        raise NoOpportunityCalled(typed=name)
    if len(candidates) > 1:
        heading = interaction._("Which one do you mean?")
        return Answer(views.listing(candidates, interaction.actor.locale, heading))
    if to_stage is None:
        return Answer(
            modal=views.stage_form(candidates[0], list_stages(interaction.session), interaction.actor.locale)
        )
    chosen = stage_named(interaction.session, str(getattr(to_stage, "name", to_stage)))
    return _move(
        interaction,
        candidates[0],
        chosen,
        reason=line.note or None,
        amount=money_of(interaction, line.fields),
    )


def _move(
    interaction: Interaction,
    opportunity: Opportunity,
    to_stage: Stage,
    *,
    reason: str | None = None,
    amount: Money | None = None,
) -> Answer:
    """Move at once where nothing is missing; else ask only for that."""
    missing = (to_stage.is_won and amount is None) or (to_stage.is_lost and not reason)
    if missing:
        view = views.stage_form(
            opportunity, [], interaction.actor.locale, to_stage=to_stage, today=interaction.today
        )
        return Answer(update=view) if interaction.kind == "view" else Answer(modal=view)
    change_stage(
        interaction.session,
        interaction.actor,
        opportunity.id,
        to_stage_id=to_stage.id,
        now=interaction.now,
        loss_reason=reason,
        amount=amount,
    )
    return _moved(interaction, opportunity.id)


def _moved(interaction: Interaction, opportunity_id: int) -> Answer:
    opportunity = access_opportunity(interaction.session, opportunity_id)
    locale = interaction.actor.locale
    said = interaction._("Moved to *{stage}*.", stage=shown(stage_name(opportunity.stage.name, locale)))
    if opportunity.stage.is_won:
        said = "🎉 " + interaction._("Won! Congratulations.")
    return Answer(views.card(opportunity, locale, said=said, changeset=interaction.changeset))


@routes.action("opportunity.stage")
def press_stage(interaction: Interaction) -> Answer:
    """Open the choice of stages."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(
        modal=views.stage_form(opportunity, list_stages(interaction.session), interaction.actor.locale)
    )


@routes.view("opportunity.stage")
def submit_stage(interaction: Interaction) -> Answer:
    """Move to the chosen stage, or ask what it needs."""
    opportunity = access_opportunity(interaction.session, interaction.metadata["opportunity"])
    chosen = next(
        each for each in list_stages(interaction.session) if str(each.id) == interaction.form["stage"]
    )
    return _move(interaction, opportunity, chosen)


@routes.view("opportunity.close")
def submit_close(interaction: Interaction) -> Answer:
    """Win or lose an opportunity with what was asked."""
    form, metadata = interaction.form, interaction.metadata
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    change_stage(
        interaction.session,
        interaction.actor,
        metadata["opportunity"],
        to_stage_id=metadata["stage"],
        now=interaction.now,
        loss_reason=form.get("loss_reason"),
        amount=amount,
        closed_on=typed_day(form.get("closed_on")),
    )
    return _moved(interaction, metadata["opportunity"])


@routes.action("opportunity.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(views.card(opportunity, interaction.actor.locale))


@routes.action("opportunity.share", changes=False)
def press_share(interaction: Interaction) -> Answer:
    """Show one to everybody in the channel."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(share=views.shared_card(opportunity, interaction.actor.locale))


@routes.options("opportunity")
def search(interaction: Interaction) -> Answer:
    """Open opportunities for a select, as one types."""
    found = search_opportunities(interaction.session, str(interaction.payload.get("value") or ""))
    return Answer(
        options=tuple(option(plain(f"{each.name} (OPP-{each.id})"), str(each.id)) for each in found)
    )
