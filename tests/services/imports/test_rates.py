"""A central bank's table and a list of pairs are both read."""

import pytest

from bot.services.imports import RowsRefused
from bot.store import Store
from tests.support.importing import bring, query

KEPT = "SELECT base, quote, on_day, value FROM exchange_rates ORDER BY on_day, quote"
TABLE = "Date,USD,JPY,CYP,CNY,\n2026-11-27,1.16,180.5,N/A,8.2,\n2026-11-26,1.15,180.1,N/A,8.1,\n"


def test_a_central_banks_table_has_a_column_for_each_currency(sqlite_store: Store) -> None:
    assert bring(sqlite_store, "rates", TABLE).created == 6
    rows = query(sqlite_store, KEPT)
    assert rows[3:] == [
        ("EUR", "CNY", "2026-11-27", "8.2"),
        ("EUR", "JPY", "2026-11-27", "180.5"),
        ("EUR", "USD", "2026-11-27", "1.16"),
    ]


def test_a_later_import_updates_what_is_there_and_leaves_the_rest(sqlite_store: Store) -> None:
    bring(sqlite_store, "rates", TABLE)
    report = bring(sqlite_store, "rates", TABLE.replace("1.16", "1.17"))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 5)


def test_pairs_are_read_by_row_and_in_chinese(sqlite_store: Store) -> None:
    bring(sqlite_store, "rates", "原币,目标货币,日期,汇率\n美元,人民币,2026-11-27,7.12\n")
    assert query(sqlite_store, KEPT) == [("USD", "CNY", "2026-11-27", "7.12")]


def test_a_rate_that_is_none_or_of_one_currency_is_listed(sqlite_store: Store) -> None:
    with pytest.raises(RowsRefused) as refused:
        bring(
            sqlite_store,
            "rates",
            "base,quote,date,rate\nUSD,CNY,2026-11-27,x\nUSD,USD,2026-11-27,1\nUSD,CNY,2026-11-27,0\n",
        )
    assert sorted(failure.line for failure in refused.value.failures) == [2, 3, 4]
    assert query(sqlite_store, KEPT) == []
