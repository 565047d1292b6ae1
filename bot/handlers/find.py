"""`/crm find`: customers, contacts, opportunities and leads by part of a name, mail address or phone."""

import re

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.store.contacts import list_contacts_by_phone, search_contacts
from bot.store.customers import list_customers_by_phone, search_customers
from bot.store.leads import list_leads_by_phone, search_leads
from bot.store.opportunities import list_opportunities_called, search_opportunities
from bot.views import find as views
from bot.views.text import plain

routes = Routes()

_PHONE = re.compile(r"\+?[\d\s().-]+")
_FEWEST_DIGITS = 3


@routes.command("find", changes=False)
def find(interaction: Interaction) -> Answer:
    """Show what the words fit, kind by kind; where nothing fits, offer to make it."""
    typed = plain(interaction.text).strip()
    if not typed:
        return Answer(views.asked(interaction.actor.locale))
    session, limit = interaction.session, views.PAGE + 1
    found = views.Found(
        customers=search_customers(session, typed, limit=limit),
        contacts=search_contacts(session, typed, limit=limit),
        opportunities=views.joined(
            list_opportunities_called(session, typed, limit=limit),
            search_opportunities(session, typed, limit=limit),
        ),
        leads=search_leads(session, typed, limit=limit),
    )
    digits = re.sub(r"\D", "", typed)
    if _PHONE.fullmatch(typed) and len(digits) >= _FEWEST_DIGITS:
        found = found.with_phones(
            customers=list_customers_by_phone(session, digits, limit=limit),
            contacts=list_contacts_by_phone(session, digits, limit=limit),
            leads=list_leads_by_phone(session, digits, limit=limit),
        )
    return Answer(views.results(interaction.text.strip(), found, interaction.actor.locale))
