"""Block Kit from values: the few shapes that every view is built of, cut to Slack's limits."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.text import cut, plain

LONGEST_VALUE = 2000
"""Characters of a button's value that Slack takes."""

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A message: `text` says it without blocks, for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()

    def illustrated(self, file_id: str, alt: str) -> "Message":
        """The same with a picture below its first block."""
        return Message(self.text, (*self.blocks[:1], picture(file_id, alt), *self.blocks[1:]))

    def body(self) -> dict[str, Any]:
        """The arguments that Slack takes."""
        body: dict[str, Any] = {"text": cut(self.text, 3900)}
        return body | {"blocks": list(self.blocks[:50])} if self.blocks else body


def text_message(text: str, *actions: Block) -> Message:
    """A message of one section, with the next actions below it."""
    blocks = [section(text)] + ([action_row(*actions)] if actions else [])
    return Message(text, tuple(blocks))


def section(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph of mrkdwn; text from people must have passed `shown`."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, 3000) or " "}}
    if accessory:
        block["accessory"] = accessory
    if block_id:
        block["block_id"] = block_id
    return block


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """Label and value in two columns; at most ten pairs."""
    return {
        "type": "section",
        "fields": [
            {"type": "mrkdwn", "text": cut(f"*{label}*\n{value}", 2000)} for label, value in list(pairs)[:10]
        ],
    }


def header(text: str) -> Block:
    """A large line of plain text."""
    return {"type": "header", "text": plain_text(text, 150)}


def context(*texts: str) -> Block:
    """A small grey line."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut(text, 2000)} for text in texts[:10]],
    }


def picture(file_id: str, alt: str) -> Block:
    """A picture that was uploaded to Slack."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(plain(alt), 2000)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def plain_text(text: str, limit: int) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": cut(plain(text), limit) or " ", "emoji": False}


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: it takes longer to make than to use."""


def value_of(**values: Any) -> str:
    """Ids and the like for a button's value: hints only, never proof. At most 2,000 characters."""
    return _as_json(values)


def button(
    text: str, action: str, /, *, style: str | None = None, confirm: Block | None = None, **values: Any
) -> Block:
    """A button; `action` is the route's name, the values come back with the press."""
    element: Block = {
        "type": "button",
        "text": plain_text(text, 75),
        "action_id": action,
        "value": value_of(**values),
    }
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirmation(title: str, text: str, yes: str, no: str) -> Block:
    """The question before something that cannot simply be taken back."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text(no, 30),
    }


def action_row(*elements: Block) -> Block:
    """Buttons in a row. Buttons of one action in one row are told apart by a suffix that the router drops."""
    seen: dict[str, int] = {}
    row = []
    for element in elements[:25]:
        count = seen[element["action_id"]] = seen.get(element["action_id"], 0) + 1
        row.append(element | {"action_id": f"{element['action_id']}#{count}"} if count > 1 else element)
    return {"type": "actions", "elements": row}


def option(text: str, value: str) -> Block:
    """One choice of a select."""
    return {"text": plain_text(text, 75), "value": value[:150]}


def modal(
    title: str, submit: str | None, blocks: Sequence[Block], *, callback: str, close: str, **metadata: Any
) -> View:
    """A form: `callback` is the route's name; metadata (ids, versions) comes back with the submission."""
    view: View = {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(title, 24),
        "close": plain_text(close, 24),
        "blocks": list(blocks[:100]),
        "private_metadata": value_of(**metadata),
    }
    if submit:
        view["submit"] = plain_text(submit, 24)
    return view


def home(blocks: Sequence[Block]) -> View:
    """The Home tab."""
    return {"type": "home", "blocks": list(blocks[:100])}


# Inputs: block_id and action_id are the field's name, so that a refusal finds the field it is about.


def _input(field: str, label: str, element: Block, *, optional: bool, hint: str | None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain_text(label, 2000),
        "optional": optional,
        "element": element | {"action_id": field},
    }
    if hint:
        block["hint"] = plain_text(hint, 2000)
    return block


def text_input(
    field: str,
    label: str,
    value: str | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
    placeholder: str | None = None,
    multiline: bool = False,
    longest: int = 255,
) -> Block:
    """A line (or more) of text."""
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    if value:
        element["initial_value"] = cut(plain(value), longest)
    if placeholder:
        element["placeholder"] = plain_text(placeholder, 150)
    return _input(field, label, element, optional=optional, hint=hint)


def date_input(
    field: str, label: str, value: str | None = None, *, optional: bool = True, hint: str | None = None
) -> Block:
    """A day; `value` is an ISO date."""
    element: Block = {"type": "datepicker"} | ({"initial_date": value} if value else {})
    return _input(field, label, element, optional=optional, hint=hint)


def time_input(field: str, label: str, value: str | None = None, *, hint: str | None = None) -> Block:
    """A time of day; `value` is HH:MM."""
    element: Block = {"type": "timepicker"} | ({"initial_time": value} if value else {})
    return _input(field, label, element, optional=True, hint=hint)


def select_input(
    field: str,
    label: str,
    options: Sequence[Block],
    value: str | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    """One of up to a hundred choices; `value` is the value of the one that is chosen at first."""
    element = _choice("static_select", options[:100], value)
    return _input(field, label, element, optional=optional, hint=hint)


def multi_select_input(
    field: str, label: str, options: Sequence[Block], values: Sequence[str] = (), *, hint: str | None = None
) -> Block:
    """Any of up to a hundred choices; `values` are those chosen at first."""
    element: Block = {"type": "multi_static_select", "options": list(options[:100])}
    if chosen := [each for each in options if each["value"] in values]:
        element["initial_options"] = chosen
    return _input(field, label, element, optional=True, hint=hint)


def radio_input(
    field: str,
    label: str,
    options: Sequence[Block],
    value: str | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    """One of up to ten choices, all in sight; `value` is the value of the one that is chosen at first."""
    element = _choice("radio_buttons", options[:10], value)
    return _input(field, label, element, optional=optional, hint=hint)


def _choice(kind: str, options: Sequence[Block], value: str | None) -> Block:
    chosen = next((each for each in options if each["value"] == value), None)
    return {"type": kind, "options": list(options)} | ({"initial_option": chosen} if chosen else {})


def search_input(
    field: str,
    label: str,
    chosen: Block | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
    placeholder: str | None = None,
) -> Block:
    """One of any number, found by typing; the options route of the field's name answers."""
    element: Block = {"type": "external_select", "min_query_length": 0}
    if chosen:
        element["initial_option"] = chosen
    if placeholder:
        element["placeholder"] = plain_text(placeholder, 150)
    return _input(field, label, element, optional=optional, hint=hint)


def user_input(
    field: str,
    label: str,
    slack_user_id: str | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    """A member of the Slack workspace."""
    element: Block = {"type": "users_select"} | ({"initial_user": slack_user_id} if slack_user_id else {})
    return _input(field, label, element, optional=optional, hint=hint)


def users_input(
    field: str,
    label: str,
    slack_user_ids: Sequence[str] = (),
    *,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    """Members of the Slack workspace."""
    element: Block = {"type": "multi_users_select"}
    if slack_user_ids:
        element["initial_users"] = list(slack_user_ids)
    return _input(field, label, element, optional=optional, hint=hint)


def conversation_input(
    field: str,
    label: str,
    chosen: str | list[str] | None = None,
    *,
    several: bool = False,
    hint: str | None = None,
) -> Block:
    """A channel of the Slack workspace, or `several` of them."""
    kind, initial = (
        ("multi_conversations_select", "initial_conversations")
        if several
        else (
            "conversations_select",
            "initial_conversation",
        )
    )
    element: Block = {"type": kind, "filter": {"include": ["public", "private"]}}
    if chosen:
        element[initial] = chosen
    return _input(field, label, element, optional=True, hint=hint)


def file_input(field: str, label: str, *, most: int, optional: bool = True, hint: str | None = None) -> Block:
    """Files from the person's device; Slack keeps them."""
    return _input(field, label, {"type": "file_input", "max_files": most}, optional=optional, hint=hint)


def checkboxes_input(
    field: str,
    label: str,
    options: Sequence[Block],
    values: Sequence[str] = (),
    *,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    """Any of up to ten choices; `values` are those chosen at first."""
    element: Block = {"type": "checkboxes", "options": list(options[:10])}
    chosen = [each for each in options if each["value"] in values]
    if chosen:
        element["initial_options"] = chosen
    return _input(field, label, element, optional=optional, hint=hint)
