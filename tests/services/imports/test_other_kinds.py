"""Laws of the other kinds: customers, contacts, leads, people, quotas, activities, tasks, products."""

from datetime import datetime

import pytest

from bot.domain.custom_fields import FieldKind
from bot.domain.roles import Role
from bot.services.custom_fields import make_field
from bot.services.imports import RowsRefused
from bot.services.imports.similar import SAME_PHONE, SAME_TAX_ID
from bot.store import Store
from tests.support.factories import Factory
from tests.support.importing import bring, query, rows_of


def test_a_customer_that_was_only_named_gets_its_own_row(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,customer\nA1,ACME\n")
    report = bring(sqlite_store, "customers", "id,name,industry\nC1,Acme Inc,retail\n")
    (row,) = rows_of(sqlite_store, "customers")
    assert (report.created, report.updated) == (0, 1)
    assert (row["external_id"], row["name"], row["industry"]) == ("C1", "Acme Inc", "retail")


def test_customers_that_differ_by_their_suffix_stay_two(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,customer\nA1,Acme GmbH\n")
    bring(sqlite_store, "customers", "name\nAcme Inc\nAcme GmbH\n")
    assert [row["name"] for row in rows_of(sqlite_store, "customers")] == ["Acme GmbH", "Acme Inc"]
    bring(sqlite_store, "customers", "name\nAcme GmbH\nAcme Inc\n")
    assert len(rows_of(sqlite_store, "customers")) == 2


def test_people_get_role_manager_and_team(sqlite_store: Store) -> None:
    bring(sqlite_store, "people", "name,role,manager,team\nAnn,销售,Bo,North\nCy,admin,Ann,North\n")
    people = {
        row["name"]: (row["role"], row["manager"], row["team"]) for row in rows_of(sqlite_store, "people")
    }
    assert people == {
        "Ann": ("rep", "Bo", "North"),
        "Cy": ("admin", "Ann", "North"),
        "Bo": ("manager", None, None),
    }


def test_a_seller_who_is_named_as_a_manager_becomes_one_unless_a_role_is_said(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,owner\nA1,Bo\n")
    bring(sqlite_store, "people", "name,manager\nAnn,Bo\n")
    assert {row["name"]: row["role"] for row in rows_of(sqlite_store, "people")} == {
        "Bo": "manager",
        "Ann": "rep",
    }


def test_a_task_belongs_to_a_slack_id_or_a_known_person(sqlite_store: Store) -> None:
    bring(sqlite_store, "people", "name\nAnn\n")
    bring(
        sqlite_store,
        "tasks",
        "text,assignee,due,customer\nCall,U012ABCDEF,2026-11-25 15:00,Acme\nWrite,ann,2026-11-26,\nWait,,,\n",
    )
    tasks = rows_of(sqlite_store, "tasks")
    assert [(row["assignee"], row["due"], row["customer"], row["state"]) for row in tasks] == [
        ("U012ABCDEF", "2026-11-25T15:00:00+00:00", "Acme", "open"),
        ("Ann", "2026-11-26", None, "open"),
        (None, None, None, "open"),
    ]
    assert query(sqlite_store, "SELECT slack_user_id FROM people ORDER BY id") == [(None,), ("U012ABCDEF",)]


@pytest.mark.parametrize("typed", ["U1REP", "UREP", "<@U1REP>", "<@U1REP|rep>", "@U012ABCDEF", "W0001"])
def test_a_slack_id_that_nobody_has_yet_becomes_a_person(sqlite_store: Store, typed: str) -> None:
    for _ in range(2):
        bring(sqlite_store, "tasks", f"id,text,assignee\nT1,Call,{typed}\n")
    slack_id = typed.strip("<@>").split("|")[0]
    assert query(sqlite_store, "SELECT slack_user_id FROM people") == [(slack_id,)]


def test_an_imported_task_with_a_moment_has_its_reminder_once(sqlite_store: Store) -> None:
    for _ in range(2):
        bring(sqlite_store, "tasks", "id,text,assignee,due\nT1,Call,U012ABCDEF,2026-11-25 15:00\n")
    assert query(sqlite_store, "SELECT kind, substr(due_at, 1, 16) FROM notices") == [
        ("task_reminder", "2026-11-25 15:00")
    ]


def test_a_task_of_nobody_known_is_refused(sqlite_store: Store) -> None:
    with pytest.raises(RowsRefused) as refused:
        bring(sqlite_store, "tasks", "text,assignee\nCall,Zoe\n")
    assert "Zoe" in str(refused.value.failures[0].reason)


def test_quotas_are_for_a_person_a_team_or_everybody_and_a_period(sqlite_store: Store) -> None:
    content = (
        "person,team,period,starts_on,last_on,amount\n"
        "Ann,,2026-Q1,,,1000\n,North,2026-02,,,50\n,,,2026-01-01,2026-12-31,9\n"
    )
    bring(sqlite_store, "quotas", content)
    again = bring(sqlite_store, "quotas", content)
    assert again.unchanged == 3
    rows = rows_of(sqlite_store, "quotas")
    assert [
        (row["person"], row["team"], row["starts_on"], row["last_on"], str(row["amount"])) for row in rows
    ] == [
        ("Ann", None, "2026-01-01", "2026-03-31", "1000.00"),
        (None, "North", "2026-02-01", "2026-02-28", "50.00"),
        (None, None, "2026-01-01", "2026-12-31", "9.00"),
    ]


def test_a_quarter_of_a_fiscal_year_is_not_guessed(sqlite_store: Store) -> None:
    bring(sqlite_store, "people", "name\nAnn\n")
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE settings SET fiscal_start_month = 4")
    with pytest.raises(RowsRefused) as refused:
        bring(sqlite_store, "quotas", "person,period,amount\nAnn,2026-Q1,1\n")
    assert "starts_on" in str(refused.value.failures[0].reason)


def test_an_activity_keeps_its_own_day_author_and_opportunity(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,name,customer\nA1,Big,Acme\n")
    bring(
        sqlite_store,
        "activities",
        "kind,text,customer,date,author,opportunity\n"
        "电话,Spoke,Acme,2017-03-01,Ann,Big\nvisit,Saw,Acme,2017-03-02 10:00,Ann,Huge\n",
    )
    rows = rows_of(sqlite_store, "activities")
    assert [(row["kind"], row["happened_at"], row["person"], row["opportunity_id"]) for row in rows] == [
        ("call", "2017-03-01T00:00:00+00:00", "Ann", "A1"),
        ("visit", "2017-03-02T10:00:00+00:00", "Ann", None),
    ]


def test_a_price_in_a_spelling_of_its_own_belongs_to_the_known_product(sqlite_store: Store) -> None:
    bring(sqlite_store, "opportunities", "id,product\nA1,OrbitPro\n")
    report = bring(sqlite_store, "products", 'product,sales price\nOrbit Pro,"4,821"\n')
    (row,) = rows_of(sqlite_store, "products")
    assert (row["name"], str(row["price"]), report.updated) == ("Orbit Pro", "4821.00", 1)
    assert "OrbitPro → Orbit Pro" in {about for abouts in report.notes.values() for about in abouts}


def test_a_new_name_that_a_customer_has_in_the_other_language_is_noted_and_kept(sqlite_store: Store) -> None:
    bring(sqlite_store, "customers", "name\n北京华星科技有限公司\n")
    report = bring(sqlite_store, "customers", "name\nBeijing Huaxing Technology\n华为\nHuawei Ltd\n")
    assert report.created == 3
    about = {each for some in report.notes.values() for each in some}
    assert "Beijing Huaxing Technology ~ 北京华星科技有限公司" in about
    assert "Huawei Ltd ~ 华为" in about


def test_own_fields_and_parents_come_and_go_and_twins_by_phone_or_tax_id_are_noted(
    sqlite_factory: Factory, now: datetime
) -> None:
    factory = sqlite_factory
    store, ada = factory.store, factory.actor("Ada", Role.ADMIN)
    with store.transaction(ada, now=now, how="test") as session:
        make_field(session, ada, name="Drink", kind=FieldKind.CHOICE, choices=["Tea", "Coffee"])
        make_field(session, ada, name="Referenceable", kind=FieldKind.YES_NO)
    head = "name,phone,tax id,parent company,drink,Referenceable,Colour\n"
    bring(store, "customers", head + "Globex,010 8888 1234,T-1,,tea,是,red\n")
    report = bring(store, "customers", head + "Zenith,(010)88881234,,Globex,,,\nInitech,,t-1,Zenith,,no,\n")
    assert set(report.notes) == {SAME_PHONE, SAME_TAX_ID}
    rows = {row["name"]: row for row in rows_of(store, "customers")}
    assert (rows["Globex"]["Drink"], rows["Globex"]["Referenceable"]) == ("Tea", "yes")
    assert (rows["Globex"]["Colour"], rows["Initech"]["parent"]) == ("red", "Zenith")
    with pytest.raises(RowsRefused):
        bring(store, "customers", head + "Globex,,,Initech,,,\n")
    with pytest.raises(RowsRefused):
        bring(store, "customers", head + "Globex,,,,water,,\n")


@pytest.mark.parametrize(
    ("kind", "heading", "row"), [("leads", "name", "Quux"), ("contacts", "name,customer", "Li Na,Acme")]
)
def test_own_fields_of_leads_and_contacts_come_in_are_checked_and_go_out(
    sqlite_factory: Factory, now: datetime, kind: str, heading: str, row: str
) -> None:
    admin = sqlite_factory.actor("Ada", Role.ADMIN)
    with sqlite_factory.store.transaction(admin, now=now, how="test") as session:
        make_field(session, admin, name="Seats", kind=FieldKind.NUMBER, entity=kind)
    store = sqlite_factory.store
    report = bring(store, kind, f"{heading},seats,colour\n{row},1 200,red\n")
    assert (report.columns["seats"], report.columns["colour"]) == ("Seats", "")
    assert rows_of(store, kind)[0]["Seats"] == "1200"
    with pytest.raises(RowsRefused) as refused:
        bring(store, kind, f"{heading},Seats\n{row},many\n")
    assert [failure.line for failure in refused.value.failures] == [2]
    assert bring(store, kind, f"{heading},Seats\n{row},1200\n").unchanged == 1
