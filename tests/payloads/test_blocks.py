"""Blocks of text and pictures, and inputs, keep to the reference."""

from tests.payloads.rules import Rule, assert_tells_apart, bounded, each
from tests.payloads.samples import (
    asked,
    button,
    image,
    message,
    modal,
    mrkdwn,
    plain,
    section,
    select,
    typed,
    without,
)
from tests.payloads.validator import problems_of_message, problems_of_view

TEXTS = [
    *bounded("section text", 3000, lambda n: section(text=mrkdwn("x" * n))),
    *bounded("section field", 2000, lambda n: section(fields=[mrkdwn("x" * n)])),
    *bounded("section fields", 10, lambda n: section(fields=[mrkdwn()] * n)),
    *bounded("header", 150, lambda n: {"type": "header", "text": plain("x" * n)}),
    *bounded("alt text of a picture", 2000, lambda n: image(alt_text="x" * n)),
    *bounded("title of a picture", 2000, lambda n: image(title=plain("x" * n))),
    *bounded("block_id", 255, lambda n: section(block_id="x" * n)),
    *bounded("context elements", 10, lambda n: {"type": "context", "elements": [mrkdwn()] * n}),
    Rule(
        "a header is plain",
        {"type": "header", "text": plain()},
        {"type": "header", "text": mrkdwn()},
        "plain_text",
    ),
    Rule("a picture carries alt text", image(), without(image(), "alt_text"), "alt_text: Field required"),
    Rule(
        "a picture in context carries alt text",
        {"type": "context", "elements": [image()]},
        {"type": "context", "elements": [without(image(), "alt_text")]},
        "alt_text: Field required",
    ),
    Rule(
        "a picture has one source",
        image(),
        image(slack_file={"id": "F1"}),
        "exactly one of image_url and slack_file",
    ),
    Rule(
        "a Slack file has one address",
        without(image(slack_file={"id": "F1"}), "image_url"),
        without(image(slack_file={"id": "F1", "url": "https://example.com/a.png"}), "image_url"),
        "exactly one of id and url",
    ),
    Rule(
        "emoji belongs to plain text",
        section(text=plain(emoji=True)),
        section(text=mrkdwn(emoji=True)),
        "emoji",
    ),
    Rule(
        "verbatim belongs to mrkdwn",
        section(text=mrkdwn(verbatim=True)),
        section(text=plain(verbatim=True)),
        "verb",
    ),
    Rule("a section says something", section(), {"type": "section"}, "needs text or fields"),
    Rule("a block has a known type", section(), {"type": "sektion"}, "does not match any"),
    Rule("a block has known properties only", section(expand=True), section(colour="red"), "colour"),
    Rule("no property is null", section(), section(accessory=None), "null"),
    Rule(
        "ampersands are escaped",
        section(text=mrkdwn("A &amp; B")),
        section(text=mrkdwn("A & B")),
        "unescaped '&'",
    ),
    Rule("a < is escaped", section(text=mrkdwn("1 &lt; 2")), section(text=mrkdwn("1 < 2")), "unescaped '<'"),
    Rule(
        "a > is escaped, except of a quote",
        section(text=mrkdwn("> said")),
        section(text=mrkdwn("a > b")),
        "'>'",
    ),
    Rule(
        "only Slack's own sequences stand in angle brackets",
        section(text=mrkdwn("<@U1> <#C1|deals> <!here> <https://example.com?a=1&b=2|there>")),
        section(text=mrkdwn("<script>")),
        "unescaped '<'",
    ),
    Rule(
        "a date carries its fallback",
        section(text=mrkdwn("<!date^1503435956^{date}|22 Aug 2017>")),
        section(text=mrkdwn("<!date^1503435956^{date}>")),
        "unescaped '<'",
    ),
    Rule(
        "plain text mentions nobody",
        section(text=mrkdwn("<@U123>")),
        section(text=plain("<@U123>")),
        "as it is",
    ),
]

INPUTS = [
    *bounded("label", 2000, lambda n: asked(label=plain("x" * n))),
    *bounded("hint", 2000, lambda n: asked(hint=plain("x" * n))),
    Rule("a label is plain", asked(), asked(label=mrkdwn()), "plain_text"),
    Rule("an input has a label", asked(), without(asked(), "label"), "label: Field required"),
    Rule("an input holds an element that asks", asked(), asked(button()), "does not match any"),
    Rule(
        "a moment is ten digits",
        asked({"type": "datetimepicker", "initial_date_time": 1628633820}),
        asked({"type": "datetimepicker", "initial_date_time": 1628633820000}),
        "initial_date_time",
    ),
    Rule(
        "a moment is a number",
        asked({"type": "datetimepicker", "initial_date_time": 1628633820}),
        asked({"type": "datetimepicker", "initial_date_time": "1628633820"}),
        "initial_date_time",
    ),
    Rule(
        "typed text has up to 3000 characters",
        asked(typed(initial_value="x" * 3000)),
        asked(typed(initial_value="x" * 3001)),
        "at most 3000",
    ),
    Rule(
        "a least length is up to 3000", asked(typed(min_length=3000)), asked(typed(min_length=3001)), "3000"
    ),
    Rule(
        "a greatest length is at least 1",
        asked(typed(max_length=1)),
        asked(typed(max_length=0)),
        "max_length",
    ),
    Rule(
        "lengths are in order",
        asked(typed(min_length=2, max_length=2)),
        asked(typed(min_length=3, max_length=2)),
        "min_length is above max_length",
    ),
    Rule(
        "what is typed already fits",
        asked(typed(max_length=3, initial_value="abc")),
        asked(typed(max_length=3, initial_value="abcd")),
        "initial_value is outside",
    ),
    Rule(
        "numbers say whether decimals are allowed",
        asked({"type": "number_input", "is_decimal_allowed": True}),
        asked({"type": "number_input"}),
        "is_decimal_allowed",
    ),
    Rule(
        "numbers are in order",
        asked({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "2"}),
        asked({"type": "number_input", "is_decimal_allowed": False, "min_value": "2", "max_value": "1"}),
        "out of order",
    ),
    Rule(
        "whole numbers are whole",
        asked({"type": "number_input", "is_decimal_allowed": True, "initial_value": "1.5"}),
        asked({"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"}),
        "a decimal number",
    ),
    Rule(
        "a number is a number",
        asked({"type": "number_input", "is_decimal_allowed": True, "initial_value": "-10"}),
        asked({"type": "number_input", "is_decimal_allowed": True, "initial_value": "ten"}),
        "not a number",
    ),
    Rule(
        "typing dispatches on known occasions",
        asked(
            typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}), dispatch_action=True
        ),
        asked(typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}), dispatch_action=True),
        "trigger_actions_on",
    ),
    Rule(
        "only typed fields say when they dispatch",
        asked(select(), dispatch_action=True),
        asked(select(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]})),
        "dispatch_action_config",
    ),
    Rule(
        "files dispatch nothing",
        asked({"type": "file_input"}),
        asked({"type": "file_input"}, dispatch_action=True),
        "does not go with a file_input",
    ),
    Rule(
        "up to ten files",
        asked({"type": "file_input", "max_files": 10}),
        asked({"type": "file_input", "max_files": 11}),
        "less than or equal to 10",
    ),
    Rule(
        "rich text starts as rich text",
        asked({"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": []}}),
        asked({"type": "rich_text_input", "initial_value": "text"}),
        "initial_value",
    ),
]


@each(TEXTS)
def test_blocks_of_text_and_pictures_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, lambda block: problems_of_message(message(block)))


@each(INPUTS)
def test_inputs_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, lambda block: problems_of_view(modal(block), "modal"))
