"""Laws of `dealdesk notices`: it lists, retries and drops, and never unsays what was sent."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.notices import NoticeKind, NoticeState
from bot.metrics import exposition
from bot.services.notices import post_notice
from bot.store import Store
from bot.store.notices import settle
from tests.support.factories import Factory


@pytest.fixture(autouse=True)
def _notices(
    sqlite_url: str,
    sqlite_store: Store,
    sqlite_factory: Factory,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that waits, one that is dead, one that was sent."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DEALDESK_NOW", now.isoformat())
    with sqlite_store.transaction(sqlite_factory.shell, now=now, how="test") as session:
        for state in (None, NoticeState.DEAD, NoticeState.SENT):
            notice = post_notice(
                session,
                kind=NoticeKind.TASK_REMINDER,
                recipient=f"C{state}",
                due_at=now,
                dedupe_key=str(state),
            )
            if state:
                settle(session, [notice.id], state, machine=now, error="is_archived")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["notices", *arguments])


def states() -> dict[int, str]:
    rows = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    return {row["id"]: row["state"] for row in rows}


def test_notices_are_listed_with_their_state_and_error() -> None:
    result = run()
    assert result.exit_code == 0
    assert "is_archived" in result.stdout
    assert states() == {1: "pending", 2: "dead", 3: "sent"}
    assert run("--state", "dead").stdout.count("\n") == 2


def test_what_is_dead_is_retried_and_dropped_by_number_or_all_at_once() -> None:
    assert "1 to be tried again" in run("retry").stdout
    assert states()[2] == "pending"
    assert "2 is cancelled." in run("drop", "2").stdout
    assert "2 is pending." in run("retry", "2").stdout


def test_what_was_sent_stays_sent_and_what_is_unknown_is_said() -> None:
    assert "3 is sent already" in run("drop", "3").stdout
    assert "3 is sent already" in run("retry", "3").stdout
    assert states()[3] == "sent"
    assert run("drop").exit_code == 2
    assert "99" in str(run("drop", "99").exception)


def test_the_metrics_tell_states_and_lag(sqlite_store: Store, now: datetime) -> None:
    text = exposition(sqlite_store, lambda: now.replace(hour=10)).decode()
    assert 'dealdesk_notices{state="dead"} 1.0' in text
    assert "dealdesk_notices_due_lag_seconds 3600.0" in text
    assert "dealdesk_notice_tries_total" in text
    sqlite_store.close()
