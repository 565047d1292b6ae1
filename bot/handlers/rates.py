"""`/crm rate`: exchange rates by date, for totals in the workspace's currency."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.forms import typed_day
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import Ambiguous, NotUnderstood, read_when, verb_words
from bot.language.rates import read_rate
from bot.services.rates import NotARate, set_rate
from bot.services.rights import check_is_admin
from bot.store.models import ExchangeRate
from bot.store.rates import known_rates, newest_rates
from bot.store.workspaces import workspace_settings
from bot.views import rates as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()


class NotARateLine(Refusal):
    """Words that name no rate."""

    message = (
        "I read no exchange rate in “{typed}”. Name the currency, what one of it is worth and, if not today, "
        "the day: `/crm rate USD CNY 7.12 on Nov 1`"
    )


def _listing(interaction: Interaction, **more: Any) -> Message:
    currency = workspace_settings(interaction.session).currency
    return views.listing(
        newest_rates(interaction.session),
        interaction.actor.locale,
        currency=currency,
        may_edit=interaction.actor.is_admin,
        **more,
    )


def without_rate(interaction: Interaction, currency: str) -> list[str]:
    """That no rate leads from a currency to the workspace's, and what to do; nothing where one does."""
    ours = workspace_settings(interaction.session).currency
    if currency == ours or known_rates(interaction.session).leads(currency, ours, interaction.today):
        return []
    return [
        "💱 "
        + interaction._(
            "No exchange rate from {currency} to {ours} yet: this stands beside the totals in {ours}, not in "
            "them, until an admin enters one, such as {example}",
            currency=currency,
            ours=ours,
            example=f"`/crm {verb_words('rate', interaction.language)[0]} {currency} {ours} 1.12`",
        )
    ]


@routes.command("rate")
def rate(interaction: Interaction) -> Answer:
    """Enter a rate in a line, or see the newest of each pair."""
    text = plain(interaction.text)
    if not text:
        return Answer(_listing(interaction))
    typed = read_rate(text)
    if typed is None:
        raise NotARateLine(typed=text)
    on = _day(interaction, typed.rest, text)
    quote = typed.quote or workspace_settings(interaction.session).currency
    return _keep(interaction, typed.base, quote, typed.value, on)


def _day(interaction: Interaction, words: str, line: str) -> date:
    if not words:
        return interaction.today
    try:
        return read_when(words, now=interaction.local_now, past=True).day
    except (Ambiguous, NotUnderstood):
        raise NotARateLine(typed=line) from None


def _keep(interaction: Interaction, base: str, quote: str, value: Decimal, on: date) -> Answer:
    kept: ExchangeRate = set_rate(
        interaction.session, interaction.actor, base=base, quote=quote, value=value, on=on
    )
    said = "✅ " + interaction._("Kept: {rate}.", rate=views.sentence(kept, interaction.actor.locale))
    return Answer(_listing(interaction, said=said, changeset=interaction.changeset))


@routes.action("rate.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """The newest rates."""
    return Answer(_listing(interaction))


@routes.action("rate.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form."""
    check_is_admin(interaction.session, interaction.actor)
    currency = workspace_settings(interaction.session).currency
    return Answer(modal=views.form(interaction.actor.locale, currency=currency, today=interaction.today))


@routes.view("rate.create")
def submit_create(interaction: Interaction) -> Answer:
    """Keep a rate from the form."""
    form = interaction.form
    try:
        value = Decimal(str(form.get("value") or "").replace(",", "").strip())
    except InvalidOperation:
        raise NotARate(field="value", typed=str(form.get("value") or "")) from None
    on = typed_day(form.get("on")) or interaction.today
    base, quote = (str(form.get(name) or "").strip().upper() for name in ("base", "quote"))
    return _keep(interaction, base, quote, value, on)
