"""The one door of this package: problems of messages, views, acknowledgements, calls and whole journals.

Each function returns sentences, none where Slack's reference has nothing to object to.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.payloads.acks import (
    ACKS,
    problems_of_ack,
    problems_of_delivery,
    problems_of_response,
)
from tests.payloads.calls import problems_of_call
from tests.payloads.surfaces import Json, problems_of_message, problems_of_view

__all__ = [
    "problems_of_ack",
    "problems_of_call",
    "problems_of_delivery",
    "problems_of_journal",
    "problems_of_message",
    "problems_of_response",
    "problems_of_view",
]

_PROPERTIES = ("at", "direction", "kind", "body", "status", "answer")
# Slack interprets the answer to a delivery only where it was accepted; Socket Mode has no status.
_ACCEPTED = (200, None)
# Requests of the bot that are no Web API calls.
_RESPONSES = frozenset({"response_url"})
_UPLOADS = frozenset({"upload", "upload_url"})


def problems_of_journal(path: str | Path) -> list[str]:
    """Every problem of a recorded journal, each with the number and kind of its line."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    if not lines:
        return ["the journal is empty"]
    return [
        f"line {number}: {problem}"
        for number, line in enumerate(lines, 1)
        for problem in _problems_of_line(line)
    ]


def _problems_of_line(line: str) -> list[str]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return [f"not JSON: {error}"]
    if not isinstance(record, Mapping):
        return ["not an object"]
    missing = [f"{name} is missing" for name in _PROPERTIES if name not in record]
    if missing:
        return missing
    problems = [*_problems_of_instant(record["at"]), *_problems_of_crossing(record)]
    return [f"{record['direction']} {record['kind']}: {problem}" for problem in problems]


def _problems_of_instant(at: Any) -> list[str]:
    try:
        aware = datetime.fromisoformat(at).tzinfo is not None
    except (TypeError, ValueError):
        aware = False
    return [] if aware else [f"at: {at!r} is not an instant with its zone"]


def _problems_of_crossing(record: Json) -> list[str]:
    match record["direction"]:
        case "in":
            return _problems_of_incoming(record)
        case "out":
            return _problems_of_outgoing(record["kind"], record["body"] or {})
        case other:
            return [f"direction: {other!r} is neither in nor out"]


def _problems_of_incoming(record: Json) -> list[str]:
    body, answer = _unwrapped(record["body"]), record["answer"]
    if record["status"] not in _ACCEPTED:
        return []
    if not isinstance(body, Mapping):
        return ["body: accepted, but no object"]
    if isinstance(answer, Mapping) and "envelope_id" in answer:
        answer = answer.get("payload")
    kind = _kind_of(body, record["kind"])
    return [
        *problems_of_delivery(kind, body),
        *(f"answer: {problem}" for problem in problems_of_ack(kind, answer, body.get("view"))),
    ]


def _problems_of_outgoing(kind: str, body: Any) -> list[str]:
    if kind in _UPLOADS:
        return []
    if not isinstance(body, Mapping):
        return ["body: no object"]
    return problems_of_response(body) if kind in _RESPONSES else problems_of_call(kind, body)


def _unwrapped(body: Any) -> Any:
    """The payload itself: Socket Mode puts it in an envelope, HTTP interactivity in a form field."""
    if isinstance(body, Mapping) and isinstance(body.get("payload"), str | Mapping):
        payload = body["payload"]
        return json.loads(payload) if isinstance(payload, str) else payload
    return body


def _kind_of(body: Json, recorded: str) -> str:
    """The body says what it is; the recorded kind may be an event's own type."""
    if "command" in body:
        return "slash_commands"
    return body["type"] if body.get("type") in ACKS else recorded
