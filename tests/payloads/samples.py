"""The smallest payloads that Slack takes, for the tests to bend."""

from collections.abc import Mapping
from typing import Any

Payload = dict[str, Any]


def plain(text: str = "Text", **more: Any) -> Payload:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "*Text*", **more: Any) -> Payload:
    return {"type": "mrkdwn", "text": text, **more}


def option(value: str = "a", text: str = "A", **more: Any) -> Payload:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Payload]:
    return [option(str(number)) for number in range(count)]


def group(count: int = 1, label: str = "Group") -> Payload:
    return {"label": plain(label), "options": options(count)}


def button(**more: Any) -> Payload:
    return {"type": "button", "text": plain("Open"), "action_id": "open", **more}


def select(**more: Any) -> Payload:
    return {"type": "static_select", "action_id": "stage", "options": options(2), **more}


def external(**more: Any) -> Payload:
    return {"type": "external_select", "action_id": "customer", **more}


def typed(**more: Any) -> Payload:
    return {"type": "plain_text_input", "action_id": "name", **more}


def confirm(**more: Any) -> Payload:
    words = {"title": "Sure?", "text": "It is gone then.", "confirm": "Delete", "deny": "Keep"}
    return {name: plain(text) for name, text in words.items()} | more


def section(**more: Any) -> Payload:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Payload) -> Payload:
    return {"type": "actions", "elements": list(elements)}


def image(**more: Any) -> Payload:
    return {
        "type": "image",
        "image_url": "https://example.com/chart.png",
        "alt_text": "Pipeline: 3 deals",
        **more,
    }


def asked(element: Payload | None = None, **more: Any) -> Payload:
    return {
        "type": "input",
        "block_id": "name",
        "label": plain("Name"),
        "element": element or typed(),
        **more,
    }


def message(*blocks: Payload, **more: Any) -> Payload:
    return {"text": "Fallback", "blocks": list(blocks), **more}


def modal(*blocks: Payload, **more: Any) -> Payload:
    content = list(blocks) or [asked()]
    return {"type": "modal", "title": plain("New deal"), "submit": plain("Save"), "blocks": content, **more}


def home(*blocks: Payload, **more: Any) -> Payload:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def blocks(count: int) -> list[Payload]:
    return [{"type": "divider"} for _ in range(count)]


def table(rows: int = 2, cells: int = 2) -> Payload:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "1"}] * cells] * rows}


def without(payload: Mapping[str, Any], *names: str) -> Payload:
    return {name: value for name, value in payload.items() if name not in names}


_PERSON = {"api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"}}
_VIEW = modal() | {
    "id": "V1",
    "hash": "1.a",
    "callback_id": "c",
    "private_metadata": "",
    "state": {"values": {}},
}
_COMMAND = (
    *("team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text"),
    *("api_app_id", "response_url", "trigger_id"),
)

DELIVERIES: Mapping[str, Payload] = {
    "slash_commands": dict.fromkeys(_COMMAND, "x"),
    "view_submission": {"type": "view_submission", "trigger_id": "1.2.a", "view": _VIEW, **_PERSON},
    "view_closed": {"type": "view_closed", "is_cleared": False, "view": _VIEW, **_PERSON},
    "block_actions": {
        "type": "block_actions",
        "trigger_id": "1.2.a",
        "container": {"type": "message"},
        "actions": [{"type": "button", "action_id": "open", "block_id": "b", "action_ts": "1.2"}],
        **_PERSON,
    },
    "block_suggestion": {
        "type": "block_suggestion",
        "action_id": "customer",
        "block_id": "b",
        "value": "ac",
        "container": {"type": "view"},
        **_PERSON,
    },
    "shortcut": {
        "type": "shortcut",
        "callback_id": "new_deal",
        "trigger_id": "1.2.a",
        "action_ts": "1.2",
        **_PERSON,
    },
    "message_action": {
        "type": "message_action",
        "callback_id": "log",
        "trigger_id": "1.2.a",
        "action_ts": "1.2",
        "response_url": "https://example.com/r",
        "channel": {"id": "C1"},
        "message": {"ts": "1503435956.000247", "text": "Hi"},
        **_PERSON,
    },
    "event_callback": {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event": {"type": "app_home_opened"},
        "event_id": "Ev1",
        "event_time": 1503435956,
    },
    "url_verification": {"type": "url_verification", "challenge": "abc"},
}


POST: Payload = {"channel": "C1", **message(section())}
