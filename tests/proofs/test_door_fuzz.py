"""Proof: whatever comes to the HTTP door gets 200, 400, 401 or 413, and is never an error of ours.

PROOF_EXAMPLES is how many requests of each sort are made up (default 150).
"""

import json
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import structlog
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.app import build_app
from bot.app.http import build_web
from bot.clock import machine_clock
from bot.config import Environment
from bot.handlers.table import ROUTES
from bot.logs import set_up_logs
from bot.playground.slack import PretendSlack
from bot.playground.slack.doors import signature
from bot.store import Store

SECRET = "a-signing-secret"
EXAMPLES = int(os.environ.get("PROOF_EXAMPLES", "150"))
ALLOWED = (200, 400, 401, 413)

many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "null", "U1", "T1", "C1", "<@U1>", "\x00", "\ud83d", "9" * 30, "deal Acme 1k"]
    ),
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=8,
)
names = st.sampled_from(sorted({route.name for route in ROUTES.table.values()}))
ids = st.one_of(names, words, values)
kinds = st.sampled_from(
    [
        "block_actions", "view_submission", "view_closed", "block_suggestion", "shortcut", "message_action",
        "event_callback", "url_verification", "app_rate_limited", "workflow_step_edit", "odd",
    ]
)  # fmt: skip
NO = object()


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what it should be, so that handlers are reached; now and then nothing, or anything."""
    return st.integers(0, 19).flatmap(lambda roll: (st.just(NO), values)[roll] if roll < 2 else strategy)


payloads = st.fixed_dictionaries(
    {
        "type": _maybe(kinds),
        "team": _maybe(st.just({"id": "T1", "domain": "t"})),
        "team_id": _maybe(st.just("T1")),
        "user": _maybe(st.just({"id": "U1"})),
        "trigger_id": _maybe(st.uuids().map(str)),
        "callback_id": _maybe(ids),
        "action_id": _maybe(ids),
        "value": _maybe(words),
        "channel": _maybe(st.just({"id": "C1"})),
        "message": _maybe(st.fixed_dictionaries({"text": words, "ts": words, "user": words})),
        "response_url": _maybe(
            st.sampled_from(["http://127.0.0.1:1/", "https://hooks.slack.com.evil/", "x"])
        ),
        "actions": _maybe(st.lists(st.fixed_dictionaries({"action_id": ids, "value": values}), max_size=2)),
        "view": _maybe(
            st.fixed_dictionaries(
                {
                    "id": words,
                    "hash": words,
                    "callback_id": ids,
                    "type": st.sampled_from(["modal", "home", ""]),
                    "private_metadata": st.one_of(words, values.map(json.dumps)),
                    "blocks": st.one_of(st.just([]), values),
                    "state": st.one_of(st.just({"values": {}}), values),
                }
            )
        ),
        "event": _maybe(st.fixed_dictionaries({"type": ids, "user": values})),
        "event_id": _maybe(words),
    }
).map(lambda found: {name: value for name, value in found.items() if value is not NO})

commands = st.fixed_dictionaries(
    {
        "command": st.one_of(st.sampled_from(["/crm", "/deal", "/log", "/forecast"]), words),
        "text": st.one_of(words, st.tuples(names, words).map(" ".join)),
        "team_id": st.one_of(st.just("T1"), words),
        "user_id": st.one_of(st.just("U1"), words),
        "trigger_id": st.uuids().map(str),
        "response_url": words,
    }
)


class Door:
    """The web application, and every log line at error that it writes."""

    def __init__(self, client: FlaskClient, errors: list[Any]) -> None:
        self.client, self.errors = client, errors

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        """The status; AssertionError for an error in the log."""
        status = self.client.post("/slack/events", data=body, headers=headers).status_code
        assert self.errors == []
        return status

    def signed(self, body: bytes, content_type: str = "application/x-www-form-urlencoded") -> int:
        """The status of what Slack itself would have sent."""
        stamp = str(int(time.time()))
        proof = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(SECRET, stamp, body)}
        return self.post(body, {"Content-Type": content_type} | proof)


class _Errors(logging.Handler):
    def __init__(self, kept: list[Any]) -> None:
        super().__init__(logging.ERROR)
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record.getMessage())


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One bot for the module, behind its door, with a pretend Slack behind it."""
    errors: list[Any] = []

    def keep(_: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
        if method in ("error", "exception", "critical"):
            errors.append(event)
        raise structlog.DropEvent

    store = _store(tmp_path_factory.mktemp("door"))
    handler = _Errors(errors)
    logging.getLogger().addHandler(handler)
    set_up_logs()
    structlog.configure(processors=[keep], cache_logger_on_first_use=False)
    with PretendSlack(signing_secret=SECRET) as slack:
        slack.add_user("ann", "Ann Lee", id="U1", tz="UTC")
        environment = Environment(
            slack_bot_token="xoxb-pretend", slack_signing_secret=SECRET, slack_app_token=None,
            slack_api_url=slack.api_url,
        )  # fmt: skip
        bot = build_app(environment, store, machine_clock)
        yield Door(build_web(bot).test_client(), errors)
        bot.close()
    structlog.reset_defaults()
    logging.getLogger().removeHandler(handler)


def _store(folder: Path) -> Store:
    from bot.store.migrating import migrate

    store = Store(f"sqlite:///{folder}/door.db")
    migrate(store)
    return store


@many
@given(
    body=st.binary(max_size=300),
    stamp=st.one_of(
        st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])), st.integers().map(str)
    ),
    proof=st.one_of(st.just("v0=beef"), st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]))),
    content_type=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "a/b", ""]),
)
@example(body=b"", stamp="٣", proof="v0=", content_type="")
def test_what_nobody_signed_is_refused(
    door: Door, body: bytes, stamp: str, proof: str, content_type: str
) -> None:
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": proof, "Content-Type": content_type}
    assert door.post(body, {name: value for name, value in headers.items() if _sendable(value)}) in (400, 401)


def _sendable(value: str) -> bool:
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


@many
@given(body=st.binary(max_size=300), content_type=st.sampled_from(["application/json", "text/plain", ""]))
def test_signed_bytes_of_any_kind_harm_nothing(door: Door, body: bytes, content_type: str) -> None:
    assert door.signed(body, content_type) in ALLOWED


@many
@given(payload=payloads)
def test_a_signed_interaction_of_any_shape_harms_nothing(door: Door, payload: Any) -> None:
    assert door.signed(urlencode({"payload": json.dumps(payload)}).encode()) in ALLOWED


@many
@given(payload=payloads)
def test_a_signed_event_of_any_shape_harms_nothing(door: Door, payload: Any) -> None:
    assert door.signed(json.dumps(payload).encode(), "application/json") in ALLOWED


@many
@given(payload=values)
def test_a_signed_payload_that_is_no_object_harms_nothing(door: Door, payload: Any) -> None:
    assert door.signed(urlencode({"payload": json.dumps(payload)}).encode()) in ALLOWED
    assert door.signed(json.dumps(payload).encode(), "application/json") in ALLOWED


@many
@given(fields=commands)
def test_a_command_of_any_text_is_answered(door: Door, fields: dict[str, str]) -> None:
    assert door.signed(urlencode(fields, errors="surrogatepass").encode()) in ALLOWED
