"""Messages, modals and Home tabs keep to the reference as wholes."""

from tests.payloads.rules import Rule, assert_tells_apart, bounded, each
from tests.payloads.samples import (
    Payload,
    actions,
    asked,
    blocks,
    button,
    home,
    message,
    modal,
    mrkdwn,
    plain,
    section,
    select,
    table,
    typed,
    without,
)
from tests.payloads.validator import problems_of_message, problems_of_view

TRASH: Payload = {
    "type": "context_actions",
    "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}],
}

MESSAGES = [
    *bounded(
        "elements of actions", 25, lambda n: message(actions(*(button(action_id=str(i)) for i in range(n))))
    ),
    Rule("text stands beside blocks", message(section()), {"blocks": [section()]}, "text is missing"),
    Rule("a message says something", {"text": "Hi"}, {}, "no_text"),
    Rule("text is up to 4000", {"text": "x" * 4000}, {"text": "x" * 4001}, "at most 4000"),
    Rule("text is escaped", {"text": "A &amp; B"}, {"text": "A & B"}, "unescaped"),
    Rule("a message has up to 50 blocks", message(*blocks(50)), message(*blocks(51)), "at most 50"),
    Rule(
        "the blocks are not too long together",
        message(*[section(text=plain("x" * 2900))] * 4),
        message(*[section(text=plain("x" * 2900))] * 5),
        "Slack refuses above",
    ),
    Rule(
        "block ids are unique",
        message(section(block_id="a"), section(block_id="b")),
        message(section(block_id="a"), section(block_id="a")),
        "block_id 'a' is used twice",
    ),
    Rule(
        "action ids are unique in their block",
        message(actions(button()), actions(button())),
        message(actions(button(), button())),
        "action_id 'open' is used twice",
    ),
    Rule(
        "one button of a set is primary",
        message(actions(button(action_id="a", style="primary"), button(action_id="b"))),
        message(actions(button(action_id="a", style="primary"), button(action_id="b", style="primary"))),
        "only one button",
    ),
    Rule(
        "actions hold elements that act",
        message(actions(button(), {"type": "datetimepicker"})),
        message(actions(typed())),
        "does not match any",
    ),
    Rule(
        "a section holds no moment",
        message(section(accessory={"type": "datepicker"})),
        message(section(accessory={"type": "datetimepicker"})),
        "does not match any",
    ),
    Rule(
        "focus is for views",
        message(actions(select())),
        message(actions(select(focus_on_load=True))),
        "no place",
    ),
    Rule(
        "files are for modals",
        message(asked()),
        message(asked({"type": "file_input"})),
        "no place in a message",
    ),
    Rule(
        "a response_url is for modals",
        message(actions({"type": "channels_select"})),
        message(actions({"type": "channels_select", "response_url_enabled": True})),
        "no place in a message",
    ),
    Rule(
        "context actions are feedback and icons",
        message(TRASH),
        message({**TRASH, "elements": [button()]}),
        "match any",
    ),
    Rule("one table", message(table()), message(table(), table()), "only one table"),
    Rule("a table has up to 100 rows", message(table(100)), message(table(101)), "at most 100"),
    Rule("a table has up to 20 columns", message(table(1, 20)), message(table(1, 21)), "at most 20"),
    Rule(
        "markdown has up to 12000 characters together",
        message({"type": "markdown", "text": "x" * 12_000}),
        message(*[{"type": "markdown", "text": "x" * 6001}] * 2),
        "at most 12000",
    ),
    Rule(
        "markdown_text stands alone",
        {"markdown_text": "Hi"},
        {"markdown_text": "Hi", "text": "Hi"},
        "go with",
    ),
    Rule(
        "blocks of attachments are blocks",
        {"text": "Hi", "attachments": [{"color": "#36a64f", "blocks": [section()]}]},
        {"text": "Hi", "attachments": [{"blocks": [{"type": "section"}]}]},
        "needs text or fields",
    ),
    Rule(
        "a colour is a colour",
        {"text": "Hi", "attachments": [{"color": "good"}]},
        {"attachments": [{"color": "x"}]},
        "color",
    ),
    Rule(
        "metadata has a type and a payload",
        {"text": "Hi", "metadata": {"event_type": "notice_sent", "event_payload": {"notice": 1}}},
        {"text": "Hi", "metadata": {"event_type": "notice_sent"}},
        "event_payload",
    ),
    Rule(
        "a type of metadata is alphanumeric",
        {"text": "Hi", "metadata": {"event_type": "notice_sent", "event_payload": {}}},
        {"text": "Hi", "metadata": {"event_type": "notice sent!", "event_payload": {}}},
        "event_type",
    ),
    Rule(
        "a payload of metadata is flat",
        {
            "text": "Hi",
            "metadata": {"event_type": "a", "event_payload": {"b": [{"c": True}], "d": {"e": "f"}}},
        },
        {"text": "Hi", "metadata": {"event_type": "a", "event_payload": {"b": {"c": {"d": 1}}}}},
        "event_payload",
    ),
]

MODALS = [
    *bounded("title", 24, lambda n: modal(title=plain("x" * n))),
    *bounded("submit", 24, lambda n: modal(submit=plain("x" * n))),
    *bounded("close", 24, lambda n: modal(close=plain("x" * n))),
    *bounded("callback_id", 255, lambda n: modal(callback_id="x" * n)),
    *bounded("external_id", 255, lambda n: modal(external_id="x" * n)),
    Rule("a modal has a title", modal(), without(modal(), "title"), "title: Field required"),
    Rule("a title is plain", modal(), modal(title=mrkdwn()), "plain_text"),
    Rule("inputs need submit", modal(), without(modal(), "submit"), "submit is needed"),
    Rule(
        "without inputs no submit",
        without(modal(section()), "submit"),
        without(modal(asked()), "submit"),
        "submit",
    ),
    Rule(
        "private_metadata is up to 3000",
        modal(private_metadata="x" * 3000),
        modal(private_metadata="x" * 3001),
        "3000",
    ),
    Rule(
        "private_metadata is text", modal(private_metadata="{}"), modal(private_metadata={}), "valid string"
    ),
    Rule("up to 100 blocks", modal(*blocks(100)), modal(*blocks(101)), "at most 100"),
    Rule(
        "known properties only", modal(notify_on_close=True), modal(submit_disabled=True), "submit_disabled"
    ),
    Rule(
        "one element has the focus",
        modal(asked(typed(focus_on_load=True)), asked(block_id="b")),
        modal(asked(typed(focus_on_load=True)), asked(typed(focus_on_load=True), block_id="b")),
        "one may have it",
    ),
    Rule("block ids are unique", modal(asked(), asked(block_id="b")), modal(asked(), asked()), "used twice"),
    Rule("no table in a modal", modal(section()), modal(table()), "no place in a modal"),
    Rule(
        "no markdown in a modal",
        modal(section()),
        modal({"type": "markdown", "text": "x"}),
        "no place in a modal",
    ),
    Rule(
        "up to 250 kB",
        modal(*[section(text=plain("x" * 2400))] * 100),
        modal(*[section(text=plain("客" * 900))] * 100),
        "at most 250000",
    ),
]

HOMES = [
    Rule("no context actions in a home", home(), home(TRASH), "no place in a home"),
    Rule("a home has no title", home(), home(title=plain()), "title"),
    Rule("a home is a home", home(), modal(), "home"),
    Rule("a home has up to 100 blocks", home(*blocks(100)), home(*blocks(101)), "at most 100"),
    Rule("no files in a home", home(section()), home(asked({"type": "file_input"})), "no place in a home"),
]


@each(MESSAGES)
def test_messages_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, problems_of_message)


@each(MODALS)
def test_modals_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, lambda view: problems_of_view(view, "modal"))


@each(HOMES)
def test_homes_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, lambda view: problems_of_view(view, "home"))
