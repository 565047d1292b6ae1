"""Laws of `dealdesk forecast` and `backtest`: the outside contract of their JSON, the same each time."""

import json
from datetime import date, datetime
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import figures
from bot.domain.periods import Horizon
from tests.support.factories import Factory
from tests.support.history import make_history


@pytest.fixture
def shell(
    sqlite_factory: Factory, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> Factory:
    """A workspace that the shell opens."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DEALDESK_NOW", now.isoformat())
    return sqlite_factory


def run(*arguments: str) -> Result:
    """One command of the shell."""
    app = typer.Typer()
    figures.register(app)
    return CliRunner().invoke(app, arguments)


def answer(*arguments: str) -> Any:
    """The JSON that a command prints."""
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


FIELDS = [
    "as_of", "horizon", "currency", "p10", "p50", "p90", "closed_so_far", "from_open", "from_new", "quota",
    "probability_of_quota", "opportunities",
]  # fmt: skip
ROW = ["id", "external_id", "p_win", "p_win_in_horizon", "expected_close", "p50_amount"]


@pytest.mark.parametrize("horizon", list(Horizon))
@pytest.mark.parametrize("with_history", [False, True])
def test_every_field_is_there_and_nothing_is_null(shell: Factory, horizon: str, with_history: bool) -> None:
    if with_history:
        make_history(shell, count=60)
    found = answer("forecast", "--as-of", "2026-08-17", "--horizon", horizon)
    assert list(found) == FIELDS
    assert None not in found.values()
    assert (found["as_of"], found["horizon"], found["currency"]) == ("2026-08-17", horizon, "USD")
    assert found["closed_so_far"] <= found["p10"] <= found["p50"] <= found["p90"]
    assert found["p10"] < found["p90"]
    assert bool(found["opportunities"]) == with_history
    for row in found["opportunities"]:
        assert list(row) == ROW
        assert None not in row.values()
        assert row["expected_close"] >= "2026-08-17"


def test_the_output_is_the_same_byte_for_byte(shell: Factory) -> None:
    make_history(shell, count=60, with_stages=True)
    outputs = {run("forecast", "--as-of", "2026-08-17", "--json").stdout_bytes for _ in range(3)}
    assert len(outputs) == 1


def test_without_a_day_everything_up_to_now_counts(shell: Factory) -> None:
    shell.opportunity(opened_on=date(2026, 11, 23))
    assert len(answer("forecast")["opportunities"]) == 1
    assert answer("forecast", "--as-of", "2026-11-23")["opportunities"] == []


def test_a_backtest_forecasts_at_each_origin_and_knows_what_came(shell: Factory) -> None:
    make_history(shell, count=60)
    found = answer("backtest", "--from", "2026-06-02", "--to", "2026-09-01")
    origins = sorted({each["as_of"] for each in found})
    assert origins == ["2026-07-01", "2026-08-01", "2026-09-01"]
    july = [each for each in found if each["as_of"] == "2026-07-01"]
    assert [each["horizon"] for each in july] == ["month", "next-month", "quarter"]
    august = next(each for each in found if each["as_of"] == "2026-09-01" and each["horizon"] == "quarter")
    assert august["actual"] == july[2]["actual"] > 0
    single = answer("forecast", "--as-of", "2026-07-01", "--horizon", "quarter")
    assert july[2] == single | {"actual": july[2]["actual"]}
    weeks = {
        each["as_of"]
        for each in answer("backtest", "--from", "2026-06-02", "--to", "2026-06-16", "--every", "week")
    }
    assert weeks == {"2026-06-08", "2026-06-15"}


def test_the_text_says_what_is_estimated_and_that_stages_have_no_history(shell: Factory) -> None:
    make_history(shell, count=60)
    said = run("forecast").stdout
    assert "list price" in said
    assert "overall win rate" in said
    assert "won so far" in said


def test_a_day_that_does_not_exist_is_refused_with_an_example(shell: Factory) -> None:
    done = run("forecast", "--as-of", "2026-02-31")
    assert done.exit_code == 2
    assert "2026-11-30" in done.output
