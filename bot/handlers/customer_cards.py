"""The card of a customer, with everything around it as it is now."""

from typing import Any

from bot.handlers.interaction import Interaction
from bot.reports.satisfaction import scores_of_customer
from bot.store.activities import list_activities, list_needs
from bot.store.customers import access_customer
from bot.store.opportunities import list_open_opportunities
from bot.store.quotes import list_quotes
from bot.store.tasks import list_open_tasks_of
from bot.views import customers as views
from bot.views.activities import needs
from bot.views.blocks import Message
from bot.views.satisfaction import summary

MOST_OPPORTUNITIES = 200
"""Of one customer, for the total on its card."""


def card_of(interaction: Interaction, customer_id: int, **more: Any) -> Message:
    """The card; `more` is what just happened and what Undo takes back."""
    session = interaction.session
    return views.card(
        access_customer(session, customer_id),
        interaction.actor.locale,
        zone=interaction.actor.tz,
        opportunities=list_open_opportunities(session, customer_id=customer_id, limit=MOST_OPPORTUNITIES),
        activities=list_activities(session, customer_id=customer_id, limit=views.FEW),
        tasks=list_open_tasks_of(session, customer_id, limit=views.FEW),
        quotes=list_quotes(session, customer_id=customer_id, limit=views.FEW),
        needs=needs(
            list_needs(session, customer_id, limit=views.FEW), interaction.actor.locale, interaction.actor.tz
        ),
        satisfaction=summary(scores_of_customer(session, customer_id), interaction.actor.locale),
        **more,
    )
