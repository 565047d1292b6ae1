"""`/crm room`: deal rooms are not there yet; what serves meanwhile is."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.store.opportunities import list_opportunities_called
from bot.views.blocks import button, text_message

routes = Routes()


@routes.command("room", changes=False)
def room(interaction: Interaction) -> Answer:
    """Say so, and offer to share the card of the opportunity that was named."""
    _ = interaction._
    found = (
        list_opportunities_called(interaction.session, interaction.text, limit=1) if interaction.text else []
    )
    text = _(
        "Deal rooms are not available yet. Share the opportunity's card in a channel instead: "
        "its buttons work for everyone there."
    )
    buttons = [button(_("Share"), "opportunity.share", opportunity=each.id) for each in found]
    return Answer(text_message(text, *buttons, button(_("Pipeline"), "again", verb="pipeline", text="mine")))
