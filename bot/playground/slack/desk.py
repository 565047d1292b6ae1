"""What every act of a person shares: who they are to the bot, and the way their payloads go."""

import re
import secrets
from typing import Any

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.doors import Doors
from bot.playground.slack.modals import View
from bot.playground.slack.people import User
from bot.playground.slack.state import APP_ID, State
from bot.playground.slack.talk import Channel, Json, Message

Where = Message | View | Delivery | None
"""Where something is pressed: a message, a view, the message that answered a command, or (None) the modal."""


class Desk:
    """A person's keyboard, in its plainest form."""

    state: State
    doors: Doors
    deliveries: list[Delivery]

    def _send(self, delivery: Delivery) -> Delivery:
        self.doors.deliver(delivery)
        with self.state.lock:
            self.deliveries.append(delivery)
            self.state.changes.note("delivery", user=delivery.user)
        return delivery

    def redeliver(self, delivery: Delivery, *, attempt: int = 0) -> Delivery:
        """Send the same payload once more, signed anew; its answer changes nothing that people see."""
        return self._send(delivery.again(attempt))

    def _common(self, kind: str, user: User) -> Json:
        team = self.state.teams[user.team]
        return {
            "type": kind,
            "team": {"id": team.id, "domain": team.domain},
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
            "api_app_id": APP_ID,
            "token": "pretend-verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _trigger(self, user: User, *, channel: str | None = None, view: View | None = None) -> str:
        in_modal = view is not None and view.type == "modal"
        with self.state.lock:
            trigger = self.state.tickets.trigger(
                user.id, user.team, channel=channel, view=view.id if view and in_modal else None
            )
            return trigger.id

    def _response_url(self, user: User, channel: str, message: Message | None = None) -> str:
        with self.state.lock:
            ticket = self.state.tickets.response(
                user.id,
                user.team,
                channel,
                message_ts=message.ts if message else None,
                ephemeral=bool(message and message.ephemeral_to),
                thread_ts=message.thread_ts if message else None,
            )
        return f"{self.state.address}/response/{ticket.key}"

    def _escaped(self, text: str, *, with_names: bool) -> str:
        """What a person typed, as Slack sends it: & < > escaped, people, channels and links in brackets."""
        return _escape(self.state, text, with_names=with_names)


def channel_json(channel: Channel) -> Json:
    """The channel of an interaction, by the name that Slack shows a bot there."""
    return {"id": channel.id, "name": shown_name(channel)}


def shown_name(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def action_ts(state: State) -> str:
    return f"{state.clock().timestamp():.6f}"


def client_id() -> str:
    return secrets.token_hex(16)


def _escape(state: State, text: str, *, with_names: bool) -> str:
    people: dict[str, User] = {}
    for user in state.users.values():
        for name in (user.name, user.real_name):
            people.setdefault(name, user)
    channels = {channel.name: channel for channel in state.channels.values() if not channel.is_im}

    def any_of(names: Any) -> str:
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"

    special = re.compile(
        rf"(?P<url>https?://[^\s<>]+)|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
        rf"|@(?P<person>{any_of(people)})(?![A-Za-z0-9_])|\#(?P<channel>{any_of(channels)})(?![A-Za-z0-9_-])"
    )

    def bracket(found: re.Match[str]) -> str:
        if url := found["url"]:
            return f"<{_plain(url)}>"
        if mail := found["mail"]:
            return f"<mailto:{mail}|{mail}>"
        if name := found["person"]:
            user = people[name]
            return f"<@{user.id}|{user.name}>" if with_names else f"<@{user.id}>"
        channel = channels[found["channel"]]
        return f"<#{channel.id}|{channel.name if with_names else ''}>"

    parts, at = [], 0
    for found in special.finditer(text):
        parts += [_plain(text[at : found.start()]), bracket(found)]
        at = found.end()
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
