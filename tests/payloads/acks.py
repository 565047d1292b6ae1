"""What the bot may answer to each kind of delivery, and what each delivery holds.

docs.slack.dev/reference/interaction-payloads, docs.slack.dev/interactivity/implementing-slash-commands,
docs.slack.dev/surfaces/modals
"""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from tests.payloads.objects import Choices
from tests.payloads.shapes import Identifier, Shape, problems_in
from tests.payloads.surfaces import Json, problems_of_message, problems_of_view

_MESSAGE_PROPERTIES = frozenset({"text", "blocks", "attachments", "response_type", "mrkdwn"})
_RESPONSE_PROPERTIES = _MESSAGE_PROPERTIES | {
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "metadata",
}


class Errors(Shape):
    response_action: Literal["errors"]
    errors: Annotated[dict[Identifier, Annotated[str, Field(min_length=1)]], Field(min_length=1)]


class Clear(Shape):
    response_action: Literal["clear"]


class Show(Shape):
    response_action: Literal["update", "push"]
    view: dict[str, Any]


_SUBMISSION_ANSWER: TypeAdapter[Any] = TypeAdapter(
    Annotated[Errors | Clear | Show, Field(discriminator="response_action")]
)
_CHOICES: TypeAdapter[Choices] = TypeAdapter(Choices)


def _shape_problems(shape: TypeAdapter[Any], body: Any) -> list[str]:
    try:
        shape.validate_python(body)
    except ValidationError as error:
        return problems_in(error)
    return []


def _message(body: Json, properties: frozenset[str]) -> list[str]:
    unknown = [f"{name}: not a property of this message" for name in sorted(set(body) - properties)]
    audience = body.get("response_type", "ephemeral")
    if audience not in {"ephemeral", "in_channel"}:
        unknown.append(f"response_type: {audience!r} is neither ephemeral nor in_channel")
    return unknown + problems_of_message(body)


def _command(body: Any, submitted: Json | None) -> list[str]:
    if not body:
        return []
    return _message({"text": body} if isinstance(body, str) else body, _MESSAGE_PROPERTIES)


def _submission(body: Any, submitted: Json | None) -> list[str]:
    if not body:
        return []
    problems = _shape_problems(_SUBMISSION_ANSWER, body)
    if problems:
        return problems
    if "view" in body:
        return [f"view.{problem}" for problem in problems_of_view(body["view"], "modal")]
    if submitted is None or "errors" not in body:
        return []
    inputs = {block.get("block_id") for block in submitted.get("blocks", []) if block.get("type") == "input"}
    return [f"errors: {key!r} is no input block of the view" for key in sorted(set(body["errors"]) - inputs)]


def _options(body: Any, submitted: Json | None) -> list[str]:
    return _shape_problems(_CHOICES, body)


def _nothing(body: Any, submitted: Json | None) -> list[str]:
    return [f"Slack reads nothing in this answer, got {body!r}"] if body else []


def _challenge(body: Any, submitted: Json | None) -> list[str]:
    given = isinstance(body, str) or (isinstance(body, Mapping) and "challenge" in body)
    return [] if body and given else ["the answer repeats the challenge"]


ACKS: Mapping[str, Callable[[Any, Json | None], list[str]]] = {
    "slash_commands": _command,
    "view_submission": _submission,
    "block_suggestion": _options,
    "url_verification": _challenge,
    "view_closed": _nothing,
    "block_actions": _nothing,
    "shortcut": _nothing,
    "message_action": _nothing,
    "event_callback": _nothing,
}

_INTERACTION = ("api_app_id", "team", "user.id")

# The properties that Slack promises with each delivery; a dot leads into an object, a number into a list.
DELIVERED: Mapping[str, tuple[str, ...]] = {
    "slash_commands": (
        *("team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text"),
        *("api_app_id", "response_url", "trigger_id"),
    ),
    "view_submission": (
        *(*_INTERACTION, "trigger_id", "view.id", "view.type", "view.hash", "view.blocks"),
        *("view.callback_id", "view.private_metadata", "view.state.values"),
    ),
    "view_closed": (*_INTERACTION, "view.id", "view.callback_id", "is_cleared"),
    "block_actions": (
        *(*_INTERACTION, "trigger_id", "container.type"),
        *("actions.0.type", "actions.0.action_id", "actions.0.block_id", "actions.0.action_ts"),
    ),
    "block_suggestion": (*_INTERACTION, "action_id", "block_id", "value", "container.type"),
    "shortcut": ("team", "user.id", "callback_id", "trigger_id", "action_ts"),
    "message_action": (
        *("team", "user.id", "callback_id", "trigger_id", "action_ts", "response_url"),
        *("channel.id", "message.ts"),
    ),
    "event_callback": ("team_id", "api_app_id", "event.type", "event_id", "event_time"),
    "url_verification": ("challenge",),
}


def _holds(value: Any, path: str) -> bool:
    for step in path.split("."):
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
        else:
            return False
    return True


def problems_of_ack(kind: str, ack_body: Any, submitted: Json | None = None) -> list[str]:
    """What Slack's reference objects to in the answer to a delivery of this kind.

    `ack_body` is what was answered (an object, plain text, JSON as text, or nothing); `submitted` is the view
    of a view_submission, whose input blocks the keys of `errors` must name.
    """
    if kind not in ACKS:
        return [f"{kind!r} is no kind of delivery"]
    return ACKS[kind](_read(ack_body), submitted)


def problems_of_delivery(kind: str, body: Json) -> list[str]:
    """The properties which Slack always sends with a delivery of this kind and which this one lacks."""
    return [f"{path} is missing" for path in DELIVERED.get(kind, ()) if not _holds(body, path)]


def problems_of_response(body: Json) -> list[str]:
    """What Slack's reference objects to in a message sent to a response_url."""
    if body.get("delete_original"):
        return []
    return _message(body, _RESPONSE_PROPERTIES)


def _read(body: Any) -> Any:
    if not isinstance(body, str) or not body.lstrip().startswith("{"):
        return body
    try:
        return json.loads(body)
    except json.JSONDecodeError:
        return body
