"""The Web API's methods by name, and what one call of them holds."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.slack.errors import SlackError
from bot.playground.slack.people import Team, User
from bot.playground.slack.state import State
from bot.playground.slack.talk import Channel, Json


@dataclass
class Call:
    """One call: who calls (a team's bot, or nobody yet) and with which arguments."""

    state: State
    caller: Team | None
    args: Json
    client: tuple[str, str] | None = None
    """Client id and secret, where they came as HTTP basic authentication."""

    @property
    def team(self) -> Team:
        """The team whose token was used."""
        assert self.caller is not None
        return self.caller

    def get(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, *names: str) -> str:
        """The first of several required arguments; all are reported when missing.

        Raises SlackError invalid_arguments.
        """
        missing = [name for name in names if self.args.get(name) in (None, "")]
        if missing:
            raise SlackError("invalid_arguments", [f"missing required field: {name}" for name in missing])
        return str(self.args[names[0]])

    def flag(self, name: str) -> bool:
        return self.get(name).lower() in ("1", "true")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 1 to `most`.

        Raises SlackError invalid_limit.
        """
        value = self.get(name, str(default))
        if not value.isdigit() or not 1 <= int(value) <= most:
            raise SlackError("invalid_limit")
        return int(value)

    def parsed(self, name: str, *, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, written as text or sent as it is; None when absent.

        Raises SlackError with `error` when the text is no JSON.
        """
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as problem:
            raise SlackError(error, [f"must be valid JSON [json-pointer:/{name}]"]) from problem

    def ids(self, name: str) -> list[str]:
        """A list of ids, as JSON or comma-separated."""
        value = self.args.get(name)
        items = value if isinstance(value, list) else str(value or "").split(",")
        return [str(item).strip() for item in items if str(item).strip()]

    def person(self, name: str = "user") -> User:
        """The person whose id an argument holds.

        Raises SlackError invalid_arguments or user_not_found.
        """
        user = self.state.users.get(self.need(name))
        if user is None or (user.team != self.team.id and not user.is_bot):
            raise SlackError("user_not_found")
        return user

    def channel(self, name: str = "channel") -> Channel:
        """The channel whose id an argument holds, if the bot may know of it.

        Raises SlackError invalid_arguments or channel_not_found.
        """
        channel = self.state.channels.get(self.need(name))
        if channel is None or channel.team != self.team.id:
            raise SlackError("channel_not_found")
        if channel.is_private and self.team.bot_user not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def scope(self, *any_of: str) -> None:
        """Ask that the bot was given one of these scopes.

        Raises SlackError missing_scope.
        """
        given = self.team.scopes
        if given is not None and not given.intersection(any_of):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(sorted(given)))


Method = Callable[[Call], Json]
METHODS: dict[str, tuple[Method, bool]] = {}
"""Each method, and whether it asks for a bot token."""


def method(name: str, *scopes: str, open_to_all: bool = False) -> Callable[[Method], Method]:
    """Register a method; one of `scopes`, where given, must have been granted."""

    def register(function: Method) -> Method:
        def checked(call: Call) -> Json:
            if scopes:
                call.scope(*scopes)
            return function(call)

        METHODS[name] = (checked, not open_to_all)
        return function

    return register


def paged(call: Call, items: list[Any], *, default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list, with the response_metadata that leads to the next.

    Raises SlackError invalid_cursor or invalid_limit.
    """
    cursor = call.get("cursor")
    if cursor and not (cursor.startswith("at:") and cursor[3:].isdigit()):
        raise SlackError("invalid_cursor")
    start = int(cursor[3:]) if cursor else 0
    end = start + call.number("limit", default, most=most)
    return items[start:end], {"next_cursor": f"at:{end}" if end < len(items) else ""}
