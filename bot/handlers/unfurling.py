"""Links to opportunities: shown with name and stage where they are shared, if they may be seen there."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.language import verb_words
from bot.services.postings import may_unfurl
from bot.services.rights import may_see
from bot.store.models import Opportunity
from bot.store.opportunities import UnknownOpportunity, access_opportunity, list_opportunities_called
from bot.store.workspaces import workspace_settings
from bot.views import unfurls as views
from bot.views.blocks import text_message
from bot.views.text import plain

routes = Routes()

_PATH = re.compile(r"/o/(?:opp-)?(\d{1,18})/?", re.IGNORECASE)
_CODE = re.compile(r"opp-(\d{1,18})", re.IGNORECASE)
_MOST = 5


class NoPublicAddress(Refusal):
    """Links need an address that the world reaches."""

    message = "Links need this bot's public address: whoever runs me sets DEALDESK_URL."


@routes.event("link_shared", changes=False)
def unfurl(interaction: Interaction) -> Answer:
    """Show what the links name, as far as the sharer and the channel may see it; else say nothing."""
    event: dict[str, Any] = interaction.payload.get("event") or {}
    # What is shown while one writes stays when the message goes anywhere: only messages that stand are shown.
    if event.get("source") == "composer" or interaction.payload.get("is_ext_shared_channel"):
        return Answer()
    channel, links = str(event.get("channel") or ""), event.get("links")
    found = {}
    for link in links[:_MOST] if isinstance(links, list) else ():
        url = str(link.get("url") or "") if isinstance(link, dict) else ""
        number = _number(interaction, url)
        if number is None or not may_unfurl(workspace_settings(interaction.session), channel):
            continue
        opportunity = _seen(interaction, number)
        if opportunity is not None:
            found[url] = views.unfurled(opportunity, interaction.actor.locale)
    return Answer(unfurls=found)


def _number(interaction: Interaction, url: str) -> int | None:
    """The opportunity that a link of ours names."""
    ours, theirs = urlsplit(interaction.public_url or ""), urlsplit(url)
    if not ours.netloc or ours.netloc.lower() != theirs.netloc.lower():
        return None
    named = _PATH.fullmatch(theirs.path.removeprefix(ours.path.rstrip("/")))
    return int(named[1]) if named else None


def _seen(interaction: Interaction, number: int) -> Opportunity | None:
    try:
        opportunity = access_opportunity(interaction.session, number)
    except UnknownOpportunity:
        return None
    return opportunity if may_see(interaction.actor, opportunity) else None


@routes.command("link", changes=False)
def link(interaction: Interaction) -> Answer:
    """The link of an opportunity: `/crm link Acme`."""
    typed, locale = plain(interaction.text).strip(), interaction.actor.locale
    if not typed:
        word = verb_words("link", interaction.language)[0]
        text = interaction._("Whose link? Type an opportunity: {example}", example=f"`/crm {word} Acme`")
        return Answer(text_message(text))
    code = _CODE.fullmatch(typed)
    found = (
        [access_opportunity(interaction.session, int(code[1]))]
        if code
        else list(list_opportunities_called(interaction.session, typed, limit=5))
    )
    if not found:
        raise NoOpportunityCalled(typed=typed)
    is_open = [each for each in found if each.stage.is_open] or found
    return Answer(views.links(is_open, _address(interaction), locale))


@routes.action("opportunity.link", changes=False)
def press_link(interaction: Interaction) -> Answer:
    """The same by button."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(views.links([opportunity], _address(interaction), interaction.actor.locale))


def _address(interaction: Interaction) -> str:
    if not interaction.public_url:
        raise NoPublicAddress
    return interaction.public_url
