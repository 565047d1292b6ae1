"""Which customer is meant: the very name, a question where names are near, a new one where none is."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.lines import question
from bot.language import Ask, NameMatch
from bot.services.customers import make_customer
from bot.store.customers import access_customer, find_customers_called, search_customers
from bot.store.models import Customer
from bot.views.text import plain


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
