"""The Undo button: everything that its transaction changed, taken back."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.undo import undo
from bot.views.blocks import button, text_message

routes = Routes()


@routes.action("undo")
def press_undo(interaction: Interaction) -> Answer:
    """Take it back, and offer to take that back."""
    undone = undo(interaction.session, interaction.actor, interaction.value["changeset"], now=interaction.now)
    _ = interaction._
    text = "↩️ " + _(
        "Undone: {count} record is as it was.|Undone: {count} records are as they were.", count=undone.records
    )
    return Answer(text_message(text, button(_("Redo"), "undo", changeset=undone.changeset)), replace=True)
