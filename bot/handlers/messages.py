"""Messages of people, as shortcuts bring them: their words, their moment, their address."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.handlers.interaction import Interaction, typed_command
from bot.services.activities import Attached
from bot.store.people import find_slack_person
from bot.views.text import plain

_LINK = re.compile(r"<(?:https?|mailto):[^|>]*\|([^>]*)>|<((?:https?|mailto):[^>]*)>|<!(\w+)[^>]*>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")


def moment_of(ts: str | None) -> datetime | None:
    """When a message was said; None for what is no timestamp of Slack's."""
    try:
        return datetime.fromtimestamp(float(ts or ""), UTC)
    except (ValueError, OverflowError):
        return None


def message_text(interaction: Interaction) -> str:
    """A message's text as one reads it: names in place of mentions, links by their words."""
    raw = str((interaction.payload.get("message") or {}).get("text") or "")

    def name(mention: re.Match[str]) -> str:
        person = find_slack_person(interaction.session, mention[1])
        return "@" + (person.name if person else mention[2] or mention[1])

    linked = _LINK.sub(lambda link: link[1] or link[2] or f"@{link[3]}", _USER.sub(name, raw))
    return plain(typed_command(linked))


def permalink(payload: Mapping[str, Any]) -> str | None:
    """The address of the message that a shortcut was chosen on, as Slack makes it."""
    domain = (payload.get("team") or {}).get("domain")
    channel = (payload.get("channel") or {}).get("id")
    message = payload.get("message") or {}
    if not (domain and channel and message.get("ts")):
        return None
    address = f"https://{domain}.slack.com/archives/{channel}/p{str(message['ts']).replace('.', '')}"
    thread = message.get("thread_ts")
    return f"{address}?thread_ts={thread}&cid={channel}" if thread and thread != message["ts"] else address


_MOST_FILES, _LONGEST_FILES = 5, 1800
_ADDRESS = re.compile(r"https?://[^\s|<>]{1,500}")


def files_of(message: Mapping[str, Any]) -> list[dict[str, str]]:
    """A message's first files as a form remembers them: id, name and where Slack shows each."""
    found: list[dict[str, str]] = []
    for file in list(message.get("files") or [])[:_MOST_FILES]:
        kept = {key: str(file.get(name) or "") for key, name in _FILE_KEYS.items()}
        if kept["id"] and kept["at"] and len(str([*found, kept])) <= _LONGEST_FILES:
            found.append(kept)
    return found


_FILE_KEYS = {"id": "id", "name": "name", "at": "permalink"}


def attached(remembered: Any) -> list[Attached]:
    """The files that a form remembered; what is none is left out."""
    files = remembered if isinstance(remembered, list) else []
    return [
        Attached(str(file["id"])[:40], str(file.get("name") or file["id"])[:255], file["at"])
        for file in files[:_MOST_FILES]
        if isinstance(file, dict)
        and file.get("id")
        and isinstance(file.get("at"), str)
        and _ADDRESS.fullmatch(file["at"])
    ]


def uploaded(files: Any) -> list[Attached]:
    """The files that a form was given."""
    given = [each for each in files if isinstance(each, dict)] if isinstance(files, list) else []
    return attached([{key: each.get(name) for key, name in _FILE_KEYS.items()} for each in given])


def reply_count(message: Mapping[str, Any]) -> int:
    """How many replies a message has; a reply itself has none."""
    count = message.get("reply_count")
    return count if isinstance(count, int) and 0 < count < 10_000 else 0


def thread_of(payload: Mapping[str, Any]) -> str | None:
    """Where the thread of a message is: channel and moment."""
    channel, ts = (payload.get("channel") or {}).get("id"), (payload.get("message") or {}).get("ts")
    return f"{channel}:{ts}" if channel and ts else None
