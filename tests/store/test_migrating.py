"""Laws of migrations: an older database with people's data in it comes along whole."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command

from bot.store import Store
from bot.store.migrating import alembic_config, migrate
from tests.support.factories import Factory


def _insert(old: sqlite3.Connection, table: str, **values: Any) -> None:
    """A row of a table, with something plain in every column that must have a value."""
    plain = {"INTEGER": 1, "BIGINT": 1, "BOOLEAN": 0, "JSON": "{}", "DATETIME": "2026-11-01 00:00:00.000000"}
    for _place, name, kind, is_required, default, is_key in old.execute(f"PRAGMA table_info({table})"):
        if is_required and default is None and not is_key:
            values.setdefault(name, plain.get(kind.split("(")[0], "x"))
    marks = ", ".join("?" * len(values))
    old.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def test_an_old_sqlite_database_with_rows_that_point_to_each_other_is_upgraded_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    command.upgrade(alembic_config(url), "0001")
    with sqlite3.connect(tmp_path / "old.db") as old:
        _insert(old, "workspaces", id=1)
        _insert(old, "pipelines", id=1)
        _insert(old, "stages", id=1, pipeline_id=1)
        _insert(old, "customers", id=1, name="Acme")
        _insert(old, "contacts", id=1, customer_id=1)
        _insert(old, "opportunities", id=1, customer_id=1, stage_id=1)
    store = Store(url)
    migrate(store)
    with sqlite3.connect(tmp_path / "old.db") as new:
        for table in ("customers", "contacts", "opportunities"):
            assert new.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_planner_knows_how_large_the_tables_have_become(factory: Factory) -> None:
    for number in range(30):
        factory.customer(f"Acme {number}")
    factory.store.learn_sizes()
    if factory.store.is_sqlite:
        with factory.store.engine.connect() as connection:
            known = connection.exec_driver_sql("SELECT tbl FROM sqlite_stat1").scalars().all()
        assert "customers" in known
