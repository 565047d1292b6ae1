"""What Slack delivers, told apart.

Its kind, its name, its team and person, and the keys that make it happen once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.handlers.payloads import misshapen
from bot.language import split_verb

log = structlog.get_logger(__name__)

SHORT_COMMANDS = ("deal", "customer", "lead", "task", "quote", "log", "forecast")
"""The verbs that have a command of their own beside `/crm VERB`."""

_KINDS = {
    "block_actions": "action",
    "view_submission": "view",
    "view_closed": "closed",
    "block_suggestion": "options",
    "shortcut": "global_shortcut",
    "message_action": "message_shortcut",
    "event_callback": "event",
}


@dataclass(frozen=True)
class Delivery:
    """One thing that came in."""

    kind: str
    name: str
    body: dict[str, Any]
    team_id: str
    team_name: str
    user_id: str
    keys: tuple[str, ...]
    """What identifies it, so that it is done once."""


def read_delivery(body: Mapping[str, Any]) -> Delivery | None:
    """Tell a payload apart; None for a kind or a shape that Dealdesk does not know."""
    payload = _storable(dict(body))
    if places := misshapen(payload):
        log.warning("payload_misshapen", at=places[:5])
        return None
    kind = "command" if "command" in payload else _KINDS.get(str(payload.get("type")), "")
    if not kind:
        return None
    if kind == "command":
        name = _read_command(payload)
    elif kind in ("action", "options"):
        actions = payload.get("actions") or [{}]
        name = str((actions[0] if kind == "action" else payload).get("action_id") or "")
    elif kind in ("view", "closed"):
        name = str((payload.get("view") or {}).get("callback_id") or "")
    elif kind == "event":
        name = str((payload.get("event") or {}).get("type") or "")
    else:
        name = str(payload.get("callback_id") or "")
    team = payload.get("team") or {}
    user = payload.get("user") or {}
    event_user = (payload.get("event") or {}).get("user")
    return Delivery(
        kind=kind,
        name=name,
        body=payload,
        team_id=str(
            payload.get("team_id")
            or team.get("id")
            or (user if isinstance(user, dict) else {}).get("team_id")
            or ""
        ),
        team_name=str(payload.get("team_domain") or team.get("domain") or "Slack"),
        user_id=str(payload.get("user_id") or _id_of(user) or _id_of(event_user) or ""),
        keys=tuple(_keys(kind, payload)),
    )


def _storable(value: Any) -> Any:
    """The payload without what no database keeps: NUL, and halves of surrogate pairs."""
    match value:
        case str():
            if value.isascii():
                return value.replace("\0", "") if "\0" in value else value
            return value.replace("\0", "").encode("utf-8", "replace").decode()
        case dict():
            return {key: _storable(each) for key, each in value.items()}
        case list():
            return [_storable(each) for each in value]
    return value


def _id_of(user: Any) -> str | None:
    return user.get("id") if isinstance(user, dict) else user


def _read_command(payload: dict[str, Any]) -> str:
    """The verb of a command; the payload's text becomes what follows it. "other" where there is none."""
    command = str(payload["command"]).removeprefix("/").lower()
    text = str(payload.get("text") or "").strip()
    if command in SHORT_COMMANDS:
        return command
    if not text:
        return "day"
    verb, rest = split_verb(text)
    if verb:
        payload["text"] = rest
    return verb or "other"


def _keys(kind: str, payload: dict[str, Any]) -> list[str]:
    keys = []
    if kind == "event":
        keys.append(f"event:{payload.get('event_id')}")
    elif payload.get("trigger_id"):
        keys.append(f"trigger:{payload['trigger_id']}")
    if kind == "action" and (asked := _question(payload)):
        keys.append(f"asked:{asked}")
    view = payload.get("view") or {}
    if kind == "view" and view.get("hash"):
        keys.append(f"view:{view.get('id')}:{view['hash']}")
    return keys


def _question(payload: dict[str, Any]) -> str | None:
    """Which question about a line a press answers: it is answered once."""
    action = (payload.get("actions") or [{}])[0]
    if action.get("action_id", "").split("#")[0] != "line.choose":
        return None
    try:
        asked = json.loads(action.get("value") or "{}").get("asked")
    except (ValueError, AttributeError):
        return None
    return asked if isinstance(asked, str) and 8 <= len(asked) <= 32 and asked.isalnum() else None
