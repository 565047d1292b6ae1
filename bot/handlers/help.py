"""`/crm help`: what the bot can do, with working examples in the reader's language. Reads nothing."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import verb_of
from bot.views import help as views

routes = Routes()


@routes.command("help", changes=False)
def show_help(interaction: Interaction) -> Answer:
    """Everything, or one verb."""
    verb = verb_of(interaction.text.split()[0]) if interaction.text else None
    return Answer(views.help_of(verb, interaction.actor.locale))


@routes.action("help", changes=False)
def press_help(interaction: Interaction) -> Answer:
    """The same by button."""
    return Answer(views.help_of(None, interaction.actor.locale))
