"""Slack's limits: what is accepted at the limit is refused one past it, with its place named."""

from typing import Any

import pytest

from bot.playground.slack.blocks import check_message, check_view, problems_of_blocks, problems_of_view
from bot.playground.slack.errors import SlackError
from tests.playground.slack.conftest import button, field, modal, option, plain, section

Json = dict[str, Any]


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(options: int, **more: Any) -> Json:
    return {"type": "static_select", "options": [option(str(n), str(n)) for n in range(options)], **more}


AT_THE_LIMIT = [
    ("section text", lambda over: section("x" * (3000 + over)), "/blocks/0/text/text"),
    ("header", lambda over: {"type": "header", "text": plain("x" * (150 + over))}, "/blocks/0/text/text"),
    (
        "fields",
        lambda over: {"type": "section", "fields": [plain("x")] * (10 + over)},
        "/blocks/0/fields",
    ),
    (
        "field text",
        lambda over: {"type": "section", "fields": [plain("x" * (2000 + over))]},
        "/blocks/0/fields/0/text",
    ),
    (
        "button text",
        lambda over: actions(button("a", "x" * (75 + over))),
        "/blocks/0/elements/0/text/text",
    ),
    (
        "button value",
        lambda over: actions(button("a", "x", "v" * (2000 + over))),
        "/blocks/0/elements/0/value",
    ),
    (
        "action_id",
        lambda over: actions(button("a" * (255 + over), "x")),
        "/blocks/0/elements/0/action_id",
    ),
    (
        "block_id",
        lambda over: {"type": "divider", "block_id": "b" * (255 + over)},
        "/blocks/0/block_id",
    ),
    (
        "elements of actions",
        lambda over: actions(*[button(f"a{n}", "x") for n in range(25 + over)]),
        "/blocks/0/elements",
    ),
    (
        "elements of context",
        lambda over: {"type": "context", "elements": [plain("x")] * (10 + over)},
        "/blocks/0/elements",
    ),
    ("options", lambda over: actions(select(100 + over)), "/blocks/0/elements/0/options"),
    (
        "overflow options",
        lambda over: actions({"type": "overflow", "options": select(5 + over)["options"]}),
        "/blocks/0/elements/0/options",
    ),
    (
        "radio options",
        lambda over: actions({"type": "radio_buttons", "options": select(10 + over)["options"]}),
        "/blocks/0/elements/0/options",
    ),
    (
        "option text",
        lambda over: actions({"type": "static_select", "options": [option("v", "x" * (75 + over))]}),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        "option value",
        lambda over: actions({"type": "static_select", "options": [option("v" * (150 + over), "x")]}),
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        "placeholder",
        lambda over: actions(select(1, placeholder=plain("x" * (150 + over)))),
        "/blocks/0/elements/0/placeholder/text",
    ),
    (
        "label",
        lambda over: field("b", "x" * (2000 + over), {"type": "plain_text_input"}),
        "/blocks/0/label/text",
    ),
    (
        "hint",
        lambda over: field("b", "x", {"type": "plain_text_input"}, hint=plain("x" * (2000 + over))),
        "/blocks/0/hint/text",
    ),
    (
        "alt text",
        lambda over: {"type": "image", "image_url": "https://x.y/z.png", "alt_text": "x" * (2000 + over)},
        "/blocks/0/alt_text",
    ),
]


@pytest.mark.parametrize(("what", "make", "place"), AT_THE_LIMIT, ids=[row[0] for row in AT_THE_LIMIT])
def test_a_block_at_the_limit_is_shown_and_one_past_it_is_refused_by_its_place(
    what: str, make: Any, place: str
) -> None:
    assert problems_of_blocks([make(0)]) == []
    assert [f"[json-pointer:{place}]" in line for line in problems_of_blocks([make(1)])] == [True]


VIEW_LIMITS = [
    ("title", lambda over: modal(title="x" * (24 + over)), "/view/title/text"),
    ("submit", lambda over: modal() | {"submit": plain("x" * (24 + over))}, "/view/submit/text"),
    ("close", lambda over: modal(close=plain("x" * (24 + over))), "/view/close/text"),
    ("private_metadata", lambda over: modal(private_metadata="x" * (3000 + over)), "/view/private_metadata"),
    ("callback_id", lambda over: modal(callback_id="x" * (255 + over)), "/view/callback_id"),
    ("blocks", lambda over: modal(*[{"type": "divider"}] * (100 + over)), "/view/blocks"),
]


@pytest.mark.parametrize(("what", "make", "place"), VIEW_LIMITS, ids=[row[0] for row in VIEW_LIMITS])
def test_a_view_at_the_limit_is_shown_and_one_past_it_is_refused_by_its_place(
    what: str, make: Any, place: str
) -> None:
    assert problems_of_view(make(0)) == []
    assert [f"[json-pointer:{place}]" in line for line in problems_of_view(make(1))] == [True]


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    assert problems_of_blocks([{"type": "divider"}] * 50) == []
    assert problems_of_blocks([{"type": "divider"}] * 51) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ({"type": "chart"}, "unsupported type: chart [json-pointer:/blocks/0/type]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
        (
            {"type": "image", "image_url": "https://x.y/z.png"},
            "missing required field: alt_text [json-pointer:/blocks/0]",
        ),
        (
            section("x", {"type": "plain_text_input", "action_id": "a"}),
            "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
        ),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
        ),
        (
            {"type": "divider", "colour": "red"},
            "invalid additional property: colour [json-pointer:/blocks/0]",
        ),
        (
            actions(select(2, initial_option=option("9", "nine"))),
            "`initial_option` must match one of the options "
            "[json-pointer:/blocks/0/elements/0/initial_option]",
        ),
        (
            actions(button("same", "x"), button("same", "y")),
            '`action_id` "same" already exists [json-pointer:/blocks/0/elements/1/action_id]',
        ),
        (
            {"type": "divider", "block_id": None},
            "must be a string [json-pointer:/blocks/0/block_id]",
        ),
        (
            actions({"type": "datepicker", "initial_date": "2026-02-30"}),
            "must be a date of the form YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
        ),
        (
            actions({"type": "timepicker", "timezone": "Mars/Olympus"}),
            "must be an IANA time zone [json-pointer:/blocks/0/elements/0/timezone]",
        ),
        (
            field("b", "Files", {"type": "file_input"}),
            "unsupported type: file_input [json-pointer:/blocks/0/element/type]",
        ),
    ],
)
def test_a_wrong_block_is_refused_in_slacks_words(block: Json, says: str) -> None:
    assert problems_of_blocks([block]) == [says]


def test_a_block_id_stands_once_in_a_message_and_an_action_id_once_in_its_block() -> None:
    same = {"type": "divider", "block_id": "b"}
    assert problems_of_blocks([same, same]) == [
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]'
    ]
    assert problems_of_blocks([actions(button("a", "x")), actions(button("a", "x"))]) == []


def test_a_form_with_fields_needs_a_submit_button() -> None:
    form = modal(field("b", "Name", {"type": "plain_text_input"}))
    assert problems_of_view(form) == []
    del form["submit"]
    assert "`submit` is required" in problems_of_view(form)[0]


def test_a_markdown_block_is_for_messages_only() -> None:
    markdown = {"type": "markdown", "text": "*x*"}
    assert problems_of_blocks([markdown]) == []
    assert problems_of_view(modal(markdown)) == [
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]"
    ]


@pytest.mark.parametrize(
    ("text", "blocks", "code"),
    [
        (None, None, "no_text"),
        ("x" * 40_001, None, "msg_too_long"),
        ("x", [section("x" * 3000)] * 5, "msg_blocks_too_long"),
        ("x", "a string", "invalid_blocks_format"),
        ("x", [{"type": "chart"}], "invalid_blocks"),
    ],
)
def test_a_message_is_refused_with_slacks_code(text: str | None, blocks: Any, code: str) -> None:
    with pytest.raises(SlackError) as refusal:
        check_message(text, blocks)
    assert refusal.value.error == code


def test_a_view_over_250_kb_is_too_large() -> None:
    many = [section("客" * 2900) for _ in range(100)]
    with pytest.raises(SlackError) as refusal:
        check_view(modal(*many), kind="modal")
    assert refusal.value.error == "view_too_large"


def test_malformed_shapes_are_reported_and_never_crash_the_checks() -> None:
    for odd in (None, 1, "x", [], [1], {"type": 3}, {"type": []}, {"type": "section", "text": "x"}):
        assert problems_of_blocks([odd]), odd
    odd_groups = {"type": "static_select", "option_groups": [1], "initial_option": option("a", "b")}
    assert problems_of_blocks([actions(odd_groups)])
