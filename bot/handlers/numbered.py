"""`/crm deal OPP-128 130k close 20 Dec`: the form of an opportunity, with what the line says in it."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.lines import money_of, question, read_typed, unread
from bot.handlers.own_fields import own_values
from bot.handlers.sales_channels import said_values
from bot.store.custom_fields import list_fields
from bot.store.models import Opportunity
from bot.views import custom_fields as own_views
from bot.views import opportunities as views

_PLAIN = ("source", "competitor")


def refilled(interaction: Interaction, opportunity: Opportunity, rest: str, own: Mapping[str, Any]) -> Answer:
    """Open the opportunity's form; the line's words take the place of what stands there until it is saved."""
    line = read_typed(interaction, "deal", text=f'"OPP" {rest}')
    asks = [ask for ask in line.asks if ask.field != "customer"]
    for ask in asks:
        if ask.readings:
            return question(interaction, "deal", ask, currency=line.fields.get("currency"))
    fields = dict(line.fields)
    typed: dict[str, Any] = {each: fields[each] for each in _PLAIN if fields.get(each)}
    if line.note:
        typed["name"] = line.note
    if amount := views.typed_amount(money_of(interaction, fields)):
        typed["amount"] = amount
    if fields.get("close_on"):
        typed["close_on"] = fields["close_on"].isoformat()
    if fields.get("probability") is not None:
        typed["probability"] = str(fields["probability"])
    typed |= {field: value for field, value in said_values(interaction, fields).items() if value}
    typed |= {ask.field: ask.typed for ask in asks if ask.field == "amount"}
    locale = interaction.actor.locale
    known = list_fields(interaction.session, Opportunity.__tablename__)
    typed |= own_views.form_values([each for each in known if each.key in own], own)
    return Answer(
        modal=views.form(
            [],
            locale,
            values=views.form_values(opportunity, locale) | own_values(interaction, opportunity) | typed,
            opportunity=opportunity,
            own=known,
            problems={ask.field: unread(interaction, ask) for ask in asks},
        )
    )
