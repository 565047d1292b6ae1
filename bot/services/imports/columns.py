"""Which column is which field: by the field's own name, by what is plainly meant, or as --map says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.services.imports.dates import DateOrder
from bot.services.imports.refusals import (
    ColumnMissing,
    ColumnsAlike,
    MappedColumnNotAName,
    MappedColumnUnknown,
    MappedFieldUnknown,
    MappedOrderUnknown,
    MappingSaysMore,
    MappingUnreadable,
)
from bot.services.imports.words import FIELDS, folded, headings

_NEEDED: dict[str, list[tuple[str, ...]]] = {
    "customers": [("name",)],
    "contacts": [("name",), ("customer",)],
    "leads": [("name", "contact_name")],
    "opportunities": [("name", "customer", "product", "external_id")],
    "activities": [("text",), ("happened_at",)],
    "ratings": [("customer",), ("score",), ("rated_at",)],
    "tasks": [("text",)],
    "products": [("name",)],
    "quotas": [("amount",), ("period", "starts_on")],
    "people": [("name",)],
    "rates": [("base",), ("quote",), ("on_day",), ("value",)],
    "changes": [("external_id",), ("at",), ("field",), ("new",)],
}
"""For each kind the fields without which a row says nothing; of several in one bracket, any."""


@dataclass(frozen=True)
class ColumnMap:
    """What a --map file says: columns by field, and the order of dates."""

    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None


@dataclass(frozen=True)
class Columns:
    """The column of each field, and the columns that are no field of the kind.

    `own_ids` is the column in which a file that Dealdesk wrote keeps Dealdesk's own ids.
    """

    of: Mapping[str, str]
    others: tuple[str, ...]
    own_ids: str | None = None


def read_mapping(text: str, file: str) -> ColumnMap:
    """The --map file: TOML with `date_order` and a table `columns` of field = "heading".

    Raises MappingUnreadable, MappingSaysMore, MappedColumnNotAName or MappedOrderUnknown.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingUnreadable(file=file, reason=str(error)) from None
    columns, order = found.pop("columns", {}), found.pop("date_order", None)
    if found:
        raise MappingSaysMore(file=file, word=next(iter(found)))
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        raise MappedColumnNotAName(file=file)
    if order is not None and order not in list(DateOrder):
        raise MappedOrderUnknown(file=file, typed=str(order))
    return ColumnMap(file, columns, DateOrder(order) if order else None)


def recognise(kind: str, names: tuple[str, ...], mapping: ColumnMap) -> Columns:
    """The columns of a file of this kind.

    `id` is the record's external id unless the file has one already; a file with `id` and `external_id`
    is one that Dealdesk wrote. Raises ColumnsAlike, ColumnMissing, MappedFieldUnknown or MappedColumnUnknown.
    """
    of = _mapped(kind, names, mapping)
    has_own = "id" in names and ("external_id" in names or "external_id" not in FIELDS[kind])
    own_ids = "id" if has_own and "id" not in of.values() else None
    free = [name for name in names if name not in of.values() and name != own_ids]
    own_names = {folded(each): each for each in FIELDS[kind]}
    for name in free:
        if folded(name) in own_names:
            of.setdefault(own_names[folded(name)], name)
    meant: dict[str, str] = {}
    for name in free:
        means = headings(kind).get(folded(name))
        if means is None or means in of or name in of.values():
            continue
        if means in meant:
            raise ColumnsAlike(first=meant[means], second=name, wanted=means)
        meant[means] = name
    of |= meant
    if "external_id" in FIELDS[kind]:
        plain_id = next((name for name in free if folded(name) == "id" and name not in of.values()), None)
        if plain_id:
            of.setdefault("external_id", plain_id)
    for wanted in _NEEDED[kind]:
        if not any(each in of for each in wanted):
            raise ColumnMissing(wanted=" / ".join(wanted), columns=", ".join(names))
    taken = {*of.values(), own_ids}
    return Columns(of, tuple(name for name in names if name not in taken), own_ids)


def _mapped(kind: str, names: tuple[str, ...], mapping: ColumnMap) -> dict[str, str]:
    for each, column in mapping.columns.items():
        if each not in FIELDS[kind]:
            raise MappedFieldUnknown(
                file=mapping.file, kind=kind, wanted=each, fields=", ".join(FIELDS[kind])
            )
        if column not in names:
            raise MappedColumnUnknown(file=mapping.file, column=column, columns=", ".join(names))
    return dict(mapping.columns)
