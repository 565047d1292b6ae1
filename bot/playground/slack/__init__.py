"""A pretend Slack: what the bot meets of Slack, over real HTTP, with Slack's own errors and limits."""

from bot.playground.slack.changes import Change
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.errors import IncompleteForm, NotOnScreen, SlackError
from bot.playground.slack.events import Said
from bot.playground.slack.modals import View
from bot.playground.slack.people import Team, User
from bot.playground.slack.pretend import PretendSlack
from bot.playground.slack.server import Called
from bot.playground.slack.talk import Channel, File, Message

__all__ = [
    "Called",
    "Change",
    "Channel",
    "Delivery",
    "File",
    "IncompleteForm",
    "Message",
    "NotOnScreen",
    "PretendSlack",
    "Said",
    "SlackError",
    "Team",
    "User",
    "View",
]
