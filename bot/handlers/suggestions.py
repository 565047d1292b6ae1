"""The one suggestion of an opportunity's card: made a task, or sent away."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.tasks import blank_form
from bot.reports.winning import win_chance
from bot.services.winning import dismiss_suggestion
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity
from bot.views import winning as views
from bot.views.blocks import Block, button, text_message
from bot.views.opportunities import title
from bot.views.words import stage_name

routes = Routes()


def history_blocks(interaction: Interaction, opportunity: Opportunity) -> list[Block]:
    """What the history says of an opportunity; nothing of one that ended."""
    found = win_chance(interaction.session, opportunity, now=interaction.now)
    if found is None:
        return []
    locale = interaction.actor.locale
    return views.blocks(found, opportunity, locale, lambda: stage_name(opportunity.stage.name, locale))


@routes.action("suggestion.plan")
def press_plan(interaction: Interaction) -> Answer:
    """Open the form of the task."""
    value = interaction.value
    opportunity = access_opportunity(interaction.session, value["opportunity"])
    text = views.task_text(str(value.get("deed")), opportunity, interaction.actor.locale)
    about: dict[str, Any] = {"opportunity": opportunity.id}
    return Answer(modal=blank_form(interaction, about, text=text))


@routes.action("suggestion.dismiss")
def press_dismiss(interaction: Interaction) -> Answer:
    """Suggest nothing more in this stage."""
    value = interaction.value
    opportunity = access_opportunity(interaction.session, value["opportunity"])
    dismiss_suggestion(interaction.session, interaction.actor, opportunity.id, str(value.get("deed") or ""))
    said = interaction._("No more suggestions for *{name}* in this stage.", name=title(opportunity))
    return Answer(text_message(said, button(interaction._("Undo"), "undo", changeset=interaction.changeset)))
