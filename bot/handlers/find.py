"""`/crm find`: whatever has part of a name, its pinyin or initials, phone digits or a mail address; and what
was typed without a verb, which may be just a name.
"""

import re

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.finding import find_anything
from bot.store.opportunities import access_opportunity
from bot.views import find as views
from bot.views.opportunities import card
from bot.views.problems import unknown_verb
from bot.views.text import plain

routes = Routes()


_CODE = re.compile(r"opp-(\d{1,15})", re.IGNORECASE)


@routes.command("find", changes=False)
def find(interaction: Interaction) -> Answer:
    """Show what the words fit, kind by kind; where nothing fits, offer to make it."""
    typed = plain(interaction.text).strip()
    if not typed:
        return Answer(views.asked(interaction.actor.locale))
    if named := _CODE.fullmatch(typed):
        return Answer(card(access_opportunity(interaction.session, int(named[1])), interaction.actor.locale))
    found = find_anything(interaction.session, interaction.actor, typed, limit=views.PAGE + 1)
    return Answer(views.results(interaction.text.strip(), found, interaction.actor.locale))


@routes.command("other", changes=False)
def show_the_named(interaction: Interaction) -> Answer:
    """Words that begin with no verb: what they name is shown, or the nearest verb offered."""
    typed = plain(interaction.text).strip()
    if _CODE.fullmatch(typed) or find_anything(interaction.session, interaction.actor, typed, limit=1):
        return find(interaction)
    return Answer(unknown_verb((typed.split(maxsplit=1) or [""])[0], interaction.actor.locale))
