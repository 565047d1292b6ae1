"""What a notice is turned into before it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.charts import Picture
from bot.domain.files import SharedFile
from bot.store import Session
from bot.views.blocks import Message


@dataclass(frozen=True)
class Reader:
    """For whom a notice is written: where it goes, and the language and clock it is read by.

    `address` is what chat.postMessage takes: a Slack channel, or the Slack id of a person.
    """

    address: str
    is_person: bool
    locale: str
    zone: ZoneInfo
    now: datetime


@dataclass(frozen=True)
class Copy:
    """What goes by an address that Slack gave for an answer, where the bot itself may not post."""

    url: str
    message: Message


@dataclass(frozen=True)
class Said:
    """A message that says the notices `covers`; `outdated` ones of its claim have nothing left to say."""

    message: Message
    covers: tuple[int, ...]
    outdated: tuple[int, ...] = ()
    thread_ts: str | None = None
    """The message that it replies to."""
    draw: Callable[[], Picture | None] | None = None
    """The picture that stands in it, made outside any transaction; None where it cannot be drawn."""
    copy: Copy | None = None


@dataclass(frozen=True)
class Edited:
    """What takes the place of a message that stands in a channel."""

    message: Message
    channel: str
    ts: str
    draw: Callable[[], Picture | None] | None = None


@dataclass(frozen=True)
class Fetched:
    """What Slack has and what is kept of it, before anything is said of it; then it is rendered again.

    `gather` asks Slack, outside any transaction; `keep` writes down what it found, or Slack's refusal, for
    the person who asked for it.
    """

    gather: Callable[[Any], Any]
    keep: Callable[[Session, Any, str | None], None]
    person_id: int


@dataclass(frozen=True)
class Drawn:
    """A picture or file to share, made outside any transaction; `draw` gives None where there is none."""

    draw: Callable[[], Picture | SharedFile | None]
    filename: str


@dataclass(frozen=True)
class Called:
    """One call that says nothing by itself: a channel made, people invited, a topic set.

    Done twice it is the same, or Slack says so. `done` writes down what Slack answered; `refused` what
    follows from Slack's error, and whether that was foreseen.
    """

    method: str
    channel: str | None
    send: Callable[[WebClient], SlackResponse]
    done: Callable[[Session, dict[str, Any]], None]
    refused: Callable[[Session, str], bool]


@dataclass(frozen=True)
class Later:
    """Nothing now: it waits until then, or goes to another recipient at once."""

    until: datetime
    to: str | None = None
    untold: bool = False
    """Nobody need hear that it waited."""


@dataclass(frozen=True)
class Apart:
    """Too few are left for one message: the outdated end, the others are sent one by one."""

    outdated: tuple[int, ...]


Rendered = Said | Edited | Fetched | Drawn | Called | Later | Apart | None
"""None: nothing is left to say."""
