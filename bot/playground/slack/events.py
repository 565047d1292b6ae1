"""The Events API: what the bot hears of what people do."""

import html
import mimetypes
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.desk import Desk, action_ts, client_id
from bot.playground.slack.people import Team, User
from bot.playground.slack.state import APP_ID, random_id
from bot.playground.slack.talk import Channel, File, Json, Message

_LINK = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
_LATER = (timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True)
class Said:
    """A person's message, and what the bot was told of it."""

    message: Message
    deliveries: list[Delivery]


class Events(Desk):
    """Speaking, opening the home tab, changing a profile, removing the app."""

    def __init__(self) -> None:
        self.unfurl_domains: set[str] = set()
        """The domains that the app registered: links to them are told."""
        self._retries: list[tuple[datetime, Delivery, Delivery]] = []
        self._retry_lock = threading.Lock()

    def event(self, event: Json, *, team: Team | None = None, user: str | None = None) -> Delivery:
        """Send any event.

        One that is not answered with 200 comes again at once, 1 and 5 minutes later by this Slack's clock;
        `.retries` of the returned delivery has them.
        """
        team = team or next(iter(self.state.teams.values()))
        payload = {
            "token": "pretend-verification-token",
            "team_id": team.id,
            "context_team_id": team.id,
            "api_app_id": APP_ID,
            "event": {"event_ts": action_ts(self.state), **event},
            "type": "event_callback",
            "event_id": random_id("Ev"),
            "event_time": self.state.seconds(),
            "is_ext_shared_channel": False,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": team.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }
        first = self._send(Delivery("event_callback", "events_api", payload, user))
        if _again(first):
            second = self._send(first.again(1))
            first.retries.append(second)
            if _again(second):
                now = self.state.clock()
                with self._retry_lock:
                    self._retries += [(now + wait, first, first.again(n)) for n, wait in enumerate(_LATER, 2)]
        return first

    def verify_url(self) -> Delivery:
        """Ask the bot to prove that the address is its own, as Slack does when it is entered."""
        payload = {
            "type": "url_verification",
            "token": "pretend-verification-token",
            "challenge": client_id(),
        }
        delivery = self._send(Delivery("url_verification", "events_api", payload))
        if delivery.ok and payload["challenge"] not in delivery.body:
            delivery.error = "challenge_failed"
        return delivery

    def retry_due(self) -> list[Delivery]:
        """Send the retries whose time has come; a retry that is answered ends its row."""
        now = self.state.clock()
        with self._retry_lock:
            due = [entry for entry in self._retries if entry[0] <= now]
            self._retries = [entry for entry in self._retries if entry[0] > now]
        sent = []
        for _, first, retry in due:
            if any(not _again(earlier) for earlier in first.retries):
                continue
            first.retries.append(self._send(retry))
            sent.append(retry)
        return sent

    def say(
        self,
        user: User | str,
        channel: Channel | str,
        text: str,
        *,
        thread_ts: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Said:
        """Say something in a channel, or to the bot in its direct messages; `files` are names and contents.

        The bot hears it as message where it is a member, and as app_mention too where it is mentioned.
        """
        person, place = self.state.user(user), self.state.channel(channel)
        sent = self._escaped(text, with_names=False)
        with self.state.lock:
            message = Message(
                person.team, place.id, self.state.next_ts(), person.id, sent, thread_ts=thread_ts
            )
            if thread_ts and (parent := place.message(thread_ts)) and parent.thread_ts is None:
                parent.thread_ts = thread_ts
            message.files = [self._file(person, place, name, content) for name, content in files]
            self.state.post(message)
        team = self.state.teams[person.team]
        event: Json = {
            "user": person.id,
            "text": sent,
            "ts": message.ts,
            "event_ts": message.ts,
            "channel": place.id,
            "team": team.id,
            "client_msg_id": client_id(),
            **({"thread_ts": thread_ts} if thread_ts else {}),
        }
        if message.files:
            event |= {"subtype": "file_share", "files": [file.payload() for file in message.files]}
        told = self._shared(person, place, message)
        if place.is_im or team.bot_user in place.members:
            where = "im" if place.is_im else "group" if place.is_private else "channel"
            heard = {"type": "message", **event, "channel_type": where}
            told.append(self.event(heard, team=team, user=person.id))
        if not place.is_im and f"<@{team.bot_user}>" in sent and team.bot_user in place.members:
            told.append(self.event({"type": "app_mention", **event}, team=team, user=person.id))
        return Said(message, told)

    def _shared(self, person: User, place: Channel, message: Message) -> list[Delivery]:
        """Tell of the links to the app's own domains, as Slack does wherever they are posted."""
        urls = [html.unescape(url) for url in _LINK.findall(message.text)]
        links = [
            {"url": url, "domain": urlsplit(url).netloc}
            for url in dict.fromkeys(urls)
            if urlsplit(url).netloc in self.unfurl_domains
        ]
        if not links:
            return []
        team = self.state.teams[person.team]
        event: Json = {
            "type": "link_shared",
            "user": person.id,
            "channel": place.id,
            "message_ts": message.ts,
            "links": links,
            "unfurl_id": f"{place.id}.{message.ts}.{client_id()}",
            "source": "conversations_history",
            "is_bot_user_member": team.bot_user in place.members,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        }
        return [self.event(event, team=team, user=person.id)]

    def react(self, user: User | str, message: Message, emoji: str) -> Delivery | None:
        """Put a reaction on a message; the bot hears of it where it is a member."""
        person = self.state.user(user)
        with self.state.lock:
            who = message.reactions.setdefault(emoji, [])
            if person.id in who:
                return None
            who.append(person.id)
            self.state.noted(message)
        return self._reacted("reaction_added", person, message, emoji)

    def unreact(self, user: User | str, message: Message, emoji: str) -> Delivery | None:
        """Take one's reaction back."""
        person = self.state.user(user)
        with self.state.lock:
            if person.id not in message.reactions.get(emoji, ()):
                return None
            message.reactions[emoji].remove(person.id)
            if not message.reactions[emoji]:
                del message.reactions[emoji]
            self.state.noted(message)
        return self._reacted("reaction_removed", person, message, emoji)

    def _reacted(self, kind: str, person: User, message: Message, emoji: str) -> Delivery | None:
        place, team = self.state.channel(message.channel), self.state.teams[person.team]
        if team.bot_user not in place.members:
            return None
        event: Json = {
            "type": kind,
            "user": person.id,
            "reaction": emoji,
            "item_user": message.user,
            "item": {"type": "message", "channel": place.id, "ts": message.ts},
        }
        return self.event(event, team=team, user=person.id)

    def upload(self, user: User | str, name: str, content: bytes) -> File:
        """A file that a person gives to a form: nobody else sees it until it is shared."""
        with self.state.lock:
            return self._file(self.state.user(user), None, name, content)

    def _file(self, person: User, place: Channel | None, name: str, content: bytes) -> File:
        """A file that a person shares where they speak."""
        file_id, address = self.state.new_id("F"), self.state.address
        file = File(
            file_id,
            person.team,
            name,
            name,
            person.id,
            self.state.seconds(),
            f"{address}/files-pri/{person.team}-{file_id}/{quote(name)}",
            content=content,
            mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
            uploaded=True,
            complete=True,
            channels=[place.id] if place else [],
        )
        self.state.files[file_id] = file
        return file

    def open_home(self, user: User | str, *, tab: str = "home") -> Delivery:
        """Open the bot's home (or messages) tab."""
        person = self.state.user(user)
        home = self.state.homes.get(person.id)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.state.direct(person).id,
            "tab": tab,
            **({"view": home.payload()} if home and tab == "home" else {}),
        }
        return self.event(event, team=self.state.teams[person.team], user=person.id)

    def change_user(self, user: User | str, **fields: Any) -> Delivery:
        """Change a profile (locale, tz, real_name, is_admin, deleted); the event carries no locale."""
        person = self.state.user(user)
        with self.state.lock:
            for name, value in fields.items():
                if not hasattr(person, name):
                    raise TypeError(f"a user has no {name}")
                setattr(person, name, value)
            person.updated = self.state.seconds()
            self.state.changes.note("user", user=person.id)
        event = {
            "type": "user_change",
            "user": person.payload(self.state.clock()),
            "cache_ts": self.state.seconds(),
        }
        return self.event(event, team=self.state.teams[person.team], user=person.id)

    def uninstall(self, team: Team | str | None = None) -> Delivery:
        """Remove the app from a team: its token dies, and the bot hears app_uninstalled."""
        found = self.state.teams[team] if isinstance(team, str) else team
        found = found or next(iter(self.state.teams.values()))
        found.token = None
        return self.event({"type": "app_uninstalled"}, team=found)


def _again(delivery: Delivery) -> bool:
    return delivery.error is not None and delivery.headers.get("x-slack-no-retry") != "1"
