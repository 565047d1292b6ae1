"""Merging customers: `/crm customer merge A with B`, the preview, and the list of probable pairs."""

import re

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.customers import near_customers
from bot.services.duplicates import likely_pairs
from bot.services.merging import MergeIsOld, counts_of, differing, merge_customers
from bot.store.customers import access_customer, customer_names, find_customers_called, search_customers
from bot.store.models import Customer
from bot.views import merging as views
from bot.views.blocks import View
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

PAGE = 10
_BOTH = re.compile(r"(.+?)(?:\s+(?:with|and|into|&|\+)\s+|\s*(?:与|和|跟|到)\s*)(.+)", re.IGNORECASE)


class NoCustomerCalled(Refusal):
    """A name that no customer has."""

    message = "No customer is called “{typed}”. Look for it with `/crm find {typed}`"


def ask_merge(interaction: Interaction, typed: str) -> Answer:
    """Open the preview of merging the two that are named."""
    both = _BOTH.fullmatch(typed)
    if both is None:
        return Answer(views.asks_two(interaction.actor.locale))
    winner, loser = (_named(interaction, plain(name).strip()) for name in both.groups())
    return Answer(modal=_form(interaction, winner, loser))


def ask_pairs(interaction: Interaction, _typed: str) -> Answer:
    """Show the pairs that are probably one customer."""
    found = likely_pairs(interaction.session, interaction.actor, limit=PAGE)
    return Answer(views.pairs(found, interaction.actor.locale))


ASKS = (
    (re.compile(r"(?:merge|合并)\s*(.*)", re.IGNORECASE), ask_merge),
    (re.compile(r"(?:duplicates?|查重|重复)\s*()", re.IGNORECASE), ask_pairs),
)
"""What asks for these after `/crm customer`."""


def _named(interaction: Interaction, name: str) -> Customer:
    session = interaction.session
    found = (
        find_customers_called(session, name)
        or near_customers(session, name, limit=1)
        or search_customers(session, name, limit=1)
    )
    if not found:
        raise NoCustomerCalled(typed=name)
    return access_customer(session, found[0].id)


def _form(interaction: Interaction, winner: Customer, loser: Customer, *, problem: str | None = None) -> View:
    session = interaction.session
    ids = [each for customer in (winner, loser) for each in (customer.parent_id, customer.partner_id) if each]
    return views.form(
        winner,
        loser,
        differing(winner, loser),
        counts_of(session, loser.id),
        customer_names(session, ids),
        interaction.actor.locale,
        problem=problem,
    )


@routes.action("customer.merge")
def press_merge(interaction: Interaction) -> Answer:
    """Open the preview for a pair."""
    both = (access_customer(interaction.session, interaction.value[name]) for name in ("customer", "other"))
    winner, loser = both
    return Answer(modal=_form(interaction, winner, loser))


@routes.view("customer.merge")
def submit_merge(interaction: Interaction) -> Answer:
    """Merge as was chosen; where one of them changed meanwhile, show both as they are now."""
    session, metadata, form = interaction.session, interaction.metadata, interaction.form
    winner_id, loser_id = metadata["customer"], metadata["other"]
    loser = access_customer(session, loser_id)
    chosen = [field for field in views.LABELS if form.get(field) == views.LOSER]
    try:
        merged = merge_customers(
            session,
            interaction.actor,
            winner_id,
            loser_id,
            from_loser=chosen,
            versions=(metadata["version"], metadata["other_version"]),
            now=interaction.now,
        )
    except MergeIsOld as old:
        problem = sentence(old, interaction.actor.locale)
        view = _form(interaction, access_customer(session, winner_id), loser, problem=problem)
        return Answer(update=interaction.with_reply(view), refused=True)
    said = "✅ " + interaction._(
        "Merged: *{loser}* is part of *{winner}* now. Came over: {records}",
        loser=shown(loser.name, 100),
        winner=shown(merged.customer.name, 100),
        records=views.moved(merged.moved, interaction.actor.locale),
    )
    return Answer(card_of(interaction, winner_id, said=said, changeset=interaction.changeset))
