"""`dealdesk web` and `worker` on PostgreSQL, while Slack or the database is away for a while."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.processes.conftest import Town
from tests.support.processes import Process, eventually, running, slack_environment

MORNING = "2026-11-25T09:00:00+00:00"
NOON = "2026-11-25T12:00:00+00:00"
TASKS = {"10:02": "third", "10:00": "first", "10:01": "second"}
"""Typed in this order; due in another."""


@pytest.fixture(scope="module")
def database_url(make_postgres: Callable[[], str]) -> str:
    """A PostgreSQL database of these stories' own."""
    return make_postgres()


@pytest.fixture(scope="module")
def web(town: Town, folder: Path, database_url: str) -> Iterator[Process]:
    """The web role in the morning, with tasks typed for later in the morning."""
    variables = slack_environment(town.slack, database_url, DEALDESK_NOW=MORNING)
    with running("web", folder, variables) as process:
        town.slack.bot_url = process.url
        for at, text in TASKS.items():
            town.slack.command(town.ann, town.sales, "/crm", f"task {text} step 2026-11-25 {at}")
        yield process


def test_reminders_late_by_slacks_trouble_all_come_once_and_in_order(
    town: Town, web: Process, folder: Path, database_url: str
) -> None:
    faults = town.slack.faults
    faults.add("chat.postMessage", status=500)
    faults.add("chat.postMessage", retry_after=1)
    faults.add("chat.postMessage", drop_after_accept=True)
    variables = slack_environment(town.slack, database_url, DEALDESK_NOW=NOON)
    with running("worker", folder, variables) as worker:
        eventually(lambda: len(town.slack.dm(town.ann)) >= len(TASKS), within_s=60)
        assert _steps(town) == ["first", "second", "third"]
        assert worker.stop() == 0
    assert len(town.slack.calls("chat.postMessage")) >= len(TASKS) + 2
    assert worker.lines("error", "critical") == []
    assert [line["event"] for line in worker.lines("warning")].count("notice_not_sent") >= 2


def _steps(town: Town) -> list[str]:
    said = " ".join(message.seen for message in town.slack.dm(town.ann))
    return re.findall(r"(first|second|third) step", said)


def test_without_a_database_people_get_a_reference_and_the_platform_503(
    town: Town, web: Process, database_url: str
) -> None:
    with _away(database_url):
        answer = town.slack.command(town.ann, town.sales, "/crm", "deal Acme 120k")
        assert answer.status == 200
        assert re.search(r"reference: [0-9a-f]{8}", answer.text)
        assert web.status("/readyz") == 503
        assert web.status("/healthz") == 200
        assert web.status("/metrics") in (200, 503)
        assert "/crm deal" in town.slack.command(town.ann, town.sales, "/crm", "help").text
    assert web.status("/readyz") == 200
    assert "OPP-1" in town.slack.command(town.ann, town.sales, "/crm", "deal Acme 120k").text
    assert web.lines("error", "critical") == []


@contextmanager
def _away(database_url: str) -> Iterator[None]:
    """The database takes no connection, and those that were open are cut."""
    base, _, name = database_url.rpartition("/")
    with psycopg.connect(base + "/postgres", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
