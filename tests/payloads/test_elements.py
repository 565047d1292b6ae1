"""Elements and the objects inside them keep to the reference."""

from tests.payloads.rules import Rule, assert_tells_apart, bounded, each
from tests.payloads.samples import (
    actions,
    button,
    confirm,
    external,
    group,
    message,
    mrkdwn,
    option,
    options,
    plain,
    select,
    without,
)
from tests.payloads.validator import problems_of_message

ELEMENTS = [
    *bounded("button text", 75, lambda n: button(text=plain("x" * n))),
    *bounded("button value", 2000, lambda n: button(value="x" * n)),
    *bounded("accessibility label", 75, lambda n: button(accessibility_label="x" * n)),
    *bounded("action_id", 255, lambda n: button(action_id="x" * n)),
    *bounded("placeholder", 150, lambda n: select(placeholder=plain("x" * n))),
    *bounded("option text", 75, lambda n: select(options=[option(text="x" * n)])),
    *bounded("option value", 150, lambda n: select(options=[option("x" * n)])),
    *bounded("option description", 75, lambda n: select(options=[option(description=plain("x" * n))])),
    *bounded("label of a group", 75, lambda n: without(select(option_groups=[group(1, "x" * n)]), "options")),
    *bounded("options of a group", 100, lambda n: without(select(option_groups=[group(n)]), "options")),
    *bounded("overflow options", 5, lambda n: {"type": "overflow", "options": options(n)}),
    *bounded("checkboxes", 10, lambda n: {"type": "checkboxes", "options": options(n)}),
    *bounded("radio buttons", 10, lambda n: {"type": "radio_buttons", "options": options(n)}),
    *bounded("title of a confirmation", 100, lambda n: button(confirm=confirm(title=plain("x" * n)))),
    *bounded("text of a confirmation", 300, lambda n: button(confirm=confirm(text=plain("x" * n)))),
    *bounded("yes of a confirmation", 30, lambda n: button(confirm=confirm(confirm=plain("x" * n)))),
    *bounded("no of a confirmation", 30, lambda n: button(confirm=confirm(deny=plain("x" * n)))),
    Rule(
        "a select has up to 100 options",
        select(options=options(100)),
        select(options=options(101)),
        "at most 100",
    ),
    Rule("a static select offers something", select(), select(options=[]), "at least one option"),
    Rule(
        "a select has up to 100 groups",
        without(select(option_groups=[group()] * 100), "options"),
        without(select(option_groups=[group()] * 101), "options"),
        "at most 100",
    ),
    Rule("options or groups, not both", select(), select(option_groups=[group()]), "exactly one of options"),
    Rule(
        "options have values of their own",
        select(options=[option("a"), option("b")]),
        select(options=[option("a"), option("a")]),
        "'a' is used twice",
    ),
    Rule(
        "options of a menu are plain",
        {"type": "radio_buttons", "options": [option() | {"text": mrkdwn()}]},
        select(options=[option() | {"text": mrkdwn()}]),
        "plain_text",
    ),
    Rule(
        "only an overflow option has a url",
        {"type": "overflow", "options": [option(url="https://example.com")]},
        select(options=[option(url="https://example.com")]),
        "url",
    ),
    Rule(
        "an initial option is among the options",
        select(initial_option=option("1")),
        select(initial_option=option("9")),
        "not among the options",
    ),
    Rule(
        "an initial option is among the groups",
        without(select(option_groups=[group(2)], initial_option=option("1")), "options"),
        without(select(option_groups=[group(2)], initial_option=option("9")), "options"),
        "not among the options",
    ),
    Rule(
        "an initial option matches exactly",
        select(initial_option=option("1", "A")),
        select(initial_option=option("1", "B")),
        "not among the options",
    ),
    Rule(
        "initial options of several are among them",
        {"type": "multi_static_select", "options": options(2), "initial_options": options(1)},
        {"type": "multi_static_select", "options": options(2), "initial_options": [option("9")]},
        "not among the options",
    ),
    Rule(
        "ticked boxes are among the boxes",
        {"type": "checkboxes", "options": options(2), "initial_options": options(1)},
        {"type": "checkboxes", "options": options(2), "initial_options": [option("9")]},
        "not among the options",
    ),
    Rule(
        "the chosen radio button is among them",
        {"type": "radio_buttons", "options": options(2), "initial_option": option("1")},
        {"type": "radio_buttons", "options": options(2), "initial_option": option("9")},
        "not among the options",
    ),
    Rule(
        "several may be chosen, at least one",
        {"type": "multi_users_select", "max_selected_items": 1},
        {"type": "multi_users_select", "max_selected_items": 0},
        "greater than or equal to 1",
    ),
    Rule(
        "a query length is not negative",
        external(min_query_length=0),
        external(min_query_length=-1),
        "min_query",
    ),
    Rule(
        "a query length is a number",
        external(min_query_length=1),
        external(min_query_length="1"),
        "min_query",
    ),
    Rule("an external select has no options of its own", external(), external(options=options(1)), "options"),
    Rule(
        "a filter filters something",
        {"type": "conversations_select", "filter": {"exclude_bot_users": True}},
        {"type": "conversations_select", "filter": {}},
        "at least one criterion",
    ),
    Rule(
        "a filter names kinds of conversation",
        {"type": "conversations_select", "filter": {"include": ["im", "public"]}},
        {"type": "conversations_select", "filter": {"include": ["dm"]}},
        "include",
    ),
    Rule(
        "an initial person is an id",
        {"type": "users_select", "initial_user": "U1"},
        {"type": "users_select", "initial_user": "@ann"},
        "pattern",
    ),
    Rule("a style is primary or danger", button(style="danger"), button(style="green"), "style"),
    Rule("a url has a scheme", button(url="https://example.com"), button(url="example.com"), "pattern"),
    Rule("a button's text is plain", button(), button(text=mrkdwn()), "plain_text"),
    Rule(
        "a confirmation is whole",
        button(confirm=confirm()),
        button(confirm=without(confirm(), "deny")),
        "deny",
    ),
    Rule(
        "a confirmation is plain",
        button(confirm=confirm()),
        button(confirm=confirm(text=mrkdwn())),
        "plain_text",
    ),
    Rule(
        "a day is a day",
        {"type": "datepicker", "initial_date": "2026-02-28"},
        {"type": "datepicker", "initial_date": "2026-02-30"},
        "initial_date",
    ),
    Rule(
        "a day is written YYYY-MM-DD",
        {"type": "datepicker", "initial_date": "2026-02-08"},
        {"type": "datepicker", "initial_date": "20260208"},
        "pattern",
    ),
    Rule(
        "a time is written HH:mm",
        {"type": "timepicker", "initial_time": "09:05"},
        {"type": "timepicker", "initial_time": "9:05"},
        "pattern",
    ),
    Rule(
        "a zone is an IANA zone",
        {"type": "timepicker", "timezone": "Asia/Shanghai"},
        {"type": "timepicker", "timezone": "Beijing"},
        "IANA",
    ),
]


@each(ELEMENTS)
def test_elements_keep_to_the_reference(rule: Rule) -> None:
    assert_tells_apart(rule, lambda element: problems_of_message(message(actions(element))))
