"""Answers to deliveries, and the deliveries themselves, keep to the reference."""

import json
from typing import Any

import pytest

from tests.payloads.acks import ACKS, DELIVERED
from tests.payloads.rules import Rule, assert_tells_apart, each
from tests.payloads.samples import DELIVERIES, asked, group, message, modal, options, section, without
from tests.payloads.validator import problems_of_ack, problems_of_delivery, problems_of_response

ACK_RULES = [
    ("slash_commands", Rule("nothing may be answered", "", {"ok": True}, "ok: not a property")),
    ("slash_commands", Rule("plain text may be answered", "Done.", "A & B", "unescaped")),
    (
        "slash_commands",
        Rule("a message may be answered", message(section()), {"blocks": [section()]}, "text is"),
    ),
    (
        "slash_commands",
        Rule(
            "an answer has a known audience",
            message(response_type="in_channel"),
            message(response_type="everyone"),
            "neither ephemeral nor in_channel",
        ),
    ),
    (
        "slash_commands",
        Rule("JSON text is read", json.dumps(message()), json.dumps({"blocks": []}), "no_text"),
    ),
    (
        "slash_commands",
        Rule("a command replaces nothing", message(), message(replace_original=True), "replace_original"),
    ),
    ("view_submission", Rule("a form closes", None, {"text": "Saved"}, "response_action")),
    (
        "view_submission",
        Rule(
            "an action is a known one",
            {"response_action": "clear"},
            {"response_action": "close"},
            "response_action",
        ),
    ),
    (
        "view_submission",
        Rule(
            "clear carries nothing else",
            {"response_action": "clear"},
            {"response_action": "clear", "view": modal()},
            "view",
        ),
    ),
    (
        "view_submission",
        Rule(
            "errors name input blocks",
            {"response_action": "errors", "errors": {"name": "Too long"}},
            {"response_action": "errors", "errors": {"amount": "Too low"}},
            "'amount' is no input block",
        ),
    ),
    (
        "view_submission",
        Rule(
            "errors do not name other blocks",
            {"response_action": "errors", "errors": {"name": "Too long"}},
            {"response_action": "errors", "errors": {"intro": "Too long"}},
            "'intro' is no input block",
        ),
    ),
    (
        "view_submission",
        Rule(
            "errors say something",
            {"response_action": "errors", "errors": {"name": "Too long"}},
            {"response_action": "errors", "errors": {}},
            "at least 1",
        ),
    ),
    (
        "view_submission",
        Rule(
            "an error has words",
            {"response_action": "errors", "errors": {"name": "Too long"}},
            {"response_action": "errors", "errors": {"name": ""}},
            "at least 1",
        ),
    ),
    *(
        (
            "view_submission",
            Rule(
                f"{action} shows a modal",
                {"response_action": action, "view": modal()},
                {"response_action": action, "view": without(modal(), "title")},
                "view.title: Field required",
            ),
        )
        for action in ("update", "push")
    ),
    (
        "block_suggestion",
        Rule("options are answered", {"options": options(100)}, {"options": options(101)}, "100"),
    ),
    ("block_suggestion", Rule("none may be found", {"options": []}, {}, "exactly one of options")),
    (
        "block_suggestion",
        Rule("groups are answered", {"option_groups": [group()]}, {"option_groups": [{}]}, "label"),
    ),
    (
        "block_suggestion",
        Rule(
            "options or groups, not both",
            {"options": options(1)},
            {"options": options(1), "option_groups": [group()]},
            "exactly one of options",
        ),
    ),
    ("block_suggestion", Rule("something is answered", {"options": []}, "", "valid dictionary")),
    ("url_verification", Rule("a challenge is repeated", {"challenge": "abc"}, {}, "challenge")),
    *(
        (kind, Rule("nothing is read in the answer", "", {"text": "Hi"}, "reads nothing"))
        for kind in ("block_actions", "view_closed", "shortcut", "message_action", "event_callback")
    ),
]


@pytest.mark.parametrize(("kind", "rule"), ACK_RULES, ids=lambda value: getattr(value, "law", value))
def test_answers_keep_to_the_reference(kind: str, rule: Rule) -> None:
    submitted = modal(section(block_id="intro"), asked())
    assert_tells_apart(rule, lambda body: problems_of_ack(kind, body, submitted))


def test_an_answer_to_an_unknown_delivery_is_flagged() -> None:
    assert problems_of_ack("dialog_submission", "") == ["'dialog_submission' is no kind of delivery"]


@each(
    [
        Rule(
            "a response may replace", message(replace_original=True), message(replace="yes"), "replace: not"
        ),
        Rule("a response may delete", {"delete_original": True}, {"replace_original": True}, "no_text"),
    ]
)
def test_messages_to_a_response_url_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, problems_of_response)


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for kind, paths in DELIVERED.items() for path in paths]
)
def test_a_delivery_without_what_slack_always_sends_is_flagged(kind: str, path: str) -> None:
    delivered = json.loads(json.dumps(DELIVERIES[kind]))
    assert problems_of_delivery(kind, delivered) == []
    parent: Any = delivered
    *steps, last = path.split(".")
    for step in steps:
        parent = parent[int(step) if step.isdigit() else step]
    del parent[last]
    assert f"{path} is missing" in problems_of_delivery(kind, delivered)


def test_every_kind_of_delivery_has_its_answer_described() -> None:
    assert set(DELIVERED) == set(ACKS) == set(DELIVERIES)
