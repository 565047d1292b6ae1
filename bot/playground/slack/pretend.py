"""The pretend Slack: a workspace in memory that speaks Slack's language over real HTTP."""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from bot.playground.slack.changes import Changes
from bot.playground.slack.commands import Commands
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.dialogs import Dialogs
from bot.playground.slack.doors import ACK_SECONDS, Doors
from bot.playground.slack.errors import SlackError
from bot.playground.slack.events import Events
from bot.playground.slack.faults import Faults
from bot.playground.slack.journal import Journal
from bot.playground.slack.methods.people import issue_code
from bot.playground.slack.modals import View
from bot.playground.slack.people import Team, User
from bot.playground.slack.server import Called, Server
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.state import Clock, State
from bot.playground.slack.talk import Channel, Message
from bot.playground.slack.tickets import TRIGGER_SECONDS

_RETRY_LOOK = 0.25


def _now() -> datetime:
    return datetime.now(UTC)


class PretendSlack(Commands, Dialogs, Events):
    """A Slack with one workspace (`add_team` makes more) for one app, Dealdesk.

    What people do are methods (command, press, fill, submit, say, …) that deliver to the bot, over the socket
    when it has opened one, else to `bot_url`/slack/events, and return a Delivery. What people see are readers
    (messages, ephemerals, modal, home, dm). `calls` is what the bot asked of the Web API.
    """

    def __init__(
        self,
        bot_url: str | None = None,
        *,
        clock: Clock = _now,
        journal: Path | str | None = None,
        signing_secret: str = "pretend-signing-secret",
        bot_token: str | None = "xoxb-pretend",
        app_token: str = "xapp-pretend",
        client_id: str = "pretend-client",
        client_secret: str = "pretend-client-secret",
        team_name: str = "Pretend",
        scopes: Iterable[str] | None = None,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = TRIGGER_SECONDS,
    ) -> None:
        Events.__init__(self)
        self.state = State(clock, trigger_seconds=trigger_seconds)
        self.state.client = (client_id, client_secret)
        self.faults = Faults()
        self.sockets = Sockets()
        self.signing_secret, self.app_token, self.bot_token = signing_secret, app_token, bot_token
        self.deliveries: list[Delivery] = []
        self._journal = Journal(journal, clock)
        self.doors = Doors(
            self._journal, self.sockets, signing_secret=signing_secret, ack_seconds=ack_seconds
        )
        self.doors.bot_url = bot_url
        self._server = Server(self.state, self.sockets, self.faults, self._journal, app_token)
        self._stopping = threading.Event()
        self.team = self.add_team(team_name, token=bot_token, scopes=scopes)

    @property
    def app(self) -> Flask:
        """The Flask app that serves it; further pages are added before `start`."""
        return self._server.app

    @property
    def changes(self) -> Changes:
        """The feed of what people may see differently now."""
        return self.state.changes

    @property
    def bot_url(self) -> str | None:
        """Where the bot listens, such as http://127.0.0.1:3000."""
        return self.doors.bot_url

    @bot_url.setter
    def bot_url(self, address: str | None) -> None:
        self.doors.bot_url = address

    @property
    def url(self) -> str:
        """Where this Slack listens, without a slash at the end."""
        return self.state.address

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.state.address}/api/"

    def start(self, port: int = 0) -> "PretendSlack":
        """Listen on the loopback address; 0 finds a free port."""
        self._server.start(port)
        threading.Thread(target=self._retry_in_time, name="slack-retries", daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop listening and close the journal."""
        self._stopping.set()
        self._server.stop()
        self._journal.close()

    def __enter__(self) -> "PretendSlack":
        return self if self.state.address else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _retry_in_time(self) -> None:
        while not self._stopping.wait(_RETRY_LOOK):
            self.retry_due()

    def add_team(
        self,
        name: str,
        *,
        token: str | None = None,
        scopes: Iterable[str] | None = None,
        id: str | None = None,
    ) -> Team:
        """A workspace; without a token the bot is not installed there yet. `scopes` None grants all."""
        team = self.state.add_team(name, team_id=id)
        team.token = token
        team.scopes = None if scopes is None else frozenset(scopes)
        return team

    def installation_code(self, user: User | str) -> str:
        """The code that Slack's consent page sends to the bot's redirect address for this person's team."""
        person = self.state.user(user)
        return issue_code(self.state.teams[person.team], person.id)

    def add_user(
        self,
        name: str,
        real_name: str | None = None,
        *,
        tz: str = "America/Los_Angeles",
        locale: str = "en-US",
        team: Team | None = None,
        id: str | None = None,
        **more: Any,
    ) -> User:
        """A person who is in no channel yet; `more` is is_admin, is_owner, is_bot, deleted, email, colour."""
        with self.state.lock:
            home = team or self.team
            user = User(
                id or self.state.new_id("U"), home.id, name, real_name or name, tz=tz, locale=locale, **more
            )
            self.state.users[user.id] = user
            self.changes.note("user", user=user.id)
            return user

    def add_channel(
        self,
        name: str,
        members: Iterable[User | str] | None = None,
        *,
        private: bool = False,
        with_bot: bool = True,
        topic: str = "",
        team: Team | None = None,
        id: str | None = None,
    ) -> Channel:
        """A channel with these members (default: everyone of the team now), and the bot."""
        with self.state.lock:
            home = team or self.team
            everyone = [u for u in self.state.users.values() if u.team == home.id and not u.is_bot]
            people = everyone if members is None else [self.state.user(member) for member in members]
            channel = Channel(id or self.state.new_id("C"), home.id, name, is_private=private, topic=topic)
            channel.members = [user.id for user in people] + ([home.bot_user] if with_bot else [])
            channel.created = self.state.seconds()
            self.state.channels[channel.id] = channel
            self.changes.note("channel", channel=channel.id)
            return channel

    def users(self) -> list[User]:
        """People, without bots."""
        with self.state.lock:
            return [u for u in self.state.users.values() if not u.is_bot and u.name != "slackbot"]

    def channels(self, viewer: User | str | None = None) -> list[Channel]:
        """Channels that a person sees (all without one), direct messages left out."""
        with self.state.lock:
            channels = [c for c in self.state.channels.values() if not c.is_im]
            if viewer is None:
                return channels
            person = self.state.user(viewer)
            return [c for c in channels if person.id in c.members]

    def channel(self, where: Channel | str) -> Channel:
        """A channel by id or name. Raises SlackError channel_not_found."""
        return self.state.channel(where)

    def user(self, who: User | str) -> User:
        """A person by id or name. Raises SlackError user_not_found."""
        return self.state.user(who)

    def messages(self, channel: Channel | str, viewer: User | str | None = None) -> list[Message]:
        """What stands in a channel, oldest first, replies included; with `viewer` the ephemeral ones too."""
        with self.state.lock:
            place = self.state.channel(channel)
            said = list(place.messages)
            if viewer is not None:
                said += [m for m in self.ephemerals(viewer) if m.channel == place.id]
            return sorted(said, key=lambda message: float(message.ts))

    def ephemerals(self, user: User | str) -> list[Message]:
        """What only this person sees, oldest first."""
        with self.state.lock:
            person = self.state.user(user)
            return [message for message in self.state.ephemerals if message.ephemeral_to == person.id]

    def direct(self, user: User | str) -> Channel:
        """The direct messages of a person with the bot, as a channel."""
        return self.state.direct(self.state.user(user))

    def dm(self, user: User | str) -> list[Message]:
        """What stands in a person's direct messages with the bot, oldest first."""
        return self.messages(self.direct(user), viewer=user)

    def modal(self, user: User | str) -> View | None:
        """The modal in front of a person."""
        with self.state.lock:
            return self.state.stack(self.state.user(user).id).top

    def modals(self, user: User | str) -> list[View]:
        """All modals open before a person, the front one last."""
        with self.state.lock:
            return list(self.state.stack(self.state.user(user).id))

    def home(self, user: User | str) -> View | None:
        """The home tab that the bot published for a person."""
        with self.state.lock:
            return self.state.homes.get(self.state.user(user).id)

    def file(self, file_id: str) -> Any:
        """An uploaded file by id. Raises SlackError file_not_found."""
        with self.state.lock:
            if file_id not in self.state.files:
                raise SlackError("file_not_found")
            return self.state.files[file_id]

    def calls(self, method: str | None = None) -> list[Called]:
        """What the bot asked of the Web API, in order; method response_url is an answer to such a one."""
        with self.state.lock:
            return [called for called in self._server.calls if method in (None, called.method)]

    def refusals(self) -> list[Called | Delivery]:
        """Everything that Slack refused or that was not answered in time; a healthy story leaves it empty."""
        with self.state.lock:
            refused_calls: list[Called | Delivery] = [c for c in self._server.calls if not c.ok]
            return refused_calls + [delivery for delivery in self.deliveries if not delivery.ok]
