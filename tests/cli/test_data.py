"""Laws of `dealdesk import` and `export`: what they print, how they end, and what they leave behind."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.store import Store
from tests.support.crm_export import crm_export
from tests.support.importing import query


@pytest.fixture(autouse=True)
def _database(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DEALDESK_NOW", "2017-07-01T09:00:00+00:00")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, input: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=input)


def test_an_export_of_another_system_comes_in_as_it_is_with_what_became_of_it() -> None:
    made = crm_export(sales=60)
    Path("pipeline.csv").write_text(made.pipeline)
    result = run("import", "opportunities", "pipeline.csv")
    assert result.exit_code == 0, result.output
    assert "60 created, 0 updated, 0 unchanged" in result.stdout
    assert "engage_date → created_on" in result.stdout
    assert "lost opportunities have the amount 0" in result.stdout
    exported = run("export", "opportunities", "out.jsonl")
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert "60 rows written to out.jsonl" in exported.stdout
    assert {row["external_id"] for row in rows} == {sale.id for sale in made.sales}
    assert set(rows[0]) >= {
        *("id", "external_id", "name", "customer", "owner", "stage", "amount", "currency"),
        *("created_on", "close_on", "closed_on", "outcome"),
    }


def test_wrong_rows_are_listed_with_line_and_reason_and_nothing_is_left() -> None:
    Path("a.csv").write_text("name,industry\nAcme,retail\n,finance\nBeta\n")
    result = run("import", "customers", "a.csv")
    assert result.exit_code == 1
    assert "Line 3: name is empty." in result.stderr
    assert "Line 4: It has 1 cell," in result.stderr
    assert "2 rows cannot be imported, so nothing was." in result.stderr
    assert result.stdout == ""
    assert run("export", "customers", "-").stdout.splitlines()[1:] == []


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.csv").write_text("name\nAcme\n")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    dry = run("import", "customers", "a.csv", "--dry-run")
    assert not Path("none.db").exists()
    wet = run("import", "customers", "a.csv")
    assert dry.stdout.splitlines()[0] == "Nothing was written: this is what the import would do."
    assert dry.stdout.splitlines()[1:] == wet.stdout.splitlines()
    again = run("import", "customers", "a.csv", "--dry-run")
    assert "0 created, 0 updated, 1 unchanged" in again.stdout


def test_a_dry_run_leaves_an_existing_database_as_it_was(sqlite_url: str) -> None:
    Path("a.csv").write_text("name\nAcme\n")
    assert run("import", "customers", "a.csv", "--dry-run").exit_code == 0
    store = Store(sqlite_url)
    assert query(store, "SELECT (SELECT COUNT(*) FROM workspaces) + (SELECT COUNT(*) FROM customers)") == [
        (0,)
    ]
    store.close()


def test_a_dash_is_standard_input_and_output() -> None:
    assert run("import", "customers", "-", input="name\n华星\n".encode("gb18030")).exit_code == 0
    result = run("export", "customers", "-")
    assert result.stdout.splitlines()[0].startswith("id,external_id,name,")
    assert result.stdout.splitlines()[1].startswith("1,,华星,")


def test_a_csv_file_begins_with_the_mark_that_excel_needs() -> None:
    run("import", "customers", "-", input=b"name\nAcme\n")
    run("export", "customers", "out.csv")
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "prices", "out.csv"),
        ("export", "changes", "out.csv"),
        ("export", "nonsense", "out.csv"),
        ("import", "prices", "a.csv"),
        ("import", "quotes", "a.csv"),
        ("import", "nonsense", "a.csv"),
    ],
)
def test_a_kind_that_is_not_available_exits_2_and_writes_no_file(arguments: tuple[str, ...]) -> None:
    Path("a.csv").write_text("name\nAcme\n")
    result = run(*arguments)
    assert result.exit_code == 2
    assert "vailable" in result.stderr or "is not a kind" in result.stderr
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "customers", "none.csv"), "none.csv cannot be read: No such file"),
        (("import", "customers", "a.pdf"), "I read and write .csv, .xlsx and .jsonl"),
        (("import", "customers", "a.csv", "--map", "none.toml"), "none.toml cannot be read"),
        (("import", "customers", "a.csv", "--workspace", "7"), "no workspace 7"),
        (("export", "customers", "none/out.csv"), "none/out.csv cannot be written"),
        (("export", "customers", "out.pdf"), "I read and write .csv, .xlsx and .jsonl"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    for file in ("a.csv", "a.pdf"):
        Path(file).write_text("name\nAcme\n")
    result = run(*arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_dates_of_two_readings_are_read_as_the_mapping_says() -> None:
    Path("a.csv").write_text("id,name,When it began\nA1,Big,3/4/2017\n")
    Path("m.toml").write_text('date_order = "DMY"\n[columns]\ncreated_on = "When it began"\n')
    assert run("import", "opportunities", "a.csv", "--map", "m.toml").exit_code == 0
    assert "2017-04-03" in run("export", "opportunities", "-").stdout
    Path("m.toml").write_text('[columns]\ncreated_on = "When it began"\n')
    refused = run("import", "opportunities", "a.csv", "--map", "m.toml")
    assert (refused.exit_code, "date_order" in refused.stderr) == (1, True)


def test_a_chinese_terminal_is_answered_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    result = run("import", "customers", "-", input="客户名称\n华星\n".encode())
    assert "新建 1 条" in result.stdout
