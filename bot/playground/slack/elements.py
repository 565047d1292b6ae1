"""Slack's block elements: which fields each has, and how long and how many they may be."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from bot.playground.slack.rules import (
    Report,
    Rule,
    action_id,
    anything,
    boolean,
    focus,
    one_of,
    plain,
    rich,
    several,
    shape,
    string,
    whole,
)

_CONFIRM = shape(
    {
        "title": plain(100),
        "text": plain(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    required=("title", "text", "confirm", "deny"),
)
_PLACEHOLDER = plain(150)
_WHEN = one_of("on_enter_pressed", "on_character_entered")
_DISPATCH = shape({"trigger_actions_on": several(_WHEN, 2, least=1)})
_FILTER = shape(
    {
        "include": several(one_of("im", "mpim", "private", "public"), 4, least=1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)


def _date(value: Any, pointer: str, report: Report) -> None:
    try:
        is_day = date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        is_day = False
    if not is_day:
        report.add(pointer, "must be a date of the form YYYY-MM-DD")


def _zone(value: Any, pointer: str, report: Report) -> None:
    if value not in available_timezones():
        report.add(pointer, "must be an IANA time zone")


_TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
_URL = string(3000, least=1, pattern=r"(https?|mailto|slack|tel):\S+")
_IDS = several(string(30, least=1), 1000)

_COMMON: dict[str, Rule] = {"type": anything, "action_id": action_id}
_INTERACTIVE = {**_COMMON, "confirm": _CONFIRM, "focus_on_load": focus}


def _option(text: Rule, *, with_url: bool = False) -> Rule:
    fields: dict[str, Rule] = {"text": text, "value": string(150, least=1), "description": text}
    if with_url:
        fields["url"] = _URL
    return shape(fields, required=("text", "value"))


_PLAIN_OPTION = _option(plain(75))
_RICH_OPTION = _option(rich(75))
_GROUP = shape(
    {"label": plain(75), "options": several(_PLAIN_OPTION, 100, least=1)}, required=("label", "options")
)


def _offered(element: dict[str, Any]) -> list[Any]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for g in groups for o in g.get("options", ()))]


def _chosen_among_offered(rule: Rule, *, key: str) -> Rule:
    """An initial choice must be one of the options, word for word."""

    def check(value: Any, pointer: str, report: Report) -> None:
        before = len(report.lines)
        rule(value, pointer, report)
        chosen = value.get(key) if len(report.lines) == before else None
        for option in chosen if isinstance(chosen, list) else [chosen] if chosen else []:
            if option not in _offered(value):
                report.add(f"{pointer}/{key}", f"`{key}` must match one of the options")

    return check


def _select(fields: dict[str, Rule], *, required: tuple[str, ...] = (), either: tuple[str, ...] = ()) -> Rule:
    return shape({**_INTERACTIVE, "placeholder": _PLACEHOLDER, **fields}, required=required, either=either)


_STATIC: dict[str, Rule] = {
    "options": several(_PLAIN_OPTION, 100, least=1),
    "option_groups": several(_GROUP, 100, least=1),
}
_SELECTS: dict[str, Rule] = {
    "static_select": _chosen_among_offered(
        _select({**_STATIC, "initial_option": _PLAIN_OPTION}, either=("options", "option_groups")),
        key="initial_option",
    ),
    "external_select": _select({"initial_option": _PLAIN_OPTION, "min_query_length": whole(0)}),
    "users_select": _select({"initial_user": string(30)}),
    "conversations_select": _select(
        {
            "initial_conversation": string(30),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _FILTER,
        }
    ),
    "channels_select": _select({"initial_channel": string(30), "response_url_enabled": boolean}),
}
_MOST = {"max_selected_items": whole(1)}
_MULTI: dict[str, Rule] = {
    "multi_static_select": _chosen_among_offered(
        _select(
            {**_STATIC, **_MOST, "initial_options": several(_PLAIN_OPTION, 100)},
            either=("options", "option_groups"),
        ),
        key="initial_options",
    ),
    "multi_external_select": _select(
        {**_MOST, "initial_options": several(_PLAIN_OPTION, 100), "min_query_length": whole(0)}
    ),
    "multi_users_select": _select({**_MOST, "initial_users": _IDS}),
    "multi_conversations_select": _select(
        {
            **_MOST,
            "initial_conversations": _IDS,
            "default_to_current_conversation": boolean,
            "filter": _FILTER,
        }
    ),
    "multi_channels_select": _select({**_MOST, "initial_channels": _IDS}),
}
_PICKED: dict[str, Rule] = {
    "radio_buttons": _chosen_among_offered(
        shape(
            {
                **_INTERACTIVE,
                "options": several(_RICH_OPTION, 10, least=1),
                "initial_option": _RICH_OPTION,
            },
            required=("options",),
        ),
        key="initial_option",
    ),
    "checkboxes": _chosen_among_offered(
        shape(
            {
                **_INTERACTIVE,
                "options": several(_RICH_OPTION, 10, least=1),
                "initial_options": several(_RICH_OPTION, 10, least=1),
            },
            required=("options",),
        ),
        key="initial_options",
    ),
    "datepicker": _select({"initial_date": _date}),
    "timepicker": _select({"initial_time": _TIME, "timezone": _zone}),
}
_DATETIME: dict[str, Rule] = {
    "datetimepicker": shape({**_INTERACTIVE, "initial_date_time": whole(1_000_000_000, 9_999_999_999)})
}
_PRESSED: dict[str, Rule] = {
    "button": shape(
        {
            **_COMMON,
            "text": plain(75),
            "url": _URL,
            "value": string(2000, least=1),
            "style": one_of("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(75, least=1),
        },
        required=("text",),
    ),
    "overflow": shape(
        {
            **_COMMON,
            "confirm": _CONFIRM,
            "options": several(_option(plain(75), with_url=True), 5, least=1),
        },
        required=("options",),
    ),
}


def _typed(fields: dict[str, Rule], *, required: tuple[str, ...] = ()) -> Rule:
    return shape(
        {
            **_COMMON,
            "placeholder": _PLACEHOLDER,
            "focus_on_load": focus,
            "dispatch_action_config": _DISPATCH,
            **fields,
        },
        required=required,
    )


_NUMBER = string(20, pattern=r"-?\d+(\.\d+)?")
_TYPED: dict[str, Rule] = {
    "plain_text_input": _typed(
        {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        }
    ),
    "number_input": _typed(
        {"is_decimal_allowed": boolean, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        required=("is_decimal_allowed",),
    ),
    "email_text_input": _typed({"initial_value": string(3000)}),
    "url_text_input": _typed({"initial_value": string(3000)}),
    "rich_text_input": _typed({"initial_value": anything}),
    "file_input": shape({**_COMMON, "filetypes": several(string(20), 100), "max_files": whole(1, 10)}),
}

_SLACK_FILE = shape({"id": string(30), "url": _URL}, either=("id", "url"))


def _picture(value: Any, pointer: str, report: Report) -> None:
    _SLACK_FILE(value, pointer, report)
    name = (value.get("id") or value.get("url")) if isinstance(value, dict) else None
    if name and not report.knows_picture(name):
        report.add(pointer, "invalid slack file")


PICTURE_FIELDS: dict[str, Rule] = {
    "type": anything,
    "image_url": _URL,
    "slack_file": _picture,
    "alt_text": string(2000, least=1),
}
_IMAGE: dict[str, Rule] = {
    "image": shape(PICTURE_FIELDS, required=("alt_text",), either=("image_url", "slack_file"))
}

IN_SECTION: dict[str, Rule] = {**_PRESSED, **_SELECTS, **_MULTI, **_PICKED, **_IMAGE}
IN_ACTIONS: dict[str, Rule] = {
    **_PRESSED,
    **_SELECTS,
    **_MULTI,
    **_PICKED,
    **_DATETIME,
    "rich_text_input": _TYPED["rich_text_input"],
}
IN_INPUT: dict[str, Rule] = {**_TYPED, **_SELECTS, **_MULTI, **_PICKED, **_DATETIME}
IN_CONTEXT: dict[str, Rule] = {**_IMAGE, "mrkdwn": rich(3000), "plain_text": plain(3000)}


def problems_of_options(answer: Any) -> list[str]:
    """What Slack refuses in the answer to a block_suggestion; [] when it shows the options."""
    report = Report()
    rule = shape(
        {"options": several(_PLAIN_OPTION, 100), "option_groups": several(_GROUP, 100)},
        either=("options", "option_groups"),
    )
    rule(answer, "", report)
    return report.lines
