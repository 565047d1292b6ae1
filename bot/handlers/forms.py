"""What was typed into a form's fields, read; a refusal finds its field."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from bot.domain.errors import Refusal
from bot.domain.money import AmountTooLarge, Money
from bot.domain.priorities import Priority
from bot.handlers.hints import Incomplete
from bot.handlers.interaction import Interaction
from bot.language import read_amount
from bot.store.workspaces import workspace_settings
from bot.views.text import plain

_ENDLESS = re.compile(
    r"(?:(?:.*[\s,，;；])?(?:amount|金额)\s*[:：]?\s*[$¥￥€£]?|(?:.*[\s,，;；])?[$¥￥€£])?\s*(\d{13,})\s*(?:[元块]|usd|eur|gbp|chf|cny|rmb|jpy|hkd|\s\d\d?)?",
    re.IGNORECASE,
)
"""Digits without end, alone or after a word or sign of money: no name, and no amount that can be."""


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """Refusals inside are about this field of the form."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = refusal.field or field
        raise


def typed_money(interaction: Interaction, typed: str | None) -> Money | None:
    """An amount as money, in the workspace's currency where none was typed. Raises the reader's refusals."""
    if not typed:
        return None
    currency = workspace_settings(interaction.session).currency
    read = read_amount(plain(typed), currency=currency)
    return Money.of(read.value, read.currency or currency)


def chosen_priority(name: object) -> Priority:
    """A task's priority by its name in a form; normal where none is said."""
    found = next((each for each in Priority if each.name.lower() == (name or "normal")), None)
    if found is None:
        raise Incomplete(field="priority")
    return found


def typed_day(value: str | None) -> date | None:
    """A date picker's day."""
    return date.fromisoformat(value) if value else None


def check_not_endless(note: str) -> None:
    """Raise AmountTooLarge where digits that were meant as an amount are too many to be read as one."""
    if found := _ENDLESS.fullmatch(note.strip()):
        raise AmountTooLarge(field="amount", typed=found[1])
