"""Web API calls keep to slack_sdk and to the reference."""

import json

import pytest

from tests.payloads.calls import methods
from tests.payloads.rules import Rule, assert_tells_apart
from tests.payloads.samples import POST, Payload, home, modal, section, without
from tests.payloads.validator import problems_of_call

TS = "1503435956.000247"
UPLOAD: Payload = {"filename": "forecast.png", "length": 53072, "alt_txt": "Forecast: 1.2 M"}
PERMALINK: Payload = {"channel": "C1", "message_ts": TS}
PUBLISHED: Payload = {"user_id": "U1", "view": home()}
PUSHED: Payload = {"trigger_id": "1.2.a", "view": modal()}
ROOM: Payload = {"channel": "C1"}

CALLS = [
    ("chat.postMessage", Rule("required arguments are given", POST, without(POST, "channel"), "requires it")),
    ("chat.postMessage", Rule("arguments exist", POST, POST | {"chanel": "C1"}, "no such argument")),
    ("chat.postMessage", Rule("text stands beside blocks", POST, without(POST, "text"), "text is missing")),
    (
        "chat.postMessage",
        Rule("blocks are valid", POST, POST | {"blocks": [{"type": "section"}]}, "needs text"),
    ),
    (
        "chat.postMessage",
        Rule(
            "blocks may be JSON text",
            POST | {"blocks": json.dumps([section()])},
            POST | {"blocks": "[{"},
            "not JSON",
        ),
    ),
    (
        "chat.postMessage",
        Rule("a thread is a ts", POST | {"thread_ts": TS}, POST | {"thread_ts": "1503"}, "ts such as"),
    ),
    (
        "chat.postEphemeral",
        Rule(
            "it carries no metadata",
            POST | {"user": "U1"},
            POST | {"user": "U1", "metadata": {}},
            "no such argument",
        ),
    ),
    (
        "chat.postEphemeral",
        Rule("a person is an id", POST | {"user": "U1"}, POST | {"user": "@ann"}, "person's id"),
    ),
    ("chat.update", Rule("a message is named by ts", POST | {"ts": TS}, POST, "ts: chat.update requires it")),
    (
        "chat.scheduleMessage",
        Rule(
            "a moment is in seconds",
            POST | {"post_at": 1628633820},
            POST | {"post_at": "2026-01-01"},
            "Unix time",
        ),
    ),
    (
        "chat.unfurl",
        Rule(
            "an unfurl has a place",
            {"channel": "C1", "ts": TS, "unfurls": {"https://example.com/o/1": {"blocks": [section()]}}},
            {"channel": "C1", "unfurls": {}},
            "channel and ts",
        ),
    ),
    (
        "chat.unfurl",
        Rule(
            "what is unfurled is valid",
            {"channel": "C1", "ts": TS, "unfurls": {"https://example.com/o/1": {"blocks": [section()]}}},
            {
                "channel": "C1",
                "ts": TS,
                "unfurls": {"https://example.com/o/1": {"blocks": [{"type": "section"}]}},
            },
            "needs text or fields",
        ),
    ),
    (
        "views.open",
        Rule(
            "a view has its trigger",
            {"trigger_id": "1.2.a", "view": modal()},
            {"view": modal()},
            "exactly one of",
        ),
    ),
    (
        "views.open",
        Rule(
            "a home is not opened",
            {"trigger_id": "1.2.a", "view": modal()},
            {"trigger_id": "1.2.a", "view": home()},
            "view.type",
        ),
    ),
    (
        "views.push",
        Rule(
            "a pushed view is valid",
            {"trigger_id": "1.2.a", "view": modal()},
            {"trigger_id": "1.2.a", "view": without(modal(), "submit")},
            "submit is needed",
        ),
    ),
    (
        "views.update",
        Rule(
            "a view is named one way",
            {"view_id": "V1", "view": modal()},
            {"view_id": "V1", "external_id": "x", "view": modal()},
            "exactly one of",
        ),
    ),
    (
        "views.publish",
        Rule(
            "a home is published",
            {"user_id": "U1", "view": home()},
            {"user_id": "U1", "view": modal()},
            "type",
        ),
    ),
    (
        "conversations.open",
        Rule("somebody is named", {"users": "U1,U2"}, {}, "exactly one of channel, users"),
    ),
    (
        "conversations.create",
        Rule("a name is in lower case", {"name": "deal-华星"}, {"name": "Deal Acme"}, "channel's"),
    ),
    (
        "conversations.setTopic",
        Rule(
            "a topic is up to 250",
            {"channel": "C1", "topic": "x" * 250},
            {"channel": "C1", "topic": "x" * 251},
            "250 characters",
        ),
    ),
    (
        "conversations.history",
        Rule(
            "a page is up to 1000", {"channel": "C1", "limit": 1000}, {"channel": "C1", "limit": 1001}, "1000"
        ),
    ),
    (
        "files.getUploadURLExternal",
        Rule("a picture has its words", UPLOAD, without(UPLOAD, "alt_txt"), "alt_txt"),
    ),
    (
        "files.getUploadURLExternal",
        Rule("a file has bytes", UPLOAD, UPLOAD | {"length": 0}, "positive number"),
    ),
    (
        "files.completeUploadExternal",
        Rule(
            "files have ids",
            {"files": '[{"id": "F1", "title": "Forecast"}]'},
            {"files": [{"title": "F"}]},
            "an id",
        ),
    ),
    (
        "files.completeUploadExternal",
        Rule(
            "a thread is in one channel",
            {"files": [{"id": "F1"}], "channels": "C1", "thread_ts": TS},
            {"files": [{"id": "F1"}], "channels": "C1,C2", "thread_ts": TS},
            "one channel only",
        ),
    ),
    (
        "oauth.v2.access",
        Rule(
            "credentials travel in the header",
            {"code": "1.2.a"},
            {"code": "1", "refresh_token": "x"},
            "exactly one",
        ),
    ),
    (
        "chat.update",
        Rule("a ts has its fraction", POST | {"ts": TS}, POST | {"ts": "1503435956"}, "ts such as"),
    ),
    (
        "chat.getPermalink",
        Rule("so has a message_ts", PERMALINK, PERMALINK | {"message_ts": "1"}, "ts such as"),
    ),
    ("views.publish", Rule("a home is somebody's", PUBLISHED, PUBLISHED | {"user_id": "ann"}, "person's id")),
    (
        "views.push",
        Rule("a pushed view has its trigger", PUSHED, without(PUSHED, "trigger_id"), "exactly one of"),
    ),
    ("views.push", Rule("a home is not pushed", PUSHED, PUSHED | {"view": home()}, "view.type")),
    (
        "conversations.rename",
        Rule("a new name is in lower case", ROOM | {"name": "a"}, ROOM | {"name": "A"}, "channel's"),
    ),
    (
        "conversations.setPurpose",
        Rule(
            "a purpose is up to 250",
            ROOM | {"purpose": "x" * 250},
            ROOM | {"purpose": "x" * 251},
            "250 characters",
        ),
    ),
]


@pytest.mark.parametrize(("method", "rule"), CALLS, ids=lambda value: getattr(value, "law", value))
def test_calls_keep_to_slack_sdk_and_the_reference(method: str, rule: Rule) -> None:
    assert_tells_apart(rule, lambda arguments: problems_of_call(method, arguments))


@pytest.mark.parametrize("method", ["chat.postMesage", "chat_postMessage", "api_call"])
def test_a_method_that_slack_sdk_lacks_is_flagged(method: str) -> None:
    assert problems_of_call(method, {}) == [f"slack_sdk has no method {method!r}"]


@pytest.mark.parametrize("method", ["files.upload", "channels.join", "rtm.start"])
def test_a_retired_method_is_flagged(method: str) -> None:
    assert problems_of_call(method, {}) == [f"{method} is retired"]


def test_the_methods_of_slack_sdk_are_read_with_their_arguments() -> None:
    assert len(methods()) > 250
    assert methods()["chat.postMessage"].required == {"channel"}
    assert {"alt_txt", "filename", "length"} <= methods()["files.getUploadURLExternal"].arguments
