"""`/crm room`: the Slack channel in which an opportunity is worked on."""

import re

from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_meant
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.language import verb_words
from bot.services.rooms import adopt_channel, archive_room, forget_room, open_room
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity, list_open_opportunities
from bot.store.rooms import access_room, find_room_in
from bot.views import rooms as views
from bot.views.blocks import button, text_message
from bot.views.opportunities import title
from bot.views.text import plain

routes = Routes()

_HERE = re.compile(r"(?:^|\s+)(?:here|这里|在这里|本频道|当前频道|此频道)$", re.IGNORECASE)
_CHOICES = 10


@routes.command("room", asks_alone=True)
def room(interaction: Interaction) -> Answer:
    """Make an opportunity's room, or find it; `here` lets this channel be it."""
    typed = plain(interaction.text).strip()
    here = _HERE.search(typed)
    name = typed[: here.start()].strip() if here else typed
    if not name:
        return _which_room(interaction, adopts=here is not None)
    candidates = opportunities_meant(interaction, name)
    if not candidates:
        raise NoOpportunityCalled(typed=name)
    if len(candidates) > 1:
        text = interaction._("Which one do you mean?")
        action = "room.adopt" if here else "room.open"
        return Answer(views.which(candidates[:_CHOICES], interaction.actor.locale, text=text, action=action))
    return _adopt(interaction, candidates[0]) if here else _open(interaction, candidates[0])


def _which_room(interaction: Interaction, *, adopts: bool) -> Answer:
    """In a room, that room; else one's own open opportunities to choose from."""
    _, locale, channel = interaction._, interaction.actor.locale, interaction.channel
    there = find_room_in(interaction.session, channel) if channel else None
    if there is not None:
        opportunity = access_opportunity(interaction.session, there.opportunity_id)
        said = "👥 " + _("This is the deal room of *{name}*.", name=title(opportunity))
        return Answer(views.found(there, opportunity, locale, can_adopt=False, said=said))
    own = list_open_opportunities(interaction.session, owner_id=interaction.actor.person_id, limit=_CHOICES)
    word = verb_words("room", interaction.language)[0]
    text = _(
        "For which opportunity? Type a customer or opportunity: {example}", example=f"`/crm {word} Acme`"
    )
    return Answer(views.which(own, locale, text=text, action="room.adopt" if adopts else "room.open"))


def _can_adopt(interaction: Interaction, current: str | None) -> bool:
    channel = interaction.channel
    return bool(channel) and channel != current and not str(channel).startswith("D")


def _open(interaction: Interaction, opportunity: Opportunity) -> Answer:
    there = open_room(interaction.session, interaction.actor, opportunity, now=interaction.now)
    can_adopt, locale = _can_adopt(interaction, there.slack_channel), interaction.actor.locale
    if there.slack_channel:
        return Answer(views.found(there, opportunity, locale, can_adopt=can_adopt))
    return Answer(views.opening(opportunity, locale, can_adopt=can_adopt))


def _adopt(interaction: Interaction, opportunity: Opportunity) -> Answer:
    _, locale = interaction._, interaction.actor.locale
    if not _can_adopt(interaction, None):
        return Answer(text_message(_("Only a channel can be a deal room. Type it in one.")))
    channel = str(interaction.channel)
    there = adopt_channel(interaction.session, interaction.actor, opportunity, channel, now=interaction.now)
    said = "👥 " + _("This channel is the deal room of *{name}* now.", name=title(opportunity))
    changeset = interaction.changeset
    return Answer(views.found(there, opportunity, locale, can_adopt=False, said=said, changeset=changeset))


def _opportunity(interaction: Interaction) -> Opportunity:
    return access_opportunity(interaction.session, int(interaction.value["opportunity"]))


@routes.action("room.open")
def press_open(interaction: Interaction) -> Answer:
    """Make or find it."""
    return _open(interaction, _opportunity(interaction))


@routes.action("room.adopt")
def press_adopt(interaction: Interaction) -> Answer:
    """Let this channel be it."""
    return _adopt(interaction, _opportunity(interaction))


@routes.action("room.archive")
def press_archive(interaction: Interaction) -> Answer:
    """Archive its channel."""
    opportunity = _opportunity(interaction)
    room_id = int(interaction.value["room"])
    archive_room(interaction.session, interaction.actor, room_id, opportunity, interaction.now)
    return Answer(text_message("✅ " + interaction._("The channel is being archived.")))


@routes.action("room.keep", changes=False)
def press_keep(interaction: Interaction) -> Answer:
    """Keep it."""
    return Answer(text_message(interaction._("It stays. To archive it later, type `/crm room` here.")))


@routes.action("room.forget")
def press_forget(interaction: Interaction) -> Answer:
    """Let its channel be a channel like others."""
    _ = interaction._
    opportunity = _opportunity(interaction)
    there = access_room(interaction.session, int(interaction.value["room"]))
    forget_room(interaction.session, interaction.actor, there, opportunity, interaction.now)
    text = "✅ " + _(
        "The channel is the deal room of *{name}* no more; it stays as it is.", name=title(opportunity)
    )
    undo = button(_("Undo"), "undo", changeset=interaction.changeset)
    return Answer(text_message(text, undo))
