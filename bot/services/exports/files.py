"""Rows as files: CSV that spreadsheets open without running anything in it, XLSX, JSON lines."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from bot.domain.errors import Refusal

_WOULD_RUN = re.compile(r"'*[=+\-@\t\r\0]")
"""What a spreadsheet takes for a formula, also behind the marks that an earlier export put before it."""
_LONGEST_IN_XLSX = 32_767


class TooLongForXlsx(Refusal):
    """A text that no cell of a spreadsheet holds."""

    message = (
        "A text in {column} has {count} characters, and a cell of XLSX holds 32,767. Export to CSV instead."
    )


def write_file(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    written_as: str,
    *,
    for_spreadsheets: bool = True,
) -> bytes:
    """The rows as csv, xlsx or jsonl. Unknown is an empty cell, or null.

    `for_spreadsheets` puts the mark before CSV by which Excel in China knows UTF-8; pipes go without.
    """
    match written_as:
        case "xlsx":
            return _xlsx(columns, rows)
        case "jsonl":
            return _json_lines(columns, rows)
        case _:
            return _csv(columns, rows).encode("utf-8-sig" if for_spreadsheets else "utf-8")


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_guarded(column) for column in columns])
    for row in rows:
        writer.writerow([_guarded(row.get(column)) for column in columns])
    return text.getvalue()


def _guarded(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and _WOULD_RUN.match(value) else value


def _json_lines(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    lines = (
        json.dumps({column: row.get(column) for column in columns}, ensure_ascii=False, default=str) + "\n"
        for row in rows
    )
    return "".join(lines).encode()


def _xlsx(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for line, values in enumerate([columns, *([row.get(column) for column in columns] for row in rows)]):
        for place, value in enumerate(values):
            if isinstance(value, str) and len(value) > _LONGEST_IN_XLSX:
                raise TooLongForXlsx(column=columns[place], count=len(value))
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif isinstance(value, int | Decimal):
                sheet.write_number(line, place, value)
    book.close()
    return content.getvalue()
