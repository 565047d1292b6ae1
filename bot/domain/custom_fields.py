"""Fields that admins define: what kinds there are, and what a value of each is."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.domain.errors import Refusal

YES = frozenset(["yes", "y", "true", "1", "是", "有", "对"])
NO = frozenset(["no", "n", "false", "0", "否", "没有", "无", "不"])

Value = str | bool
"""As it is kept: text, a number as text, an ISO day, a choice, or yes and no."""


_HAN = r"[\u3400-\u9fff]"
_BETWEEN_SCRIPTS = re.compile(rf"(?<!{_HAN})\s+(?={_HAN})|(?<={_HAN})\s*(?=[a-z])")


def spoken_labels(name: str) -> tuple[str, ...]:
    """What a field of this name is called in a line: “Go-live 上线日期” by either half of it too."""
    whole = name.casefold()
    parts = [part.strip(" /·()（）") for part in _BETWEEN_SCRIPTS.split(whole)]
    return tuple(dict.fromkeys([whole, *(part for part in parts if len(part) > 1)]))


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


class NotANumber(Refusal):
    """Text in a field of numbers."""

    message = "“{typed}” is not a number, and “{name}” takes one, such as: 1200"


class NotAChoice(Refusal):
    """A value that the field does not offer."""

    message = "“{typed}” is no choice of “{name}”. Choose one of: {choices}"


class NotYesOrNo(Refusal):
    """Neither yes nor no."""

    message = "“{name}” takes yes or no; “{typed}” is neither."


def read_number(name: str, typed: str) -> str:
    """The number as it is kept. Raises NotANumber."""
    bare = re.sub(r"[\s,，]", "", typed)
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise NotANumber(typed=typed, name=name) from error
    if not number.is_finite() or len(bare) > 30:
        raise NotANumber(typed=typed, name=name)
    return f"{number:f}"


def read_choice(name: str, typed: str, choices: Sequence[str]) -> str:
    """The choice that was typed, whatever its case. Raises NotAChoice."""
    for choice in choices:
        if choice.casefold() == typed.casefold():
            return choice
    raise NotAChoice(typed=typed, name=name, choices=", ".join(choices))


def read_yes_no(name: str, typed: str) -> bool:
    """Yes or no, in either language. Raises NotYesOrNo."""
    if typed.casefold() in YES:
        return True
    if typed.casefold() in NO:
        return False
    raise NotYesOrNo(typed=typed, name=name)


def as_day(kept: Value) -> date | None:
    """A kept day; None for what is none."""
    try:
        return date.fromisoformat(str(kept))
    except ValueError:
        return None
