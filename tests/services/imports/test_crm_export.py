"""Laws of a whole export brought in as it is, file by file, in any order, on both engines."""

from collections import Counter
from itertools import permutations

import pytest

from bot.store import Store
from tests.support.crm_export import PRODUCTS, CrmExport, crm_export
from tests.support.importing import bring, query, rows_of

ORDERS = list(permutations(["people", "products", "customers", "opportunities"]))[::7]


@pytest.fixture(scope="module")
def export() -> CrmExport:
    return crm_export()


def bring_all(store: Store, export: CrmExport, order: tuple[str, ...] | list[str]) -> None:
    files = {
        "people": export.teams,
        "products": export.products,
        "customers": export.accounts,
        "opportunities": export.pipeline,
    }
    for kind in order:
        bring(store, kind, files[kind])


def test_won_revenue_and_open_counts_are_the_files_to_the_cent(store: Store, export: CrmExport) -> None:
    bring_all(store, export, ["products", "customers", "people", "opportunities"])
    won = [sale for sale in export.sales if sale.stage == "Won"]
    for sql, key in (
        ("SELECT substr(CAST(o.closed_on AS TEXT), 1, 7)", lambda sale: sale.closed_on.isoformat()[:7]),
        ("SELECT (SELECT name FROM people p WHERE p.id = o.owner_id)", lambda sale: sale.seller),
        ("SELECT (SELECT name FROM products p WHERE p.id = o.product_id)", lambda sale: sale.product),
    ):
        expected = Counter[str]()
        for sale in won:
            expected[key(sale)] += 100 * (sale.value or 0)
        found = query(
            store,
            f"{sql}, SUM(o.amount_minor) FROM opportunities o JOIN stages s ON s.id = o.stage_id "
            "WHERE s.kind = 'won' GROUP BY 1",
        )
        assert {name: int(minor) for name, minor in found} == dict(expected)
    found = query(
        store,
        "SELECT p.name, COUNT(*) FROM opportunities o JOIN stages s ON s.id = o.stage_id "
        "JOIN products p ON p.id = o.product_id WHERE s.kind = 'open' GROUP BY p.name",
    )
    assert dict(found) == Counter(sale.product for sale in export.sales if sale.closed_on is None)


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_the_files_may_come_in_any_order_and_nothing_is_there_twice(
    sqlite_store: Store, export: CrmExport, order: tuple[str, ...]
) -> None:
    bring_all(sqlite_store, export, order)
    counts = {
        kind: len(rows_of(sqlite_store, kind))
        for kind in ("customers", "products", "people", "opportunities")
    }
    assert counts == {
        "customers": len(export.account_names),
        "products": len(PRODUCTS),
        "people": len(export.sellers) + len(export.managers),
        "opportunities": len(export.sales),
    }
    assert {row["name"] for row in rows_of(sqlite_store, "products")} == set(PRODUCTS)
    assert all(row["industry"] for row in rows_of(sqlite_store, "customers"))


def test_the_sellers_managers_become_people_and_manage_them(sqlite_store: Store, export: CrmExport) -> None:
    bring(sqlite_store, "opportunities", export.pipeline)
    report = bring(sqlite_store, "people", export.teams)
    people = {row["name"]: row for row in rows_of(sqlite_store, "people")}
    assert (report.created + report.updated, report.made) == (len(export.sellers), {"people": 3})
    assert {name for name, row in people.items() if row["role"] == "manager"} == set(export.managers)
    assert all(people[seller]["manager"] in export.managers for seller in export.sellers)
    assert {people[seller]["team"] for seller in export.sellers} == {"Central", "East", "West"}


def test_what_the_export_does_not_say_stays_unknown(sqlite_store: Store, export: CrmExport) -> None:
    bring(sqlite_store, "opportunities", export.pipeline)
    by_id = {row["external_id"]: row for row in rows_of(sqlite_store, "opportunities")}
    for sale in export.sales:
        row = by_id[sale.id]
        assert row["customer"] == sale.account
        assert row["close_on"] is None
        assert row["closed_on"] == (sale.closed_on.isoformat() if sale.closed_on else None)
        assert row["amount"] == (sale.value if sale.stage == "Won" else None)
        assert row["created_on"] == sale.engaged_on.isoformat()


def test_only_the_ends_that_the_export_dates_are_moves(store: Store, export: CrmExport) -> None:
    bring(store, "opportunities", export.pipeline)
    moves = query(
        store,
        "SELECT o.external_id, c.from_stage_id, s.kind, substr(CAST(c.at AS TEXT), 1, 19) "
        "FROM stage_changes c JOIN opportunities o ON o.id = c.opportunity_id "
        "JOIN stages s ON s.id = c.to_stage_id",
    )
    assert sorted(moves) == sorted(
        (sale.id, None, sale.stage.lower(), f"{sale.closed_on} 00:00:00")
        for sale in export.sales
        if sale.closed_on
    )


def test_the_same_file_again_changes_nothing(store: Store, export: CrmExport) -> None:
    bring_all(store, export, ["opportunities", "customers", "people", "products"])
    before = query(store, "SELECT COUNT(*) FROM changes")
    for kind, content in (
        ("people", export.teams),
        ("customers", export.accounts),
        ("opportunities", export.pipeline),
    ):
        again = bring(store, kind, content)
        assert (again.created, again.updated, again.made) == (0, 0, {}), kind
    assert query(store, "SELECT COUNT(*) FROM changes") == before


def test_a_product_spelled_two_ways_is_one_product_and_said(sqlite_store: Store, export: CrmExport) -> None:
    bring(sqlite_store, "products", export.products)
    report = bring(sqlite_store, "opportunities", export.pipeline)
    assert "OrbitPro → Orbit Pro" in {about for abouts in report.notes.values() for about in abouts}
    assert "products" not in report.made


def test_new_stages_come_in_the_order_of_the_file_before_the_ends(
    sqlite_store: Store, export: CrmExport
) -> None:
    bring(sqlite_store, "opportunities", export.pipeline)
    stages = query(sqlite_store, "SELECT name, kind FROM stages ORDER BY position")
    seen = dict.fromkeys(sale.stage for sale in export.sales if sale.closed_on is None)
    assert [name for name, _ in stages] == [
        *("Qualification", "Discovery", "Proposal", "Negotiation", *seen, "Won", "Lost")
    ]
    assert dict(stages)["Engaging"] == "open"
