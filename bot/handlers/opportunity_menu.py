"""More: everything that the card of an opportunity offers beside its first four buttons."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.reports.signals import signals_now
from bot.store.activities import count_files_of
from bot.store.opportunities import access_opportunity
from bot.store.rooms import find_room
from bot.views import opportunity_menu as views

routes = Routes()


@routes.action("opportunity.more", changes=False)
def press_more(interaction: Interaction) -> Answer:
    """Open the menu."""
    session = interaction.session
    opportunity = access_opportunity(session, interaction.value["opportunity"])
    rests = False
    if opportunity.stage.is_open:
        facts, signals = signals_now(session, opportunity.id, now=interaction.now)
        rests = facts.paused_until is not None and not signals
    view = views.menu(
        opportunity,
        interaction.actor.locale,
        files=count_files_of(session, opportunity.id),
        rests=rests,
        has_room=find_room(session, opportunity.id) is not None,
    )
    return Answer(modal=view)
