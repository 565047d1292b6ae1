"""Looking for a message that an earlier try may have sent: by its metadata, or by the file it shares."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.jobs.calls import Limited, Refused, Slack
from bot.jobs.words import Reader

T = TypeVar("T")

EVENT_TYPE = "dealdesk_notice"
"""The type of the metadata that every unasked message carries."""

_PAGES = 5
_PAGE = 200


@dataclass(frozen=True)
class Found:
    """A message that says notices: those it names in its metadata."""

    slack_channel: str
    ts: str
    notices: frozenset[int]


def open_channel(slack: Slack, reader: Reader) -> str:
    """The channel of the direct messages with a person."""
    answer = slack.call("conversations.open", lambda client: client.conversations_open(users=reader.address))
    return str(answer["channel"]["id"])


def find_sent(slack: Slack, reader: Reader, notice_ids: Collection[int]) -> Found | None:
    """The message that says one of the notices; None where there is none, or where no scope lets us look."""
    try:
        channel = open_channel(slack, reader) if reader.is_person else reader.address
    except Refused:
        return None

    def says(message: dict[str, Any]) -> Found | None:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") != EVENT_TYPE:
            return None
        payload = metadata.get("event_payload") or {}
        named = frozenset([payload.get("notice"), *payload.get("notices", [])])
        return Found(channel, str(message["ts"]), named) if named & set(notice_ids) else None

    return _look(slack, channel, says)


def find_file(slack: Slack, channel: str, file_id: str) -> str | None:
    """The ts of the message that shares the file, as far as we may look."""

    def shares(message: dict[str, Any]) -> str | None:
        files = message.get("files") or []
        return str(message["ts"]) if any(file.get("id") == file_id for file in files) else None

    return _look(slack, channel, shares)


def _page(client: WebClient, *, channel: str, cursor: str | None) -> SlackResponse:
    return client.conversations_history(
        channel=channel, limit=_PAGE, include_all_metadata=True, cursor=cursor
    )


def _look(slack: Slack, channel: str, fits: Callable[[dict[str, Any]], T | None]) -> T | None:
    """The newest message that fits. Slack's clock is not ours, so the pages are bounded and not the time."""
    cursor: str | None = None
    for page in range(_PAGES):
        try:
            answer = slack.call("conversations.history", partial(_page, channel=channel, cursor=cursor))
        except Refused:
            return None
        except Limited:
            # Apps outside the Marketplace get one short page a minute: the newest one has to do.
            if page:
                return None
            raise
        for message in answer.get("messages") or []:
            if (found := fits(message)) is not None:
                return found
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    return None
