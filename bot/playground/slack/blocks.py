"""Slack's own checks of blocks and views, refused with the words and places that Slack gives."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.slack.elements import IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION, PICTURE_FIELDS
from bot.playground.slack.errors import SlackError
from bot.playground.slack.rules import (
    Report,
    Rule,
    anything,
    block_id,
    boolean,
    by_type,
    one_of,
    plain,
    rich,
    several,
    shape,
    string,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 40_000
MESSAGE_BLOCK_TEXT = 13_200
VIEW_BYTES = 250_000

Knows = Callable[[str], bool]
_ANY: Knows = lambda _: True  # noqa: E731 - a name for the default of several signatures
_COMMON: dict[str, Rule] = {"type": anything, "block_id": block_id}


def _block(
    fields: Mapping[str, Rule], *, required: tuple[str, ...] = (), either: tuple[str, ...] = ()
) -> Rule:
    inner = shape({**_COMMON, **fields}, required=required, either=either)

    def check(value: Any, pointer: str, report: Report) -> None:
        report.action_ids = set()  # an action_id is unique in its block, not in the whole
        inner(value, pointer, report)

    return check


def _section(value: Any, pointer: str, report: Report) -> None:
    if value.get("text") is None and not value.get("fields"):
        report.add(pointer, "missing required field: text or fields")
    _SECTION(value, pointer, report)


_SECTION = _block(
    {
        "text": rich(3000),
        "fields": several(rich(2000), 10, least=1),
        "accessory": by_type(IN_SECTION, "accessory"),
        "expand": boolean,
    }
)
_EVERYWHERE: dict[str, Rule] = {
    "section": _section,
    "divider": _block({}),
    "header": _block({"text": plain(150)}, required=("text",)),
    "image": _block(
        {**PICTURE_FIELDS, "title": plain(2000)},
        required=("alt_text",),
        either=("image_url", "slack_file"),
    ),
    "context": _block(
        {"elements": several(by_type(IN_CONTEXT, "context element"), 10, least=1)}, required=("elements",)
    ),
    "actions": _block(
        {"elements": several(by_type(IN_ACTIONS, "action element"), 25, least=1)}, required=("elements",)
    ),
    "rich_text": _block({"elements": several(anything, 1000, least=1)}, required=("elements",)),
    "video": _block(
        {
            "alt_text": string(2000, least=1),
            "title": plain(199),
            "thumbnail_url": string(3000, least=1),
            "video_url": string(3000, least=1),
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": string(3000),
            "provider_name": string(50),
            "title_url": string(3000),
        },
        required=("alt_text", "title", "thumbnail_url", "video_url"),
    ),
}


def _input(elements: dict[str, Rule]) -> Rule:
    return _block(
        {
            "label": plain(2000),
            "element": by_type(elements, "input element"),
            "dispatch_action": boolean,
            "hint": plain(2000),
            "optional": boolean,
        },
        required=("label", "element"),
    )


_WITHOUT_FILES = {kind: rule for kind, rule in IN_INPUT.items() if kind != "file_input"}
IN_MESSAGE: dict[str, Rule] = {
    **_EVERYWHERE,
    "input": _input(_WITHOUT_FILES),
    "markdown": _block({"text": string(12_000, least=1)}, required=("text",)),
    "table": _block(
        {"rows": several(several(anything, 20), 100, least=1), "column_settings": several(anything, 20)},
        required=("rows",),
    ),
}
IN_MODAL: dict[str, Rule] = {**_EVERYWHERE, "input": _input(IN_INPUT)}
IN_HOME: dict[str, Rule] = {**_EVERYWHERE, "input": _input(_WITHOUT_FILES)}

_VIEW_COMMON: dict[str, Rule] = {
    "type": one_of("modal", "home"),
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_MODAL = shape(
    {
        **_VIEW_COMMON,
        "title": plain(24),
        "blocks": several(by_type(IN_MODAL, "block"), VIEW_BLOCKS),
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    required=("title", "blocks"),
)
_HOME = shape(
    {**_VIEW_COMMON, "blocks": several(by_type(IN_HOME, "block"), VIEW_BLOCKS)}, required=("blocks",)
)


def problems_of_blocks(blocks: Any, *, knows_picture: Knows = _ANY) -> list[str]:
    """What Slack refuses in the blocks of a message, one line a fault; [] when it accepts them."""
    report = Report(knows_picture=knows_picture)
    several(by_type(IN_MESSAGE, "block"), MESSAGE_BLOCKS)(blocks, "/blocks", report)
    return report.lines


def problems_of_view(view: Any, *, knows_picture: Knows = _ANY) -> list[str]:
    """What Slack refuses in a modal or a home tab, one line a fault; [] when it accepts it."""
    report = Report(knows_picture=knows_picture)
    by_type({"modal": _MODAL, "home": _HOME}, "view")(view, "/view", report)
    if not report.lines and view["type"] == "modal" and not view.get("submit"):
        asking = [at for at, block in enumerate(view["blocks"]) if block.get("type") == "input"]
        if asking:
            problem = "`submit` is required when an `input` block is within the `blocks` array"
            report.add("/view/submit", problem)
    return report.lines


def check_message(text: Any, blocks: Any, *, has_more: bool = False, knows_picture: Knows = _ANY) -> None:
    """Refuse a message as chat.postMessage does; `has_more` says that attachments or files come with it.

    Raises SlackError no_text, msg_too_long, msg_blocks_too_long, invalid_blocks_format or invalid_blocks.
    """
    if text is not None and not isinstance(text, str):
        raise SlackError("invalid_arguments", ["must be a string [json-pointer:/text]"])
    if not text and not blocks and not has_more:
        raise SlackError("no_text")
    if text and len(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    if blocks is None:
        return
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if lines := problems_of_blocks(blocks, knows_picture=knows_picture):
        raise SlackError("invalid_blocks", lines, errors=lines)
    if letters_of(blocks) > MESSAGE_BLOCK_TEXT:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any, *, kind: str, knows_picture: Knows = _ANY) -> None:
    """Refuse a view as views.open and views.publish do; `kind` is modal or home.

    Raises SlackError view_too_large or invalid_arguments.
    """
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["must be an object [json-pointer:/view]"])
    lines = problems_of_view(view, knows_picture=knows_picture)
    if not lines and view["type"] != kind:
        lines = [f"unsupported type: {view['type']} [json-pointer:/view/type]"]
    if lines:
        raise SlackError("invalid_arguments", lines)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")


def letters_of(blocks: list[dict[str, Any]]) -> int:
    """The characters of text in blocks, as Slack counts them for a message as a whole."""
    report = Report()
    several(by_type(IN_MESSAGE, "block"), MESSAGE_BLOCKS)(blocks, "/blocks", report)
    return report.letters
