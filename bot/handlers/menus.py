"""Menus: modals of buttons. What is pressed in one takes its place: forms, messages and refusals alike."""

from dataclasses import replace

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.views.menus import answered


def in_menu(interaction: Interaction, answer: Answer) -> Answer:
    """The answer to a press in a menu, shown where it was pressed; any other as it is.

    What stood behind a menu could not be seen, and a form on top of it would leave it open.
    """
    if interaction.kind != "action" or not (interaction.in_modal and interaction.metadata.get("menu")):
        return answer
    if answer.modal:
        return replace(answer, modal=None, update=answer.modal)
    if answer.message:
        title = str((interaction.action.get("text") or {}).get("text") or "Dealdesk")
        view = answered(answer.message, title, interaction.actor.locale)
        return replace(answer, message=None, update=view)
    return answer
