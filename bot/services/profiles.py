"""What a customer is beyond its name: lists of what it is called and where it sits, and whose it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.profiles import LISTS
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.models import Customer

_MOST = 30
_BETWEEN = {"tags": re.compile(r"[\n,，、;；]"), "aliases": re.compile(r"[\n;；、]")}
_LINES = re.compile(r"\n")
_DEEPEST = 50


class OwnParent(Refusal):
    """An organisation that would belong to itself, by whatever way round."""

    message = "{parent} belongs to {name} already, so it cannot be its parent. Choose another, or empty it."


class TooManyValues(Refusal):
    """More of one kind than anybody reads."""

    message = "That is more than {most}. Keep the ones that matter."


def listed(column: str, typed: str | None) -> list[str]:
    """What was typed into the field of a list: one value a line; tags also between commas. No value twice.

    Raises TooManyValues.
    """
    parts = _BETWEEN.get(column, _LINES).split(typed or "")
    values = list(dict.fromkeys(filter(None, (part.strip(" #\t\r") for part in parts))))
    if len(values) > _MOST:
        raise TooManyValues(field=column, most=_MOST)
    return values


def added(column: str, present: Sequence[str], typed: str) -> list[str]:
    """The list with what a line says put to it; a value after a minus is taken out."""
    values = list(present)
    for each in listed(column, typed):
        known = {value.casefold(): value for value in values}
        if each.startswith("-") and each[1:].strip().casefold() in known:
            values.remove(known[each[1:].strip().casefold()])
        elif each.casefold() not in known:
            values.append(each)
    return values


def check_parent(session: Session, customer: Customer, parent_id: int | None) -> None:
    """Raise OwnParent where the customer would stand above itself."""
    current, steps = parent_id, 0
    while current is not None and steps < _DEEPEST:
        above = access_customer(session, current)
        if above.id == customer.id:
            parent = access_customer(session, parent_id or 0)
            raise OwnParent(field="parent", parent=parent.name, name=customer.name)
        current, steps = above.parent_id, steps + 1


def with_lists(customer: Customer, said: Mapping[str, Any]) -> dict[str, Any]:
    """A line's details as columns of this customer: what is said of a list is added to it."""
    return {
        column: added(column, getattr(customer, column), value) if column in LISTS else value
        for column, value in said.items()
    }
