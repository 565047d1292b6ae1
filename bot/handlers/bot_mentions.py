"""The bot mentioned in a channel: opportunities that are named by number are shown to who asked."""

import re

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.signals import with_signals
from bot.store.opportunities import UnknownOpportunity, access_opportunity
from bot.views.blocks import Message, button, text_message
from bot.views.opportunities import card
from bot.views.problems import sentence

routes = Routes()

_CODE = re.compile(r"(?<![A-Za-z0-9])opp-(\d{1,15})", re.IGNORECASE)
_MOST = 3


@routes.event("app_mention")
def answer_mention(interaction: Interaction) -> Answer:
    """The cards of the opportunities that it names, for this person alone."""
    _, locale = interaction._, interaction.actor.locale
    said = str((interaction.payload.get("event") or {}).get("text") or "")
    numbers = list(dict.fromkeys(int(each) for each in _CODE.findall(said)))[:_MOST]
    if not numbers:
        text = _("Name an opportunity by its number, such as OPP-128, and I show you its card.")
        return Answer(text_message(text, button(_("Help"), "help")))
    shown: list[Message] = []
    for number in numbers:
        try:
            known = access_opportunity(interaction.session, number)
            shown.append(with_signals(interaction, known.id) if len(numbers) == 1 else card(known, locale))
        except UnknownOpportunity as unknown:
            shown.append(text_message(_not_found(unknown, number, locale)))
    blocks = [block for each in shown for block in each.blocks]
    return Answer(Message("\n".join(each.text for each in shown), tuple(blocks)))


def _not_found(unknown: Refusal, number: int, locale: str) -> str:
    return f"OPP-{number}: {sentence(unknown, locale)}"
