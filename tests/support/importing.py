"""Imports and exports for tests, without the shell around them."""

from datetime import UTC, datetime
from typing import Any

from bot.services.exports import export_rows, write_file
from bot.services.imports import ColumnMap, Report, import_batch, read_batch, read_mapping
from bot.store import Store
from bot.store.transfers import local_of_shell, shell_transaction

NOW = datetime(2017, 7, 1, 9, 0, tzinfo=UTC)


def bring(
    store: Store,
    kind: str,
    content: str | bytes,
    *,
    file: str = "a.csv",
    mapping: str = "",
    now: datetime = NOW,
) -> Report:
    """Import one file, as `dealdesk import` does."""
    raw = content.encode() if isinstance(content, str) else content
    said = read_mapping(mapping, "map.toml") if mapping else ColumnMap()
    local = local_of_shell(store)
    batch = read_batch(kind, raw, file, mapping=said, local=local, begin=lambda total: lambda: None)
    with shell_transaction(store, now=now, how="import") as (session, workspace):
        return import_batch(session, workspace, batch, now=now, step=lambda: None)


def rows_of(store: Store, kind: str, now: datetime = NOW) -> list[dict[str, Any]]:
    """Every row of a kind as its export has it."""
    with shell_transaction(store, now=now, how="shell") as (session, _):
        return export_rows(session, kind)[1]


def file_of(store: Store, kind: str, written_as: str) -> bytes:
    """An export, as a file."""
    with shell_transaction(store, now=NOW, how="shell") as (session, _):
        columns, rows = export_rows(session, kind)
    return write_file(columns, rows, written_as)


def query(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Hand-written SQL, past everything of ours."""
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
