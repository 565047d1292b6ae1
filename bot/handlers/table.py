"""The whole table of routes: every noun's own, joined."""

from bot.handlers import help as help_
from bot.handlers import lines, opportunities, undoing
from bot.handlers.router import Routes

ROUTES = Routes(help_.routes, lines.routes, undoing.routes, opportunities.routes)
