"""`/crm find`: whatever has part of a name, its pinyin or initials, phone digits or a mail address."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.finding import find_anything
from bot.views import find as views
from bot.views.text import plain

routes = Routes()


@routes.command("find", changes=False)
def find(interaction: Interaction) -> Answer:
    """Show what the words fit, kind by kind; where nothing fits, offer to make it."""
    typed = plain(interaction.text).strip()
    if not typed:
        return Answer(views.asked(interaction.actor.locale))
    found = find_anything(interaction.session, interaction.actor, typed, limit=views.PAGE + 1)
    return Answer(views.results(interaction.text.strip(), found, interaction.actor.locale))
