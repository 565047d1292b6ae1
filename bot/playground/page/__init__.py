"""The page beside the pretend Slack: channels, messages, modals and a clock to move, drawn on the server."""

from bot.playground.page.app import create_page
from bot.playground.page.cast import ClockControl, Example, Player

__all__ = ["ClockControl", "Example", "Player", "create_page"]
