"""The methods of Slack's Web API that the pretend Slack answers, one module a noun."""

from bot.playground.slack.methods import apps, channels, chat, files, people, views
from bot.playground.slack.methods.registry import METHODS, Call

__all__ = ["METHODS", "Call", "apps", "channels", "chat", "files", "people", "views"]
