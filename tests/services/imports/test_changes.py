"""Laws of the log of another system: it gives the past and leaves the present."""

from datetime import UTC, datetime

import pytest

from bot.services.imports import RowsRefused
from bot.store import Store
from tests.support.importing import bring, query, rows_of

HEAD = "opportunity_id,at,field,old,new\n"
LOG = (
    HEAD + "A1,2017-02-01T10:00:00Z,stage,,Trial\n"
    "A1,2017-03-01T10:00:00Z,amount,100,150.25\n"
    "A1,2017-03-02T10:00:00Z,close_on,2017-08-01,2017-09-01\n"
    "A1,2017-03-03T10:00:00Z,owner,Ann,Bo\n"
    "A1,2017-06-20T14:30:00+02:00,stage,Trial,Won\n"
)


def with_one(store: Store) -> None:
    bring(
        store,
        "opportunities",
        "id,owner,stage,amount,close_on,closed_on\nA1,Bo,Won,150.25,2017-09-01,2017-06-20\nA2,Bo,Proposal,5,,\n",
    )


def test_a_change_is_recorded_at_its_own_moment_by_an_import(store: Store) -> None:
    with_one(store)
    before = rows_of(store, "opportunities")
    report = bring(store, "changes", LOG)
    logged = query(
        store,
        "SELECT substr(CAST(at AS TEXT), 1, 19), field, old, new, how FROM changes "
        "WHERE entity = 'opportunities' AND field <> '' ORDER BY at",
    )
    people = dict(query(store, "SELECT name, id FROM people"))
    stages = dict(query(store, "SELECT name, id FROM stages"))

    def plain(value: object) -> str:
        return "" if value in (None, "null") else str(value).strip('"')

    assert report.created == 5
    assert [(at, field, plain(old), plain(new), how) for at, field, old, new, how in logged] == [
        (
            "2017-02-01 10:00:00",
            "stage_id",
            plain(None),
            str(stages["Trial"]),
            "import",
        ),
        ("2017-03-01 10:00:00", "amount_minor", "10000", "15025", "import"),
        ("2017-03-02 10:00:00", "close_on", "2017-08-01", "2017-09-01", "import"),
        ("2017-03-03 10:00:00", "owner_id", str(people["Ann"]), str(people["Bo"]), "import"),
        ("2017-06-20 12:30:00", "stage_id", str(stages["Trial"]), str(stages["Won"]), "import"),
    ]
    assert rows_of(store, "opportunities") == before


def test_moves_of_the_stage_are_moves_and_an_end_known_by_its_day_gets_its_hour(sqlite_store: Store) -> None:
    with_one(sqlite_store)
    bring(sqlite_store, "changes", LOG)
    assert query(
        sqlite_store,
        "SELECT substr(c.at, 1, 16), f.name, t.name FROM stage_changes c "
        "LEFT JOIN stages f ON f.id = from_stage_id JOIN stages t ON t.id = to_stage_id ORDER BY c.at",
    ) == [("2017-02-01 10:00", None, "Trial"), ("2017-06-20 12:30", "Trial", "Won")]


def test_a_repeated_row_is_skipped_in_one_file_and_in_the_next(sqlite_store: Store) -> None:
    with_one(sqlite_store)
    bring(sqlite_store, "changes", LOG)
    before = (
        query(sqlite_store, "SELECT COUNT(*) FROM changes"),
        query(sqlite_store, "SELECT COUNT(*) FROM stage_changes"),
    )
    again = bring(sqlite_store, "changes", LOG + LOG.removeprefix(HEAD))
    assert (again.created, again.unchanged) == (0, 10)
    after = (
        query(sqlite_store, "SELECT COUNT(*) FROM changes"),
        query(sqlite_store, "SELECT COUNT(*) FROM stage_changes"),
    )
    assert after == before


def test_a_record_that_is_not_as_logged_stays_and_is_noted(sqlite_store: Store) -> None:
    with_one(sqlite_store)
    report = bring(sqlite_store, "changes", HEAD + "A2,2017-02-01T10:00:00Z,amount,5,9\n")
    assert str(rows_of(sqlite_store, "opportunities")[1]["amount"]) == "5.00"
    assert [list(about) for about in report.notes.values()] == [["A2 (amount)"]]


def test_a_change_of_what_nobody_knows_is_refused_by_line(sqlite_store: Store) -> None:
    with_one(sqlite_store)
    with pytest.raises(RowsRefused) as refused:
        bring(
            sqlite_store,
            "changes",
            HEAD + "A9,2017-02-01T10:00:00Z,amount,5,9\nA1,2017-02-01T10:00:00Z,weight,5,9\n"
            "A1,,amount,5,9\nA1,2017-02-01T10:00:00Z,stage,Trial,\nA1,2017-02-01T10:00:00Z,close_on,,abc\n",
        )
    assert [failure.line for failure in refused.value.failures] == [2, 3, 4, 5, 6]
    assert "A9" in str(refused.value.failures[0].reason)


def test_a_log_is_not_dated_by_its_import(sqlite_store: Store) -> None:
    with_one(sqlite_store)
    bring(sqlite_store, "changes", LOG, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert query(
        sqlite_store,
        "SELECT COUNT(*) FROM changes WHERE entity = 'opportunities' AND substr(at, 1, 4) > '2018'",
    ) == [(0,)]
