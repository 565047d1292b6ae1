"""Rows as typed records: cells read by their field, rows that cannot be read listed with their reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.services.imports.columns import Columns
from bot.services.imports.dates import DateOrder, decide_orders
from bot.services.imports.refusals import CellMissing
from bot.services.imports.tables import Row, Table
from bot.services.imports.values import (
    Cells,
    read_count,
    read_currency,
    read_name,
    read_percent,
    read_rate,
    read_score,
    read_share,
    read_text,
    read_word,
)
from bot.services.imports.words import FIELDS, folded, meanings

_DAYS = frozenset(
    [
        *("created_on", "close_on", "closed_on", "close_date", "starts_on", "last_on", "on_day"),
        "needed_on",
        "birthday_on",
    ]
)
_MOMENTS = frozenset(["at", "happened_at", "due", "rated_at"])
_AMOUNTS = frozenset(["amount", "price"])
_NAMES = frozenset(
    [
        *("name", "customer", "owner", "product", "stage", "assignee", "person", "manager", "team", "source"),
        *("contact_name", "opportunity", "external_id", "opportunity_id", "industry", "partner", "parent"),
        "pipeline",
    ]
)
_LISTS = {"outcome": "outcome", "role": "role", "field": "change", "priority": "priority"}
_STATES = {"tasks": "task", "leads": "lead"}
_KINDS = {"activities": "activity", "ratings": "rating"}
_MUST = {
    "customers": "name",
    "contacts": "name",
    "activities": "text",
    "ratings": "score",
    "tasks": "text",
    "products": "name",
    "rates": "value",
} | {
    "quotas": "amount",
    "people": "name",
    "changes": "external_id",
}


@dataclass(frozen=True)
class Record:
    """One row: `values` by field, empty cells left out; `extra` by heading; `own_id` of a file of ours."""

    line: int
    values: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    own_id: int | None = None

    def get(self, name: str) -> Any:
        """The value of a field, None where the row has none."""
        return self.values.get(name)


@dataclass(frozen=True)
class Failure:
    """A row that cannot be imported, and why."""

    line: int
    reason: Refusal


def date_orders(
    kind: str, table: Table, columns: Columns, said: DateOrder | None
) -> dict[str, DateOrder | None]:
    """The order of dates in each column that holds some. Raises DateOrderUnknown."""
    texts = {
        columns.of[name]: [
            (row.line, row.cells[columns.of[name]]) for row in table.rows if columns.of[name] in row.cells
        ]
        for name in FIELDS[kind]
        if name in columns.of and (name in _DAYS or name in _MOMENTS)
    }
    if kind == "changes":
        for name in {"old", "new"} & set(columns.of):
            column = columns.of[name]
            texts[column] = [
                (row.line, row.cells[column]) for row in table.rows if _is_close_on(row, columns, column)
            ]
    return decide_orders(texts, said)


def _is_close_on(row: Row, columns: Columns, column: str) -> bool:
    means = meanings("change").get(folded(str(row.cells.get(columns.of["field"]))))
    return means == "close_on" and column in row.cells


def first_currency(table: Table, columns: Columns, cells: Cells) -> str:
    """The currency of the first amount that can be read; the one of `cells` where none says another."""
    for row in table.rows:
        for column in (columns.of[name] for name in _AMOUNTS if name in columns.of):
            try:
                return _amount(row, column, columns, cells).currency
            except (Refusal, KeyError):
                continue
    return cells.currency


def _amount(row: Row, column: str, columns: Columns, cells: Cells) -> Money:
    said = columns.of.get("currency", "")
    currency = read_currency(row.cells[said], said) if said in row.cells else None
    return cells.amount(row.cells[column], column, currency)


def read_rows(
    kind: str, table: Table, columns: Columns, cells: Cells, *, step: Callable[[], None]
) -> tuple[list[Record], list[Failure]]:
    """Every row of the table as a record, or as a failure with its reason. `step` is called for each row."""
    records, failures = [], [Failure(line, reason) for line, reason in table.broken]
    for row in table.rows:
        step()
        try:
            records.append(_record(kind, row, columns, cells))
        except Refusal as reason:
            failures.append(Failure(row.line, reason))
    return records, failures


def _record(kind: str, row: Row, columns: Columns, cells: Cells) -> Record:
    present = {
        name: (row.cells[column], column) for name, column in columns.of.items() if column in row.cells
    }
    if kind in _MUST and _MUST[kind] not in present:
        raise CellMissing(column=columns.of.get(_MUST[kind], _MUST[kind]))
    values: dict[str, Any] = {}
    if "currency" in present:
        values["currency"] = read_currency(*present["currency"])
    for name, (cell, column) in present.items():
        if name != "currency":
            values[name] = _value(kind, name, cell, column, cells, values)
    own = str(row.cells.get(columns.own_ids, "")) if columns.own_ids else ""
    extra = {column: plain(row.cells[column]) for column in columns.others if column in row.cells}
    return Record(row.line, values, extra, int(own) if own.isdecimal() else None)


def _value(kind: str, name: str, cell: Any, column: str, cells: Cells, values: Mapping[str, Any]) -> Any:
    if name in ("due", "rated_at"):
        return cells.day_or_moment(cell, column)
    if name in _DAYS:
        return cells.day(cell, column)
    if kind == "activities" and name == "happened_at":
        return cells.day_or_moment(cell, column)
    if name in _MOMENTS:
        return cells.moment(cell, column)
    if name in _AMOUNTS:
        return cells.amount(cell, column, values.get("currency"))
    if name in _LISTS:
        return read_word(cell, column, _LISTS[name])
    if name == "state":
        return read_word(cell, column, _STATES[kind])
    if name == "kind" and kind in _KINDS:
        return read_word(cell, column, _KINDS[kind])
    if name == "score":
        return read_score(cell, column)
    if kind == "rates":
        return read_currency(cell, column) if name in ("base", "quote") else read_rate(cell, column)
    if name == "size" and kind == "leads":
        return read_count(cell, column)
    if name == "sales_channel":
        return meanings("sales_channel").get(folded(str(cell)), read_name(cell))
    if name == "partner_percent":
        return read_share(cell, column)
    if name == "probability":
        return read_percent(cell, column)
    if kind == "changes" and name in ("old", "new"):
        return cell
    return read_name(cell) if name in _NAMES else read_text(cell)


def plain(cell: Any) -> Any:
    """A cell as JSON keeps it."""
    return cell if isinstance(cell, str | int | bool) else read_text(cell)
