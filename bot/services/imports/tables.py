"""Files as tables: CSV, XLSX and JSON lines, in the encodings of real exports. Nothing is interpreted."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

import charset_normalizer
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import Refusal
from bot.services.imports.refusals import (
    ColumnTwice,
    EncodingUnknown,
    FileEmpty,
    FileUnreadable,
    LineNotAnObject,
    RowOfOtherLength,
    UnknownEnding,
)

FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")
"""A cell that an export kept from running as a formula; see bot.services.exports."""


@dataclass(frozen=True)
class Row:
    """One row: `line` is where it begins (1 is the headings), `cells` by heading, empty ones left out."""

    line: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A file's headings and rows; `broken` has the rows that are not as wide as the headings."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[tuple[int, Refusal], ...] = ()
    unread_sheets: tuple[str, ...] = field(default=())


def format_of(file: str) -> str:
    """csv, xlsx or jsonl by the file's ending; `-` is CSV. Raises UnknownEnding."""
    if file == "-":
        return "csv"
    for ending, name in FORMATS.items():
        if file.lower().endswith(ending):
            return name
    raise UnknownEnding(file=file)


def read_table(content: bytes, file: str) -> Table:
    """The table in a file's bytes.

    Raises UnknownEnding, FileUnreadable, FileEmpty or ColumnTwice, each naming the file.
    """
    kind = format_of(file)
    if kind == "jsonl":
        return _json_lines(decode(content, file), file)
    unread: tuple[str, ...] = ()
    if kind == "xlsx":
        grid, unread = _sheet(content, file)
    else:
        grid = list(_csv(decode(content, file), file))
    return _from_grid(grid, file, unread)


def decode(content: bytes, file: str) -> str:
    """Text in UTF-8 (with or without its mark), GB18030, or what its letters make likely.

    The two strict ones come first, because small Chinese files are often taken for something else.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = charset_normalizer.from_bytes(content).best()
    if best is None:
        raise EncodingUnknown(file=file)
    return str(best)


def _csv(text: str, file: str) -> Iterator[tuple[int, list[Any]]]:
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileUnreadable(file=file, format="CSV", reason=f"line {line}: {error}") from None


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _sheet(content: bytes, file: str) -> tuple[list[tuple[int, list[Any]]], tuple[str, ...]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise FileUnreadable(file=file, format="XLSX", reason=str(error) or type(error).__name__) from None
    sheets = {
        sheet.title: [
            (line, _trimmed(values))
            for line, values in enumerate(sheet.iter_rows(values_only=True), start=1)
            if any(value not in (None, "") for value in values)
        ]
        for sheet in book.worksheets
    }
    book.close()
    filled = [title for title, grid in sheets.items() if grid]
    if not filled:
        raise FileEmpty(file=file)
    return sheets[filled[0]], tuple(filled[1:])


def _trimmed(values: Sequence[Any]) -> list[Any]:
    cells = list(values)
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells


def _from_grid(grid: list[tuple[int, list[Any]]], file: str, unread: tuple[str, ...]) -> Table:
    if len(grid) < 2:
        raise FileEmpty(file=file)
    headings = [str(cell).strip() if cell is not None else "" for cell in grid[0][1]]
    columns = tuple(heading or f"column {place}" for place, heading in enumerate(headings, start=1))
    for column in columns:
        if columns.count(column) > 1:
            raise ColumnTwice(file=file, column=column)
    rows, broken = [], []
    for line, cells in grid[1:]:
        # A spreadsheet leaves empty cells out at a row's end; in CSV a short row is one that was cut.
        short = len(cells) < len(columns) and format_of(file) == "csv"
        if short or any(cell not in (None, "") for cell in cells[len(columns) :]):
            broken.append((line, RowOfOtherLength(count=len(cells), expected=len(columns))))
        else:
            filled = zip(columns, cells, strict=False)
            rows.append(Row(line, _filled(filled)))
    return Table(file, columns, tuple(rows), tuple(broken), unread)


def _json_lines(text: str, file: str) -> Table:
    columns: dict[str, None] = {}
    rows = []
    for line, each in enumerate(text.split("\n"), start=1):
        if not each.strip():
            continue
        try:
            found = json.loads(each, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise FileUnreadable(file=file, format="JSON lines", reason=f"line {line}: {error.msg}") from None
        if not isinstance(found, dict):
            raise LineNotAnObject(file=file, line=line, example='{"name": "Acme"}')
        columns |= dict.fromkeys(found)
        rows.append(Row(line, _filled(found.items())))
    if not rows:
        raise FileEmpty(file=file)
    return Table(file, tuple(columns), tuple(rows))


def _filled(cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The cells with something in them, without what no database keeps: NUL and halves of surrogates."""
    kept = (
        (name, cell.replace("\0", "").encode("utf-8", "replace").decode() if isinstance(cell, str) else cell)
        for name, cell in cells
    )
    return {name: cell for name, cell in kept if not _is_empty(cell)}


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
