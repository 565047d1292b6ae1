"""The interaction: one command, press, form, search, shortcut or event, as the handlers see it."""

import json
import re
from collections.abc import Callable, Container, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.typed import LITERAL
from bot.handlers.hints import Hints, read_element, read_hints
from bot.i18n import Translate, language_of, translator
from bot.store import Session

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")

_ADDRESS = re.compile(
    r"<(?:(?:https?://|tel:|mailto:)[^<>|]*\|([^<>|]+)|(https?://[^<>|]+)|(?:tel|mailto):([^<>|]+))>"
)
"""An address as Slack marks it in a command's text; what was typed is its label, else itself."""


class Interaction:
    """What came in, who did it, when; with the session of its one transaction."""

    def __init__(
        self,
        kind: str,
        name: str,
        payload: dict[str, Any],
        actor: Actor,
        open_session: Callable[[], Session],
        now: datetime,
        public_url: str | None = None,
    ) -> None:
        self.kind, self.name, self.payload = kind, name, payload
        self.actor, self.now = actor, now
        self.public_url = public_url
        """Where the world reaches the bot; None where nobody said."""
        self._open_session = open_session
        self.text = typed_command(payload.get("text") or "") if kind == "command" else ""
        """A command's words after its verb."""
        self.choices: Mapping[str, Any] = {}
        """What the person chose by button where the words were open to more than one reading."""

    @cached_property
    def session(self) -> Session:
        """The one session; opened when it is first asked for, since help asks the database nothing."""
        return self._open_session()

    @property
    def _(self) -> Translate:
        """Messages in the person's language."""
        return translator(self.actor.locale)

    @property
    def language(self) -> str:
        """en or zh."""
        return language_of(self.actor.locale)

    @property
    def local_now(self) -> datetime:
        """The moment in the person's zone."""
        return self.now.astimezone(ZoneInfo(self.actor.zone))

    @property
    def today(self) -> date:
        """The day in the person's zone."""
        return self.local_now.date()

    @property
    def changeset(self) -> str:
        """The name of this transaction's changes: what an Undo button takes back."""
        return str(self.session.info["changeset"])

    @property
    def channel(self) -> str | None:
        """The Slack channel that it happened in."""
        channel = self.payload.get("channel")
        found = channel.get("id") if isinstance(channel, dict) else self.payload.get("channel_id")
        return found or self.metadata.get("channel") or self._event.get("channel")

    @property
    def thread(self) -> str | None:
        """The thread that an event happened in; none where its message began one, since Slack would not show
        an ephemeral answer there.
        """
        return self._event.get("thread_ts")

    @property
    def _event(self) -> dict[str, Any]:
        return dict(self.payload.get("event") or {})

    @property
    def action(self) -> dict[str, Any]:
        """The element that was pressed or chosen."""
        actions = self.payload.get("actions") or [{}]
        return dict(actions[0])

    @property
    def value(self) -> Hints:
        """The pressed button's values; a select's choice is under `chosen`."""
        chosen = (self.action.get("selected_option") or {}).get("value")
        values = read_hints(self.action.get("value") or chosen)
        if chosen is not None:
            values["chosen"] = chosen
        for key in (
            "selected_date",
            "selected_date_time",
            "selected_user",
            "selected_conversation",
            "selected_time",
        ):
            if self.action.get(key) is not None:
                values["chosen"] = self.action[key]
        return values

    @property
    def metadata(self) -> Hints:
        """The form's ids and versions: hints, never proof."""
        return read_hints((self.payload.get("view") or {}).get("private_metadata"))

    @property
    def form(self) -> Hints:
        """The form's values by field: text as typed, choices as their values, nothing as None."""
        state = ((self.payload.get("view") or {}).get("state") or self.payload.get("state") or {}).get(
            "values"
        ) or {}
        return Hints(
            (field, read_element(field, element))
            for field, elements in state.items()
            for element in elements.values()
        )

    @property
    def reply_url(self) -> str | None:
        """Where a message for this person alone goes; a form remembers the place that it was opened from."""
        return self.payload.get("response_url") or self.metadata.get("reply_url")

    def reply_url_of(self, channel: str) -> str | None:
        """Where Slack takes an answer for a channel that was chosen in the form."""
        chosen = [
            each for each in self.payload.get("response_urls") or [] if each.get("channel_id") == channel
        ]
        return chosen[0].get("response_url") if chosen else None

    def with_reply(self, view: dict[str, Any]) -> dict[str, Any]:
        """The form, remembering where its answer goes."""
        places = {
            "channel": self.channel,
            "reply_url": self.reply_url,
            "home": self.in_home,
            "beneath": self.beneath,
        }
        metadata = read_hints(view.get("private_metadata")) | {
            key: each for key, each in places.items() if each
        }
        return view | {"private_metadata": json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))}

    @property
    def beneath(self) -> list[Any] | None:
        """Customer and tab of the full view in which was pressed: it stands below the form that opens."""
        if (self.payload.get("view") or {}).get("callback_id") != "customer.overview":
            return None
        return [self.metadata.get("customer"), self.metadata.get("tab")]

    @property
    def in_modal(self) -> bool:
        """True when it happened inside an open form."""
        return (self.payload.get("view") or {}).get("type") == "modal"

    @property
    def in_home(self) -> bool:
        """True when it happened on the Home tab, or in a form opened there."""
        return (self.payload.get("view") or {}).get("type") == "home" or bool(self.metadata.get("home"))


def typed_command(raw: str) -> str:
    """A command's text as it was typed.

    Addresses and entities undone, and what only looks like a mention marked as text.
    """
    raw = _ADDRESS.sub(lambda address: address[1] or address[2] or address[3], raw)
    text = raw.replace(LITERAL, "").replace("&lt;@", "<" + LITERAL + "@")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def without_mentions(raw: str, users: Container[str]) -> str:
    """A command's text in which the mentions of these users are only text."""
    return MENTION.sub(lambda said: f"&lt;{said[0][1:-1]}&gt;" if said[1] in users else said[0], raw)


def mentioned(payload: dict[str, Any]) -> set[str]:
    """The Slack users that a command's text or a form's choices name."""
    users = {match[0] for match in MENTION.findall(payload.get("text") or "")}
    state = ((payload.get("view") or {}).get("state") or {}).get("values") or {}
    for elements in state.values():
        for element in elements.values():
            users.update(filter(None, [element.get("selected_user"), *(element.get("selected_users") or [])]))
    return users | {
        action["selected_user"] for action in payload.get("actions") or [] if action.get("selected_user")
    }
