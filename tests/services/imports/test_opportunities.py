"""Laws of imported opportunities: how they ended, what they are worth, and what a later file changes."""

import pytest

from bot.services.imports import RowsRefused
from bot.store import Store
from tests.support.importing import bring, query, rows_of

HEAD = "id,name,customer,owner,product,stage,amount,currency,created_on,close_on,closed_on,outcome\n"


def opportunity(store: Store) -> dict[str, object]:
    (row,) = rows_of(store, "opportunities")
    return row


def reasons(store: Store, content: str, kind: str = "opportunities") -> list[tuple[int, str]]:
    with pytest.raises(RowsRefused) as refused:
        bring(store, kind, content)
    return [(failure.line, str(failure.reason)) for failure in refused.value.failures]


def test_every_column_of_the_contract_comes_in(sqlite_store: Store) -> None:
    bring(
        sqlite_store,
        "opportunities",
        "id,name,customer,owner,product,source,stage,amount,currency,created_on,close_on,closed_on,outcome\n"
        "A1,Big,Acme,Ann,Pro,fair,Proposal,1234.50,EUR,2017-01-02,2017-08-01,,open\n",
    )
    row = opportunity(sqlite_store)
    assert {name: str(row[name]) for name in row if row[name] is not None} == {
        "id": "1",
        "external_id": "A1",
        "name": "Big",
        "customer": "Acme",
        "owner": "Ann",
        "product": "Pro",
        "source": "fair",
        "pipeline": "Sales",
        "stage": "Proposal",
        "amount": "1234.50",
        "currency": "EUR",
        "outcome": "open",
        "created_on": "2017-01-02",
        "close_on": "2017-08-01",
    }


def test_a_row_goes_into_the_pipeline_that_it_names_and_stays_there_when_it_names_none(
    sqlite_store: Store,
) -> None:
    bring(sqlite_store, "opportunities", "id,name,pipeline,stage\nA1,Big,Renewals,Offer\nA2,Small,,Offer\n")
    bring(sqlite_store, "opportunities", "id,name,stage,outcome\nA1,Big,Terms,\nA2,Small,,lost\n")
    rows = {row["external_id"]: row for row in rows_of(sqlite_store, "opportunities")}
    assert (rows["A1"]["pipeline"], rows["A1"]["stage"]) == ("Renewals", "Terms")
    assert (rows["A2"]["pipeline"], rows["A2"]["stage"], rows["A2"]["outcome"]) == ("Sales", "Lost", "lost")


@pytest.mark.parametrize(
    ("stage", "outcome", "then"),
    [
        ("Won", "", ("Won", "won")),
        ("Closed Lost", "", ("Lost", "lost")),
        ("赢单", "", ("Won", "won")),
        ("", "lost", ("Lost", "lost")),
        ("Negotiation", "won", ("Won", "won")),
        ("Trial", "", ("Trial", "open")),
        ("", "", ("Qualification", "open")),
        ("Won", "lost", ("Lost", "lost")),
    ],
)
def test_outcome_else_the_stages_name_says_how_it_ended(
    sqlite_store: Store, stage: str, outcome: str, then: tuple[str, str]
) -> None:
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,{stage},,,,,,{outcome}\n")
    row = opportunity(sqlite_store)
    assert (row["stage"], row["outcome"]) == then


def test_a_won_opportunitys_last_open_stage_is_where_it_came_from(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,Trial,,,,,2017-03-01,won\n")
    assert query(
        sqlite_store,
        "SELECT f.name, t.name FROM stage_changes c "
        "JOIN stages f ON f.id = from_stage_id JOIN stages t ON t.id = to_stage_id",
    ) == [("Trial", "Won")]


def test_a_close_date_is_the_planned_day_of_an_open_one_and_the_end_of_a_closed_one(
    sqlite_store: Store,
) -> None:
    bring(sqlite_store, "opportunities", "id,stage,close date\nA1,Won,2017-03-01\nA2,Proposal,2017-09-01\n")
    won, still_open = rows_of(sqlite_store, "opportunities")
    assert (won["close_on"], won["closed_on"]) == (None, "2017-03-01")
    assert (still_open["close_on"], still_open["closed_on"]) == ("2017-09-01", None)


def test_a_closing_begins_with_its_day_in_the_workspaces_zone(sqlite_store: Store) -> None:
    bring(sqlite_store, "customers", "name\nAcme\n")
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE settings SET zone = 'Asia/Shanghai'")
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,Won,,,,,2017-03-01,\n")
    assert query(sqlite_store, "SELECT closed_at FROM opportunities") == [("2017-02-28 16:00:00.000000",)]


def test_lost_for_0_is_unknown_and_won_for_0_is_0(sqlite_store: Store) -> None:
    report = bring(
        sqlite_store, "opportunities", "id,stage,amount\nA1,Lost,0\nA2,Won,0\nA3,Lost,50\nA4,Proposal,\n"
    )
    assert [str(row["amount"]) for row in rows_of(sqlite_store, "opportunities")] == [
        "None",
        "0.00",
        "50.00",
        "None",
    ]
    assert next(list(about) for about in report.notes.values()) == ["A1"]


def test_one_wrong_row_keeps_the_whole_file_out_and_every_wrong_row_is_listed(sqlite_store: Store) -> None:
    found = reasons(
        sqlite_store,
        f"{HEAD}A1,Fine,Acme,,,,1,,,,,\n"
        "A2,B,,,,,abc,,,,,\n"
        "A3,C,,,,,-5,,,,,\n"
        "A4,D,,,,,1,XYZ,,,,\n"
        "A5,E,,,,,,,2017-02-30,,,\n"
        "A6,F,,,,Proposal,,,,,2017-01-01,\n"
        "A7,G,,,,Won,,,,,,open\n"
        "A8,H,,,,,,,,,2017-01-01,\n"
        "A9,I,,,,,,,,,,perhaps\n"
        "A1,Other,,,,,,,,,,\n"
        "A10,J,,,,,1.234,,,,,\n",
    )
    assert [line for line, _ in found] == list(range(3, 13))
    for (_, reason), part in zip(
        found,
        [
            "abc",
            "negative",
            "XYZ",
            "2017-02-30",
            "2017-01-01",
            "Won",
            "won or lost",
            "perhaps",
            "line 2",
            "1234",
        ],
        strict=True,
    ):
        assert part in reason
    assert query(sqlite_store, "SELECT COUNT(*) FROM workspaces") == [(0,)]


def test_a_later_file_changes_what_it_says_and_keeps_what_it_leaves_empty(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,Acme,Ann,Pro,Proposal,100,,2017-01-01,2017-08-01,,\n")
    report = bring(sqlite_store, "opportunities", f"{HEAD}A1,,,,,Won,120,,,,2017-06-20,\n")
    row = opportunity(sqlite_store)
    assert (report.created, report.updated) == (0, 1)
    assert [row[name] for name in ("name", "customer", "owner", "stage", "close_on", "closed_on")] == [
        *("Big", "Acme", "Ann", "Won", "2017-08-01", "2017-06-20")
    ]
    assert str(row["amount"]) == "120.00"
    assert query(
        sqlite_store,
        "SELECT f.name, t.name, substr(c.at, 1, 10) FROM stage_changes c "
        "JOIN stages f ON f.id = from_stage_id JOIN stages t ON t.id = to_stage_id",
    ) == [("Proposal", "Won", "2017-06-20")]


def test_a_corrected_day_of_closing_moves_its_end_too(sqlite_store: Store) -> None:
    for day in ("2017-06-20", "2017-06-21"):
        bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,Won,,,,,{day},\n")
    assert query(sqlite_store, "SELECT substr(at, 1, 10) FROM stage_changes") == [("2017-06-21",)]


def test_an_end_before_its_beginning_or_after_today_is_noted_and_kept(sqlite_store: Store) -> None:
    report = bring(
        sqlite_store,
        "opportunities",
        "id,stage,created_on,closed_on\nA1,Won,2017-05-01,2017-04-01\nA2,Won,2017-05-01,2017-07-02\nA3,Lost,,\n",
    )
    assert [list(about) for about in report.notes.values()] == [["A1"], ["A2"], ["A3"]]
    assert [row["closed_on"] for row in rows_of(sqlite_store, "opportunities")] == [
        "2017-04-01",
        "2017-07-02",
        None,
    ]


def test_one_that_is_open_again_has_no_end(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,Won,,,,,2017-06-20,\n")
    bring(sqlite_store, "opportunities", f"{HEAD}A1,Big,,,,Proposal,,,,,,\n")
    row = opportunity(sqlite_store)
    assert (row["stage"], row["closed_on"], row["outcome"]) == ("Proposal", None, "open")


def test_rows_without_ids_stay_as_many_as_they_are_and_are_found_again(sqlite_store: Store) -> None:
    content = "name,customer,amount\nBig,Acme,1\nBig,Acme,2\nBig,Other,3\n"
    bring(sqlite_store, "opportunities", content)
    report = bring(sqlite_store, "opportunities", content)
    assert len(rows_of(sqlite_store, "opportunities")) == 3
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)


def test_a_local_workspace_takes_the_currency_of_the_first_amount(sqlite_store: Store) -> None:
    bring(sqlite_store, "customers", "name\nAcme\n")
    bring(sqlite_store, "opportunities", "id,amount,currency\nA1,,USD\nA2,5,CNY\nA3,7,\nA4,1,EUR\n")
    assert query(sqlite_store, "SELECT currency FROM settings") == [("CNY",)]
    assert [row["currency"] for row in rows_of(sqlite_store, "opportunities")] == ["USD", "CNY", "CNY", "EUR"]
    bring(sqlite_store, "products", "name,price,currency\nPro,1,JPY\n")
    assert query(sqlite_store, "SELECT currency FROM settings") == [("CNY",)]


def test_like_names_are_noted_and_never_refused(sqlite_store: Store) -> None:
    bring(sqlite_store, "customers", "name\nBetatech Ltd\n")
    report = bring(sqlite_store, "opportunities", "id,customer\nA1,BETATECH\nA2,Betatec\nA3,Betatech Ltd\n")
    assert [row["name"] for row in rows_of(sqlite_store, "customers")] == ["Betatech Ltd", "Betatec"]
    about = {each for abouts in report.notes.values() for each in abouts}
    assert about == {"BETATECH → Betatech Ltd", "Betatec ~ Betatech Ltd"}


def test_columns_without_a_field_are_kept_as_they_came(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,name,Region Code\nA1,Big,EMEA\n")
    assert opportunity(sqlite_store)["Region Code"] == "EMEA"
