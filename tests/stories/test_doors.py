"""Slack's doors: what is refused before Bolt, what is answered, what the page of health says."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
import requests

from tests.support.office import SECRET, Office


@pytest.fixture
def http_office(sqlite_url: str, now: datetime) -> Iterator[Office]:
    opened = Office(sqlite_url, now)
    yield opened
    opened.close()


def _signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


BODY = b"command=%2Fcrm&text=help&team_id=T1&user_id=U1&trigger_id=1.2.abc&team_domain=x"


def _post(office: Office, body: bytes, headers: dict[str, str]) -> int:
    return requests.post(
        f"{office.server.url}/slack/events", data=body, headers=headers, timeout=5
    ).status_code


def test_a_signed_request_is_answered(http_office: Office) -> None:
    assert _post(http_office, BODY, _signed(BODY)) == 200


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY, _signed(BODY, secret="another")),
        (BODY, _signed(BODY, at=time.time() - 400)),
        (BODY, {}),
        (BODY, _signed(BODY) | {"X-Slack-Request-Timestamp": "abc"}),
        (BODY, _signed(BODY) | {"X-Slack-Request-Timestamp": "9" * 400}),
        (BODY, _signed(BODY) | {"X-Slack-Signature": "v0=é".encode().decode("latin-1")}),
        (BODY, _signed(BODY) | {"X-Slack-Signature": ""}),
    ],
    ids=["forged", "stale", "unsigned", "no number", "huge number", "not ascii", "empty"],
)
def test_what_is_not_proven_to_be_slacks_is_refused(
    http_office: Office, body: bytes, headers: dict[str, str]
) -> None:
    assert _post(http_office, body, headers) in (400, 401)


def test_a_body_that_is_not_utf8_is_refused(http_office: Office) -> None:
    assert _post(http_office, b"\xff\xfe", _signed(b"\xff\xfe")) == 400


def test_a_body_over_a_mebibyte_is_refused(http_office: Office) -> None:
    body = b"text=" + b"a" * (1024 * 1024)
    assert _post(http_office, body, _signed(body)) == 413


@pytest.mark.parametrize(
    "body",
    [
        b"payload=%7B%7D",
        b"payload=not+json",
        b"payload=%7B%22type%22%3A%22odd%22%7D",
        b"x=1",
        b"",
        b"payload=%5B%5D",
    ],
)
def test_a_signed_payload_of_an_unknown_kind_harms_nothing(http_office: Office, body: bytes) -> None:
    assert _post(http_office, body, _signed(body)) in (200, 400)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_other_methods_are_not_allowed(http_office: Office, method: str) -> None:
    assert requests.request(method, f"{http_office.server.url}/slack/events", timeout=5).status_code == 405


def test_health_readiness_and_metrics_are_told(http_office: Office) -> None:
    url = http_office.server.url
    assert requests.get(f"{url}/healthz", timeout=5).status_code == 200
    assert requests.get(f"{url}/readyz", timeout=5).status_code == 200
    assert "python_info" in requests.get(f"{url}/metrics", timeout=5).text


def test_without_a_database_the_person_gets_a_reference_and_readyz_says_so(
    postgres_url: str, now: datetime
) -> None:
    office = Office(postgres_url, now)
    office.crm(office.ann, "help")
    office.store.close()
    office.store.engine.url  # noqa: B018
    broken = office.store.engine.dialect
    office.store.engine.pool._creator = _no_database  # type: ignore[attr-defined]
    assert broken.name == "postgresql"
    answer = office.crm(office.ann, "deal Acme 120k")
    assert "reference" in answer.text
    assert requests.get(f"{office.server.url}/readyz", timeout=5).status_code == 503
    office.close()


def _no_database(*_: object) -> None:
    import psycopg

    raise psycopg.OperationalError("connection refused")


def test_an_unknown_word_gets_the_nearest_verb_and_a_button_that_runs_it(http_office: Office) -> None:
    answer = http_office.crm(http_office.ann, "hlep")
    assert "/crm help" in answer.text
    http_office.press(http_office.ann, answer, "Help")
    assert "/crm deal" in http_office.said(http_office.ann).text


def test_a_name_alone_shows_what_it_names(http_office: Office) -> None:
    office = http_office
    office.crm(office.ann, "customer Kestrel Energy")
    office.crm(office.ann, "deal Kestrel Energy 120k")
    for typed in ("Kestrel", "show kestrel", "查看 Kestrel"):
        assert "opportunity.show" in str(office.crm(office.ann, typed).ack), typed
    for typed in ("OPP-1", "show opp-1"):
        assert "120,000" in office.crm(office.ann, typed).text, typed
    assert "OPP-7" not in office.crm(office.ann, "OPP-1").text
    assert "/crm" in office.crm(office.ann, "OPP-7 won").text
