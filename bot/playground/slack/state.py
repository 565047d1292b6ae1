"""Everything that the pretend Slack knows, in memory, behind one lock."""

import itertools
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.playground.slack.changes import Changes
from bot.playground.slack.errors import SlackError
from bot.playground.slack.forms import with_ids
from bot.playground.slack.modals import Stack, View
from bot.playground.slack.people import Team, User
from bot.playground.slack.talk import Channel, File, Json, Message
from bot.playground.slack.tickets import TRIGGER_SECONDS, Tickets

APP_ID = "A0DEALDESK"
SLACKBOT = "USLACKBOT"
Clock = Callable[[], datetime]


class State:
    """Teams, people, channels, messages, views and files. Hold `lock` around more than one step."""

    def __init__(self, clock: Clock, *, trigger_seconds: float = TRIGGER_SECONDS) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.changes = Changes(self.lock)
        self.tickets = Tickets(clock, trigger_seconds=trigger_seconds)
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.ephemerals: list[Message] = []
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, Stack] = {}
        self.touched: dict[tuple[str, str, str], dict[tuple[str, str], Json]] = {}
        """What a person has chosen in a message (user, channel, ts) without it being sent as text."""
        self.address = ""
        """Where its server listens, such as http://127.0.0.1:4003; set when it starts."""
        self.client = ("", "")
        """Client id and secret with which the app exchanges codes for tokens."""
        self.used_codes: set[str] = set()
        self._numbers = itertools.count(1)
        self._last_ts = 0

    def new_id(self, letter: str) -> str:
        """An id of Slack's form; the same in every run that makes the same things in the same order."""
        return f"{letter}0{next(self._numbers):09d}"

    def next_ts(self) -> str:
        """The timestamp of a new message: now, and later than every one before it."""
        now = int(self.clock().timestamp() * 1_000_000)
        self._last_ts = max(now, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self.clock().timestamp())

    def add_team(self, name: str, *, team_id: str | None = None) -> Team:
        """A workspace with the bot's own user in it; its token comes with the installation."""
        with self.lock:
            team_id = team_id or self.new_id("T")
            bot = User(self.new_id("U"), team_id, "dealdesk", "Dealdesk", tz="UTC", is_bot=True)
            domain = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") or "team"
            team = Team(team_id, name, domain, bot.id, self.new_id("B"))
            self.teams[team_id] = team
            self.users[bot.id] = bot
            self.users.setdefault(SLACKBOT, User(SLACKBOT, team_id, "slackbot", "Slackbot"))
            return team

    def team_of_token(self, token: str) -> Team | None:
        return next((team for team in self.teams.values() if team.token == token), None)

    def user(self, who: User | str) -> User:
        """A person by object, id or name.

        Raises SlackError user_not_found.
        """
        if isinstance(who, User):
            return who
        found = self.users.get(who) or next(
            (u for u in self.users.values() if u.name == who.lstrip("@")), None
        )
        if found is None:
            raise SlackError("user_not_found")
        return found

    def channel(self, where: Channel | str, *, team: str | None = None) -> Channel:
        """A channel by object, id or name (with or without #).

        Raises SlackError channel_not_found.
        """
        if isinstance(where, Channel):
            return where
        found = self.channels.get(where) or next(
            (c for c in self.channels.values() if c.name == where.lstrip("#") and not c.is_im), None
        )
        if found is None or (team and found.team != team):
            raise SlackError("channel_not_found")
        return found

    def direct(self, user: User) -> Channel:
        """The direct messages of a person with the bot; opened when they never spoke."""
        with self.lock:
            for channel in self.channels.values():
                if channel.is_im and channel.user == user.id:
                    return channel
            team = self.teams[user.team]
            channel = Channel(
                self.new_id("D"), user.team, "directmessage", is_private=True, is_im=True, user=user.id
            )
            channel.created, channel.members = self.seconds(), [user.id, team.bot_user]
            self.channels[channel.id] = channel
            self.changes.note("channel", channel=channel.id, user=user.id)
            return channel

    def post(self, message: Message) -> Message:
        """Put a message, ephemeral or not, where people see it."""
        with self.lock:
            if message.ephemeral_to:
                self.ephemerals.append(message)
            else:
                self.channels[message.channel].messages.append(message)
            self.noted(message)
            return message

    def noted(self, message: Message) -> None:
        """Tell the readers that a message came, changed or went."""
        self.changes.note("message", channel=message.channel, user=message.ephemeral_to)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        with self.lock:
            home = self.ephemerals if message.ephemeral_to else self.channels[message.channel].messages
            if message in home:
                home.remove(message)
                self.noted(message)

    def message(self, channel: str, ts: str, *, viewer: str | None = None) -> Message | None:
        """A message by place; with `viewer`, ephemeral ones of that person too."""
        with self.lock:
            if viewer:
                for message in self.ephemerals:
                    if (message.channel, message.ts, message.ephemeral_to) == (channel, ts, viewer):
                        return message
            return self.channels[channel].message(ts) if channel in self.channels else None

    def stack(self, user_id: str) -> Stack:
        return self.stacks.setdefault(user_id, Stack())

    def view(self, view_id: str) -> View | None:
        """An open modal or a home tab by id."""
        open_views = itertools.chain(self.homes.values(), *self.stacks.values())
        return next((view for view in open_views if view.id == view_id), None)

    def view_of_external(self, external_id: str) -> View | None:
        open_views = itertools.chain(self.homes.values(), *self.stacks.values())
        return next((v for v in open_views if external_id and v.body.get("external_id") == external_id), None)

    def knows_picture(self, name: str) -> bool:
        """True for the id or the address of an uploaded picture, which a block may show."""
        return any(f.is_picture and f.uploaded and name in (f.id, f.url) for f in self.files.values())

    def bot_message(self, team: Team, channel: str, body: Json, **more: Any) -> Message:
        """A message of the bot, not yet posted."""
        message = Message(
            team.id,
            channel,
            self.next_ts(),
            team.bot_user,
            body.get("text") or "",
            bot_id=team.bot_id,
            app_id=APP_ID,
            **more,
        )
        message.blocks = with_ids(body.get("blocks") or [])
        message.attachments = body.get("attachments") or []
        return message


def random_id(letters: str) -> str:
    """An id that never comes again, in this run or another."""
    return f"{letters}{secrets.token_hex(5).upper()}"
