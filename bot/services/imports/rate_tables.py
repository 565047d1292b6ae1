"""A central bank's table of exchange rates, with a column for each currency, as rows of one pair."""

from dataclasses import replace

from babel.numbers import list_currencies

from bot.services.imports.tables import Row, Table

_UNKNOWN = frozenset(["N/A", "-", "–"])
_CENTRAL_BANK = "EUR"
"""The European Central Bank's table says what one euro is worth; its format is the common one."""


def as_pairs(table: Table) -> Table:
    """A table with a date and a column for each currency as rows of one pair; any other table as it is."""
    currencies = [column for column in table.columns if column.strip().upper() in list_currencies()]
    dates = [column for column in table.columns if column.strip().casefold() == "date"]
    if len(dates) != 1 or not currencies:
        return table
    rows = [
        Row(
            row.line,
            {
                "date": row.cells[dates[0]],
                "base": _CENTRAL_BANK,
                "quote": column.strip().upper(),
                "rate": row.cells[column],
            },
        )
        for row in table.rows
        for column in currencies
        if dates[0] in row.cells and str(row.cells.get(column, "N/A")).strip() not in _UNKNOWN
    ]
    return replace(table, columns=("date", "base", "quote", "rate"), rows=tuple(rows))
