"""A file, read: what is imported in one transaction. Reading needs none, so the bot can write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.i18n import N_
from bot.services.imports.columns import ColumnMap, recognise
from bot.services.imports.rate_tables import as_pairs
from bot.services.imports.report import ANYTHING, NOTHING
from bot.services.imports.rows import Failure, Record, date_orders, first_currency, read_rows
from bot.services.imports.tables import read_table
from bot.services.imports.values import Cells
from bot.store.transfers import Local

KEEPS_ANYTHING = frozenset(["customers", "opportunities"])
"""The kinds that keep columns without a field of their own."""

SHEETS_LEFT = N_("{count} other sheet was not read: {names}|{count} other sheets were not read: {names}")


@dataclass(frozen=True)
class Batch:
    """The rows of a file as records and failures. `columns` says for each heading the field that it became.

    `is_ours` is true of a file that Dealdesk wrote: its stages say how they end, its ids tell its rows apart.
    """

    kind: str
    columns: Mapping[str, str]
    records: list[Record]
    failures: list[Failure]
    cells: Cells
    is_ours: bool
    unread_sheets: tuple[str, ...] = ()

    def start_of(self, day: date) -> datetime:
        """The moment at which a day begins in the workspace's zone; a moment stays what it is."""
        return day if isinstance(day, datetime) else datetime.combine(day, time(), self.cells.zone)


def read_batch(
    kind: str,
    content: bytes,
    file: str,
    *,
    mapping: ColumnMap,
    local: Local,
    begin: Callable[[int], Callable[[], None]],
) -> Batch:
    """Read a file of one kind. `begin(rows)` is called once, and what it returns for each row.

    `local` says what the file leaves unsaid. Raises a Refusal where the file as a whole cannot be read;
    single rows that cannot are the batch's failures.
    """
    table = read_table(content, file)
    if kind == "rates":
        table = as_pairs(table)
    columns = recognise(kind, table.columns, mapping)
    cells = Cells(local.zone, local.currency, date_orders(kind, table, columns, mapping.date_order))
    if local.takes_currency:
        cells = replace(cells, currency=first_currency(table, columns, cells))
    # Each row is stepped over twice: once read, once written.
    records, failures = read_rows(kind, table, columns, cells, step=begin(2 * len(table.rows)))
    became = {column: name for name, column in columns.of.items()}
    if columns.own_ids:
        became[columns.own_ids] = "id"
    rest = ANYTHING if kind in KEEPS_ANYTHING else NOTHING
    shown = {column: became.get(column, rest) for column in table.columns}
    return Batch(kind, shown, records, failures, cells, columns.own_ids is not None, table.unread_sheets)
