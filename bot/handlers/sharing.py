"""`/crm share` and the Share buttons: a record's card into a channel, where it stays up to date."""

import re
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.collaboration import NothingCalled, record_meant
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import verb_words
from bot.services.sharing import Shareable, share_card
from bot.store.customers import access_customer
from bot.store.leads import access_lead, find_open_leads_called
from bot.store.opportunities import access_opportunity
from bot.store.quotes import access_quote, find_quote_numbered
from bot.views import sharing as views
from bot.views.blocks import Message, action_row, button, section, text_message
from bot.views.text import plain

routes = Routes()

_CHANNEL = re.compile(
    r"(?:\b(?:in|into|to|with)\s+|(?:发?到|给))?\s*<#([CG][A-Z0-9]+)(?:\|[^>]*)?>", re.IGNORECASE
)
_HERE = re.compile(r"\s+here$|\s*(?:发?到|在)?(?:这里|本频道|当前频道|此频道)$", re.IGNORECASE)
_LEAD = re.compile(r"(?:the\s+)?lead\s+|线索\s*", re.IGNORECASE)
_QUOTE = re.compile(r"(?:(?:the\s+)?quote\s+|报价单?\s*)?(Q-\d{4}-\d+)$", re.IGNORECASE)


@routes.command("share")
def share(interaction: Interaction) -> Answer:
    """Share a record's card here, or into the channel that the line names, with a word to it."""
    typed = interaction.text.strip()
    channel = _CHANNEL.search(typed)
    name, words = (
        (typed[: channel.start()], typed[channel.end() :].strip(" :：,，")) if channel else (typed, "")
    )
    name = plain(_HERE.sub("", name)).strip(" :：,，")
    place = channel[1] if channel else _channel_of(interaction)
    if not name:
        word = verb_words("share", interaction.language)[0]
        examples = " ".join(f"`/crm {word} {each}`" for each in ("Acme", "OPP-1"))
        return Answer(
            text_message(interaction._("Whose card? Type a name or number: {examples}", examples=examples))
        )
    found = _meant(interaction, name, {"channel": place, "words": words} if channel else {})
    if isinstance(found, Answer):
        return found
    if place is None:
        return Answer(modal=views.share_form(found, interaction.actor.locale))
    reply_url = interaction.reply_url if place == interaction.channel else None
    return _shared(interaction, found, place, words, reply_url)


def _meant(interaction: Interaction, name: str, values: dict[str, Any]) -> Shareable | Answer:
    """The record that a line names, or the question which one; its buttons open the form."""
    session = interaction.session
    if number := _QUOTE.match(name):
        quote = find_quote_numbered(session, number[1])
        if quote is None:
            raise NothingCalled(typed=name)
        return quote
    said = _LEAD.match(name)
    leads = find_open_leads_called(session, name[said.end() :] if said else name)
    if said and not leads:
        raise NothingCalled(typed=name)
    if not said:
        try:
            return record_meant(interaction, name, "card.share", **values)
        except NothingCalled:
            if not leads:
                raise
    return leads[0] if len(leads) == 1 else _which_lead(interaction, leads, values)


def _which_lead(interaction: Interaction, leads: Any, values: dict[str, Any]) -> Answer:
    text = interaction._("Which one do you mean?")
    row = [
        button(plain(each.contact_name or each.name), "card.share", lead=each.id, **values)
        for each in leads[:5]
    ]
    return Answer(Message(text, (section(text), action_row(*row))))


def _channel_of(interaction: Interaction) -> str | None:
    """The channel in which something was typed or pressed; none in direct messages and on the Home tab."""
    channel = str(interaction.channel or "D")
    return None if channel.startswith("D") or interaction.in_home else channel


def _record(interaction: Interaction, values: Any) -> Shareable:
    """The record that a button's value or a form's metadata names."""
    session = interaction.session
    if values.get("lead") is not None:
        return access_lead(session, int(values["lead"]))
    if values.get("quote") is not None:
        return access_quote(session, int(values["quote"]))
    if values.get("opportunity") is not None:
        return access_opportunity(session, int(values["opportunity"]))
    return access_customer(session, int(values["customer"]))


@routes.action("customer.share")
@routes.action("lead.share")
@routes.action("opportunity.share")
@routes.action("quote.share")
def press_share_here(interaction: Interaction) -> Answer:
    """Share the card into the channel where it was pressed; elsewhere ask into which."""
    record, place = _record(interaction, interaction.value), _channel_of(interaction)
    if place is None:
        return Answer(modal=views.share_form(record, interaction.actor.locale))
    return _shared(interaction, record, place, None, interaction.reply_url)


@routes.action("card.share")
def press_share(interaction: Interaction) -> Answer:
    """Ask into which channel."""
    value = interaction.value
    form = views.share_form(
        _record(interaction, value),
        interaction.actor.locale,
        channel=str(value.get("channel") or "") or None,
        words=str(value.get("words") or "") or None,
    )
    return Answer(modal=form)


@routes.view("card.share")
def submit_share(interaction: Interaction) -> Answer:
    """Share the card into the chosen channel."""
    form = interaction.form
    record, place = _record(interaction, interaction.metadata), str(form.get("share_into") or "")
    return _shared(interaction, record, place, form.get("words"), interaction.reply_url_of(place))


def _shared(
    interaction: Interaction, record: Shareable, channel: str, words: str | None, reply_url: str | None
) -> Answer:
    """Have the card posted, as it is when it is sent."""
    share_card(
        interaction.session,
        interaction.actor,
        record,
        slack_channel=channel,
        words=words,
        reply_url=reply_url,
        now=interaction.now,
    )
    name, place = views.name_of(record, interaction.actor.locale), f"<#{channel}>"
    said = interaction._("The card of *{name}* goes to {channel}.", name=name, channel=place)
    return Answer(text_message("✅ " + said))
