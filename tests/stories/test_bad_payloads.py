"""Payloads that Slack would not send, signed all the same: none of them is an error of ours."""

import hashlib
import hmac
import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from structlog.testing import capture_logs

from bot.handlers.table import ROUTES
from tests.support.office import SECRET, Office

PRESSED = sorted(route.name for route in ROUTES.of_kind("action"))
SUBMITTED = sorted(route.name for route in ROUTES.of_kind("view"))
VALUES = ["", "not JSON", "[]", "{}", '{"task": "x", "opportunity": {}, "customer": "x", "starts_on": "May"}']
VALUES += [
    '{"verb": "deal", "text": "Acme 5", "page": -1, "choices": {"customer": {"id": "x", "name": "y"}}}',
    json.dumps(dict.fromkeys(["task", "opportunity", "customer", "quote", "lead", "person", "stage"], 10**6)),
]
TYPED = ["x", "NaN", "²", "-1", "new:", "9" * 30]
FIELDS = [
    "customer",
    "name",
    "stage",
    "amount",
    "probability",
    "close_on",
    "closed_on",
    "kind",
    "lines",
    "discount_percent",
    "valid_until",
    "role",
    "manager",
    "team",
    "seller",
    "quarter",
    "metric",
    "days",
    "review_on",
    "weekdays",
    "rhythm",
    "at",
    "place",
    "due",
    "happened_at",
    "price",
    "currency",
    "fiscal_start_month",
    "zone",
    "working_days",
    "owner",
    "assignee",
    "person",
    "loss_reason",
    "cause",
    "action",
    "text",
    "reason",
    "email",
    "words",
    "outcome",
    "next",
    "repeats",
    "remind",
    "checklist",
    "after",
    "after_days",
    "group",
    "whose",
]


@pytest.fixture
def http_office(sqlite_url: str, now: datetime) -> Iterator[Office]:
    opened = Office(sqlite_url, now)
    yield opened
    opened.close()


def _deliver(office: Office, payload: dict[str, Any]) -> requests.Response:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return requests.post(f"{office.server.url}/slack/events", data=body, headers=headers, timeout=5)


def _by_ann(office: Office, kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "team": {"id": "T1"}, "user": {"id": office.ann.id}} | more


def _in_turn(names: list[str], values: list[str]) -> list[tuple[str, str]]:
    """Two of the values for each name, in turn; with PROOF_EVERY_VALUE each value for each name."""
    times = range(len(values) if os.environ.get("PROOF_EVERY_VALUE") else 2)
    return [(name, values[(2 * at + more) % len(values)]) for at, name in enumerate(names) for more in times]


def test_buttons_and_forms_without_what_they_need_are_refused_and_no_error(http_office: Office) -> None:
    with capture_logs() as logged:
        for name, value in _in_turn(PRESSED, VALUES):
            pressed = _by_ann(http_office, "block_actions", actions=[{"action_id": name, "value": value}])
            assert _deliver(http_office, pressed).status_code == 200
        for name, value in _in_turn(SUBMITTED, VALUES):
            view = {"type": "modal", "id": "V1", "callback_id": name, "private_metadata": value}
            submitted = _by_ann(http_office, "view_submission", view=view)
            assert _deliver(http_office, submitted).status_code == 200
        http_office.bot.effects.settle()
    assert [line for line in logged if line["log_level"] == "error"] == []


def test_forms_filled_with_what_no_form_offers_are_refused_and_no_error(http_office: Office) -> None:
    metadata = json.dumps(
        dict.fromkeys(["task", "opportunity", "quote", "lead", "person", "stage", "template"], 1)
    )
    with capture_logs() as logged:
        for name, typed in _in_turn(SUBMITTED, TYPED):
            text = {field: {field: {"type": "plain_text_input", "value": typed}} for field in FIELDS}
            chosen = {field: {field: {"selected_option": {"value": typed}}} for field in FIELDS}
            for values in (text, chosen):
                view = {"type": "modal", "id": "V1", "callback_id": name, "private_metadata": metadata}
                view |= {"state": {"values": values}}
                submitted = _by_ann(http_office, "view_submission", view=view)
                assert _deliver(http_office, submitted).status_code == 200
        http_office.bot.effects.settle()
    assert [line for line in logged if line["log_level"] == "error"] == []


@pytest.mark.parametrize(
    "odd",
    [
        {"team": "T1"},
        {"user": "U1"},
        {"actions": [None]},
        {"actions": "day.page"},
        {"view": "V1"},
        {"view": {"state": {"values": {"amount": {"amount": 5}}}}},
        {"message": "hello"},
        {"response_url": 5},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("kind", ["block_actions", "view_submission", "block_suggestion", "message_action"])
def test_a_payload_of_another_shape_is_passed_over(
    http_office: Office, kind: str, odd: dict[str, Any]
) -> None:
    with capture_logs() as logged:
        assert _deliver(http_office, _by_ann(http_office, kind) | odd).status_code in (200, 400)
    assert [line for line in logged if line["log_level"] == "error"] == []


def test_characters_that_no_database_keeps_are_left_out(office: Office) -> None:
    with capture_logs() as logged:
        assert "*AcmeCo*" in str(office.crm(office.ann, "customer Acme\0Co").message.blocks)
        office.crm(office.ann, "customer")
        office.submit(office.ann, {"name": "Half\0 a pair"})
        assert "Half a pair" in office.crm(office.ann, "find Half\0").text
    assert [line for line in logged if line["log_level"] == "error"] == []
