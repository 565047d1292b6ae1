"""`dealdesk run` on SQLite: both doors, reminders at their moment, an abrupt end, and one process a file."""

import http.client
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import machine_clock
from bot.playground.slack import Delivery
from bot.playground.slack.doors import Doors
from tests.processes.conftest import Town
from tests.support.processes import (
    SECRET,
    Process,
    eventually,
    exported,
    running,
    shell,
    slack_environment,
)

MORNING = "2026-11-25T09:00:00+00:00"
JUST_BEFORE, WAIT = "2026-11-25T14:59:55+00:00", timedelta(seconds=5)
"""A start of the clock a few seconds before three o'clock in the afternoon."""


@pytest.fixture(scope="module")
def database_url(folder: Path) -> str:
    """A file that does not exist yet."""
    return f"sqlite:///{folder}/crm.db"


@pytest.fixture(scope="module")
def killed(town: Town, folder: Path, database_url: str) -> Process:
    """A run over HTTP in the morning, looked at by the story below, then killed with reminders waiting."""
    variables = slack_environment(town.slack, database_url, DEALDESK_NOW=MORNING)
    with running("run", folder, variables) as run:
        town.slack.bot_url = run.url
        assert (run.status("/healthz"), run.status("/readyz")) == (200, 200)
        assert "/crm deal" in town.slack.command(town.ann, town.sales, "/crm", "help").text
        for line in ("task send the offer 2026-11-25 15:00", "task call Acme 2026-11-25 16:00"):
            assert "2026" in town.slack.command(town.ann, town.sales, "/crm", line).text
        _others_beside(run, folder, database_url, variables)
        _forgers(run, town.slack.command(town.ann, town.sales, "/crm", "help"))
        run.kill()
    return run


def _others_beside(run: Process, folder: Path, database_url: str, variables: dict[str, str]) -> None:
    """A second run is refused; import and export are not."""
    second = shell(folder, "run", PORT="0", **variables)
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert "Traceback" not in second.stderr
    customers = folder / "customers.csv"
    customers.write_text("name,industry\nAcme,Retail\n", "utf-8")
    assert shell(folder, "import", "customers", str(customers), DATABASE_URL=database_url).returncode == 0
    texts = [task["text"] for task in exported(folder, "tasks", database_url)]
    assert texts == ["send the offer", "call Acme"]
    assert run.status("/readyz") == 200


def _forgers(run: Process, sent: Delivery) -> None:
    """Requests that are not Slack's: another secret, and a stale or nonsense stamp."""
    content_type, body = sent.http_body()
    forger = Doors(None, None, signing_secret="not-the-secret", ack_seconds=20)  # type: ignore[arg-type]
    forger.bot_url = run.url
    forged = sent.again()
    forger._over_http(forged)
    assert forged.status == 401
    for stamp in ("1", "yesterday", ""):
        connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=20)
        headers = {
            "Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=beef",
        }  # fmt: skip
        connection.request("POST", "/slack/events", body, headers)
        assert connection.getresponse().status in (400, 401)
        connection.close()


@dataclass(frozen=True)
class Afternoon:
    """A second run of the file, from its start to its end: what Slack was sent and what Ann was answered."""

    began: datetime
    reminders: list[tuple[datetime, str]]
    answer: Delivery
    run: Process
    status: int


@pytest.fixture(scope="module")
def afternoon(killed: Process, town: Town, folder: Path, database_url: str) -> Afternoon:
    """The same file run again over Socket Mode, seconds before the first reminder, and then asked to end."""
    variables = slack_environment(
        town.slack, database_url, DEALDESK_NOW=JUST_BEFORE, SLACK_APP_TOKEN=town.slack.app_token
    )
    del variables["SLACK_SIGNING_SECRET"]
    town.slack.bot_url = None
    began = machine_clock()
    with running("run", folder, variables) as run:
        eventually(lambda: town.slack.calls("chat.postMessage"))
        answer = town.slack.command(town.ann, town.sales, "/crm", "task mine")
        status = run.stop()
    calls = town.slack.calls("chat.postMessage")
    assert all("metadata" in call.args for call in calls)
    return Afternoon(began, [(call.at, str(call.args)) for call in calls], answer, run, status)


def test_a_forged_request_leaves_a_warning_without_a_secret(killed: Process) -> None:
    refused = [line for line in killed.lines("warning") if line["event"] == "request_refused"]
    assert len(refused) == 4
    assert SECRET not in killed.log
    assert "xoxb-" not in killed.log
    assert "beef" not in killed.log


def test_nothing_of_a_busy_morning_is_an_error(killed: Process) -> None:
    assert killed.lines("error", "critical") == []


def test_a_reminder_survives_kill_9_and_comes_at_its_moment(afternoon: Afternoon) -> None:
    [(at, reminder)] = afternoon.reminders
    assert "send the offer" in reminder
    assert at - afternoon.began >= WAIT, "it came before its moment"


def test_tasks_survive_kill_9_and_are_told_by_the_other_door(afternoon: Afternoon) -> None:
    assert afternoon.answer.door == "socket"
    assert "call Acme" in afternoon.answer.text


def test_it_ends_cleanly_when_asked(afternoon: Afternoon) -> None:
    assert afternoon.status == 0
    assert afternoon.run.lines("error", "critical") == []
