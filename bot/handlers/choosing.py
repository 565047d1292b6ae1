"""Which customer or opportunity is meant: the very name, a question where names are near."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.names import name_key
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.lines import question
from bot.language import Ask, Line, NameMatch, verb_words
from bot.services.customers import make_customer
from bot.store.customers import access_customer, find_customers_called, search_customers
from bot.store.models import Customer, Opportunity
from bot.store.opportunities import (
    access_opportunity,
    list_customers_opportunities,
    list_open_opportunities,
    list_opportunities_called,
)
from bot.views import opportunities as opportunity_views
from bot.views.blocks import Message, action_row, button, section, text_message
from bot.views.text import plain

_CODE = re.compile(r"opp-(\d{1,18})", re.IGNORECASE)
"""How cards name an opportunity."""
_CODE_IN_LINE = re.compile(r"(?<![\w-])opp-?(\d{1,18})(?![\w-])[,，:：]?", re.IGNORECASE)
"""The same wherever it stands in a line."""
_LONGEST_NAME = 6
"""Words of a name that something else follows."""
_CHOICES = 5


def customer_meant(interaction: Interaction, verb: str, typed: Any) -> tuple[Customer, bool] | Answer:
    """The customer and whether it was made now; or the question that asks, for the line of `verb`."""
    if isinstance(typed, NameMatch):
        if typed.id:
            return access_customer(interaction.session, int(typed.id)), False
        return make_customer(
            interaction.session, interaction.actor, plain(typed.name), now=interaction.now
        ), True
    exact = find_customers_called(interaction.session, typed)
    if len(exact) == 1:
        return exact[0], False
    near = exact or search_customers(interaction.session, typed, limit=4)
    if near:
        readings = [NameMatch(each.id, each.name) for each in near]
        if not exact:
            readings.append(NameMatch(0, plain(typed)))
        return question(interaction, verb, Ask("customer", tuple(readings), typed))
    return make_customer(interaction.session, interaction.actor, plain(typed), now=interaction.now), True


def new_or_known(customer: Customer, *, is_new: bool) -> tuple[str, str]:
    """The customer as a form's choice: its name, and its id, or `new:` and the name."""
    return customer.name, f"new:{customer.name}" if is_new else str(customer.id)


def opportunities_meant(interaction: Interaction, name: str) -> Sequence[Opportunity]:
    """The open opportunities of the name, of a customer's exact name first; closed ones where none is."""
    session = interaction.session
    if code := _CODE.fullmatch(name):
        return [access_opportunity(session, int(code[1]))]
    found = list_opportunities_called(session, name)
    exact = [each for each in found if each.customer and name_key(each.customer.name) == name_key(name)]
    return _open_first(exact or found)


def opportunities_named_first(interaction: Interaction, text: str) -> tuple[Sequence[Opportunity], str, str]:
    """The opportunities that a line begins with, their name as typed, and the words behind it.

    The name ends at a colon, else where the longest name of a customer ends, else with the first word.
    """
    if code := _CODE.match(text):
        rest = text[code.end() :].strip(" :：,，")
        return [access_opportunity(interaction.session, int(code[1]))], code[0], rest
    name, colon, behind = text.replace("：", ":").partition(":")
    if colon and (found := opportunities_meant(interaction, name.strip())):
        return found, name.strip(), behind.strip()
    ends = [each.end() for each in re.finditer(r"\S+", text)][:_LONGEST_NAME]
    for end in reversed(ends):
        customers = find_customers_called(interaction.session, text[:end])
        for customer in customers[:1]:
            found = list_customers_opportunities(interaction.session, customer.id)
            if found:
                return _open_first(found), text[:end], text[end:].strip()
    end = ends[0] if ends else 0
    whole = opportunities_meant(interaction, text)
    if whole or len(ends) < 2:
        return whole, text, ""
    return opportunities_meant(interaction, text[:end]), text[:end], text[end:].strip()


def numbered(interaction: Interaction, text: str) -> tuple[Opportunity | None, str]:
    """The opportunity that a line names by its number, and the line to read with a name in its place."""
    code = _CODE_IN_LINE.search(text)
    if code is None:
        return None, text
    rest = f"{text[: code.start()].strip()} {text[code.end() :].strip()}".strip()
    return access_opportunity(interaction.session, int(code[1])), f'"OPP" {rest}'


def without_name(line: Line, opportunity: Opportunity | None) -> Line:
    """The line as it was read, without what stood for an opportunity's number."""
    if opportunity is None:
        return line
    fields = {field: value for field, value in line.fields.items() if field != "customer"}
    return replace(line, fields=fields, asks=tuple(ask for ask in line.asks if ask.field != "customer"))


def _open_first(found: Sequence[Opportunity]) -> Sequence[Opportunity]:
    return [each for each in found if each.stage.is_open] or found


def which_opportunity(
    interaction: Interaction, verb: str, rest: str, found: Sequence[Opportunity] | None = None
) -> Answer:
    """Ask which opportunity: one's own where none was named."""
    _, locale = interaction._, interaction.actor.locale
    text = _("Which one do you mean?")
    if found is None:
        found = list_open_opportunities(
            interaction.session, owner_id=interaction.actor.person_id, limit=_CHOICES
        )
        word = verb_words(verb, interaction.language)[0]
        example = f"`/crm {word} Acme`"
        text = _("For which opportunity? Type a customer or opportunity: {example}", example=example)
    if not found:
        return Answer(text_message(text))
    row = [
        button(opportunity_views.choice_words(each, locale), "again", verb=verb, text=f"OPP-{each.id} {rest}")
        for each in found[:_CHOICES]
    ]
    return Answer(Message(text, (section(text), action_row(*row))))
