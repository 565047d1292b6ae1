"""Columns of a file that are fields which an admin defined: read as the field's kind says."""

from collections.abc import Mapping
from typing import Any

from bot.domain.custom_fields import FieldKind, Value, read_choice, read_number, read_yes_no
from bot.services.imports.report import ANYTHING, NOTHING
from bot.services.imports.rows import Record
from bot.services.imports.values import Cells
from bot.services.imports.words import folded
from bot.store import Session
from bot.store.custom_fields import list_fields
from bot.store.models import CustomField


class OwnFields:
    """The fields of one table, by the heading that they have in files: their name."""

    def __init__(self, session: Session, entity: str) -> None:
        self._fields = {folded(field.name): field for field in list_fields(session, entity)}

    def named(self, columns: Mapping[str, str]) -> dict[str, str]:
        """What the columns of a file become: those of own fields are these, by their names."""
        free = [heading for heading, became in columns.items() if became in (ANYTHING, NOTHING)]
        found = {heading: self._fields.get(folded(heading)) for heading in free}
        return dict(columns) | {heading: field.name for heading, field in found.items() if field}

    def of(self, record: Record, cells: Cells) -> tuple[dict[str, Value], dict[str, Any]]:
        """What a row says of them, by key, and what is left of its further columns.

        Raises a Refusal for a cell that is no value of its field.
        """
        own: dict[str, Value] = {}
        rest: dict[str, Any] = {}
        for heading, cell in record.extra.items():
            field = self._fields.get(folded(heading))
            if field is None:
                rest[heading] = cell
            elif str(cell).strip():
                own[field.key] = _read(field, cell, heading, cells)
        return own, rest


def _read(field: CustomField, cell: Any, heading: str, cells: Cells) -> Value:
    typed = str(cell).strip()
    match field.kind:
        case FieldKind.NUMBER:
            return read_number(field.name, typed)
        case FieldKind.CHOICE:
            return read_choice(field.name, typed, field.choices)
        case FieldKind.YES_NO:
            return read_yes_no(field.name, typed)
        case FieldKind.DATE:
            return cells.day(cell, heading).isoformat()
    return typed
