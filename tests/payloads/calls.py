"""Web API calls: the method exists in slack_sdk, takes these arguments, and they say what Slack asks for.

Names and required arguments are read from slack_sdk.WebClient itself; what its signatures cannot say is in
the tables below, from docs.slack.dev/reference/methods.
"""

import functools
import inspect
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from slack_sdk import WebClient

from tests.payloads.surfaces import Json, problems_of_message, problems_of_view


class Method(NamedTuple):
    arguments: frozenset[str]
    required: frozenset[str]


# They travel in a header, not among the arguments.
_CREDENTIALS = frozenset({"app_token", "client_id", "client_secret"})
_ALWAYS_ALLOWED = frozenset({"token"})
_RETIRED = re.compile(r"files\.upload|rtm\.start|(?:channels|groups|im|mpim)\..+")
_JSON_ARGUMENTS = frozenset(
    {
        "blocks",
        "attachments",
        "view",
        "metadata",
        "files",
        "unfurls",
        "user_auth_blocks",
        "profile",
        "prompts",
    }
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif")

EXACTLY_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "views.open": ("trigger_id", "interactivity_pointer"),
    "views.push": ("trigger_id", "interactivity_pointer"),
    "views.update": ("view_id", "external_id"),
    "conversations.open": ("channel", "users"),
    "oauth.v2.access": ("code", "refresh_token"),
}
MESSAGES = frozenset(
    {"chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage", "chat.update", "chat.meMessage"}
)
VIEWS: Mapping[str, str] = {"views.open": "modal", "views.push": "modal", "views.publish": "home"}


def _matches(pattern: str, meaning: str) -> Callable[[Any], str | None]:
    return lambda value: None if re.fullmatch(pattern, str(value)) else f"{value!r} is not {meaning}"


def _up_to(most: int) -> Callable[[Any], str | None]:
    return lambda value: None if len(str(value)) <= most else f"more than {most} characters"


_CHANNEL_NAME = _matches(
    r"(?:(?![A-Z\s])[\w-]){1,80}", "a channel's name (lower case, digits, - and _, up to 80 characters)"
)
_PERSON = _matches(r"[UW][A-Z0-9]+", "a person's id")
_TIMESTAMP = _matches(r"\d{10}\.\d{6}", "a message's ts such as 1503435956.000247")

# Arguments whose form the reference gives: for every method, and for one.
FORMS: Mapping[str, Callable[[Any], str | None]] = {
    "ts": _TIMESTAMP,
    "thread_ts": _TIMESTAMP,
    "message_ts": _TIMESTAMP,
    "user_id": _PERSON,
    "user": _PERSON,
    "limit": _matches(r"[1-9]\d{0,2}|1000", "a number from 1 to 1000"),
    "post_at": _matches(r"\d{10}", "a Unix time in seconds"),
}
FORMS_OF_METHODS: Mapping[tuple[str, str], Callable[[Any], str | None]] = {
    ("conversations.create", "name"): _CHANNEL_NAME,
    ("conversations.rename", "name"): _CHANNEL_NAME,
    ("conversations.setTopic", "topic"): _up_to(250),
    ("conversations.setPurpose", "purpose"): _up_to(250),
    ("files.getUploadURLExternal", "length"): _matches(r"[1-9]\d*", "a positive number of bytes"),
}


@functools.cache
def methods() -> Mapping[str, Method]:
    """Every Web API method that slack_sdk calls, by its name on the wire."""
    known: dict[str, Method] = {}
    for _, function in inspect.getmembers(WebClient, inspect.isfunction):
        names = set(re.findall(r'api_call\(\s*"([\w.]+)"', inspect.getsource(function)))
        parameters = inspect.signature(function).parameters
        named = {n: p for n, p in parameters.items() if n != "self" and p.kind is not p.VAR_KEYWORD}
        required = {name for name, parameter in named.items() if parameter.default is parameter.empty}
        known |= {name: Method(frozenset(named), frozenset(required) - _CREDENTIALS) for name in names}
    return known


def _decoded(arguments: Json) -> tuple[Json, list[str]]:
    """Form-encoded calls carry structures as JSON text."""
    values = dict(arguments)
    problems = []
    for name in _JSON_ARGUMENTS & set(values):
        if isinstance(values[name], str):
            try:
                values[name] = json.loads(values[name])
            except json.JSONDecodeError:
                problems.append(f"{name}: not JSON")
    return values, problems


def _names(method: str, arguments: Json) -> list[str]:
    described = methods()[method]
    unknown = sorted(set(arguments) - described.arguments - _ALWAYS_ALLOWED)
    missing = sorted(described.required - set(arguments))
    return [
        *(f"{name}: {method} has no such argument in slack_sdk" for name in unknown),
        *(f"{name}: {method} requires it" for name in missing),
    ]


def _alternatives(method: str, arguments: Json) -> list[str]:
    names = EXACTLY_ONE_OF.get(method, ())
    given = [name for name in names if arguments.get(name)]
    return [f"exactly one of {', '.join(names)} is needed"] if names and len(given) != 1 else []


def _forms(method: str, arguments: Json) -> list[str]:
    checks = [(name, FORMS_OF_METHODS.get((method, name), FORMS.get(name))) for name in arguments]
    return [f"{name}: {said}" for name, check in checks if check and (said := check(arguments[name]))]


def _message(method: str, arguments: Json) -> list[str]:
    return problems_of_message(arguments) if method in MESSAGES else []


def _view(method: str, arguments: Json) -> list[str]:
    view = arguments.get("view")
    if not method.startswith("views.") or not isinstance(view, Mapping):
        return []
    surface = VIEWS.get(method, "home" if view.get("type") == "home" else "modal")
    return [f"view.{problem}" for problem in problems_of_view(view, surface)]


def _unfurls(method: str, arguments: Json) -> list[str]:
    if method != "chat.unfurl":
        return []
    by_message, by_id = {"channel", "ts"} <= set(arguments), {"unfurl_id", "source"} <= set(arguments)
    place = [] if by_message or by_id else ["channel and ts, or unfurl_id and source, are needed"]
    unfurls = arguments.get("unfurls") or {}
    return place + [
        f"unfurls.{url}.{problem}"
        for url, shown in unfurls.items()
        for problem in problems_of_message({"text": url, "attachments": [shown]})
    ]


def _files(method: str, arguments: Json) -> list[str]:
    if method == "files.getUploadURLExternal":
        pictured = str(arguments.get("filename", "")).lower().endswith(_PICTURES)
        return ["alt_txt: a picture needs its words"] if pictured and not arguments.get("alt_txt") else []
    if method != "files.completeUploadExternal":
        return []
    files = arguments.get("files")
    named = isinstance(files, list) and files and all(isinstance(f, Mapping) and f.get("id") for f in files)
    problems = [] if named else ["files: a list of objects with an id"]
    if "thread_ts" in arguments and "," in str(arguments.get("channels", "")):
        problems.append("thread_ts: goes with one channel only")
    return problems


RULES: tuple[Callable[[str, Json], list[str]], ...] = (
    _names,
    _alternatives,
    _forms,
    _message,
    _view,
    _unfurls,
    _files,
)


def problems_of_call(method: str, arguments: Json) -> list[str]:
    """What slack_sdk and Slack's reference object to in a call of this method with these arguments."""
    if method not in methods():
        return [f"slack_sdk has no method {method!r}"]
    if _RETIRED.fullmatch(method):
        return [f"{method} is retired"]
    values, problems = _decoded(arguments)
    return problems or [problem for rule in RULES for problem in rule(method, values)]
