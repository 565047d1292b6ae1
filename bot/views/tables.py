"""Tables of figures: columns aligned in fixed width, Chinese characters counted as two."""

import unicodedata
from collections.abc import Sequence

from bot.domain.money import Money
from bot.i18n import format_money
from bot.views.text import shown

_NAME_WIDTH = 18


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows below a head as a block of fixed width: the first column to the left, the others to the right."""
    lines = [[_fitted(cells[0]), *cells[1:]] for cells in (head, *rows)]
    widths = [max(_width(cells[index]) for cells in lines) for index in range(len(head))]
    drawn = [
        "  ".join(
            cell + " " * (width - _width(cell)) if index == 0 else " " * (width - _width(cell)) + cell
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in lines
    ]
    return "```" + shown("\n".join(drawn), 2900) + "```"


def as_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same rows as sentences, for readers without blocks: `Proposal: Open 3, Amount $120K`."""
    return "\n".join(
        f"{shown(cells[0])}: "
        + ", ".join(f"{name} {cell}" for name, cell in zip(head[1:], cells[1:], strict=True) if cell)
        for cells in rows
    )


def whole(money: Money) -> Money:
    """An estimate without the cents that it cannot know."""
    return Money.of(money.amount.to_integral_value(), money.currency)


def short(money: Money, locale: str) -> str:
    """An amount as figures show it: `$120K`, `¥12万`."""
    return format_money(whole(money), locale, compact=True)


def sums(amounts: Sequence[Money], locale: str) -> str:
    """One amount a currency, never added: `$120K + ¥12万`."""
    return " + ".join(short(money, locale) for money in amounts) or "–"


def _fitted(name: str) -> str:
    """The name, cut with an ellipsis where it is wider than its column."""
    if _width(name) <= _NAME_WIDTH:
        return name
    fitted = ""
    for character in name:
        if _width(fitted + character) > _NAME_WIDTH - 1:
            break
        fitted += character
    return fitted + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
