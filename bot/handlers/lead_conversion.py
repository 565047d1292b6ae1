"""Converting leads: at once where it is clear which customer it is about, else after a question."""

from collections.abc import Sequence
from typing import Any

from bot.domain.duplicates import Kind
from bot.handlers.answers import Answer
from bot.handlers.duplicates import keep_answer, used_instead
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.duplicates import close_records, described
from bot.services.leads import convert_lead
from bot.store.customers import find_customers_called
from bot.store.finds import Close
from bot.store.leads import access_lead
from bot.store.models import Lead
from bot.views import opportunities as views
from bot.views.blocks import Block, button
from bot.views.lead_forms import convert_form
from bot.views.text import shown

routes = Routes()


def close_customers(interaction: Interaction, lead: Lead) -> Sequence[Close[Any]]:
    """Customers that are probably the one that a lead is about."""
    wanted = described(lead.name, phones=[lead.phone], mails=[lead.email])
    return close_records(interaction.session, interaction.actor, Kind.CUSTOMERS, wanted)


def convert(interaction: Interaction, lead_id: int) -> Answer:
    """Convert it; ask first where a customer of another name is probably the one."""
    lead = access_lead(interaction.session, lead_id)
    close = (
        () if find_customers_called(interaction.session, lead.name) else close_customers(interaction, lead)
    )
    if close:
        return Answer(modal=convert_form(lead, close, interaction.actor.locale))
    return Answer(_converted(interaction, lead_id, None))


@routes.action("lead.convert")
def press_convert(interaction: Interaction) -> Answer:
    """Make customer, contact and opportunity of one."""
    return convert(interaction, interaction.value["lead"])


@routes.view("lead.convert")
def submit_convert(interaction: Interaction) -> Answer:
    """The same, with the customer that the person chose."""
    return Answer(_converted(interaction, interaction.metadata["lead"], used_instead(interaction)))


def _converted(interaction: Interaction, lead_id: int, customer_id: int | None) -> Any:
    """The opportunity's card is the answer."""
    _ = interaction._
    converted = convert_lead(
        interaction.session, interaction.actor, lead_id, customer_id=customer_id, now=interaction.now
    )
    if converted.is_new:
        keep_answer(interaction, Kind.CUSTOMERS, converted.customer.id)
    name = shown(converted.customer.name, 100)
    notes = [_("New customer: {name}", name=name) if converted.is_new else _("Customer: {name}", name=name)]
    if converted.contact:
        notes.append(_("Contact: {name}", name=shown(converted.contact.name, 100)))
    amount, close_on = converted.opportunity.amount, converted.opportunity.close_on
    match amount, close_on:
        case None, None:
            said = _("Lead converted. How much is it worth, and when does it close?")
        case _amount, None:
            said = _("Lead converted, with its budget. When does it close?")
        case None, _day:
            said = _("Lead converted, with its day. How much is it worth?")
        case _:
            said = _("Lead converted, with its budget and its day.")
    return views.card(
        converted.opportunity,
        interaction.actor.locale,
        said="✅ " + said,
        notes=notes,
        more=() if amount and close_on else (_complete(interaction, converted.opportunity.id),),
        changeset=interaction.changeset,
    )


def _complete(interaction: Interaction, opportunity_id: int) -> Block:
    """The button that opens the form of the opportunity, for what the lead did not say."""
    return button(interaction._("Edit"), "opportunity.edit", style="primary", opportunity=opportunity_id)
