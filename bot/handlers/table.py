"""The whole table of routes: every noun's own, joined."""

from bot.handlers import (
    activities,
    contacts,
    customers,
    digest,
    figures,
    find,
    home,
    leads,
    lines,
    measures,
    opportunities,
    plans,
    quotes,
    rooms,
    task_buttons,
    task_lists,
    tasks,
    undoing,
)
from bot.handlers import help as help_
from bot.handlers.router import Routes

ROUTES = Routes(
    help_.routes,
    lines.routes,
    undoing.routes,
    customers.routes,
    contacts.routes,
    leads.routes,
    find.routes,
    opportunities.routes,
    quotes.routes,
    rooms.routes,
    tasks.routes,
    task_lists.routes,
    task_buttons.routes,
    activities.routes,
    home.routes,
    digest.routes,
    figures.routes,
    plans.routes,
    measures.routes,
)
