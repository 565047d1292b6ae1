"""The bridge (a waterfall): what a total was, what made it larger and smaller, what it is."""

from dataclasses import dataclass

from bot.domain.charts import BridgeFigures, Picture
from bot.domain.money import Money
from bot.i18n import format_decimal, format_money, translate
from bot.reports.charts.alt import heading, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    WIDTH,
    Key,
    Spec,
    boxes,
    canvas,
    fitted,
    legend,
    sheet,
    text_width,
    writing,
)

_PLOT = 230
_TOP = 30
_LARGER, _SMALLER = "#8fabf0", "#9aa5b3"
_MOST = 92
"""How wide a column is at most: two steps look like two steps, not like two walls."""


@dataclass(frozen=True)
class _Column:
    label: str
    said: str
    low: int
    high: int
    colour: str
    end: int
    """Where the total stands after it: the next column's line begins there."""


def bridge_chart(figures: BridgeFigures, locale: str) -> Picture:
    """Columns from the total before to the total after, each step hanging where the last one ended.

    Raises ValueError where nothing was there, nothing changed and nothing is.
    """
    if not (figures.before.minor or figures.after.minor or figures.steps):
        raise ValueError("a bridge needs an amount")
    keys = [
        Key(translate(locale, "Pipeline"), BLUE),
        Key(translate(locale, "Larger"), _LARGER),
        Key(translate(locale, "Smaller"), _SMALLER),
    ]
    if any(step.is_won for step in figures.steps):
        keys.append(Key(translate(locale, "Won"), GREEN))
    parts = [legend(keys), _bridge(_columns(figures, locale))]
    specification = sheet(figures.title, figures.subtitle, parts, figures.note)
    return Picture(engine().draw(specification), _alt(figures, locale), figures.title)


def _columns(figures: BridgeFigures, locale: str) -> list[_Column]:
    def total(label: str, money: Money) -> _Column:
        return _Column(label, format_money(money, locale, compact=True), 0, money.minor, BLUE, money.minor)

    columns = [total(figures.before_label, figures.before)]
    at = figures.before.minor
    for step in figures.steps:
        after = at + step.amount.minor if step.adds else at - step.amount.minor
        columns.append(
            _Column(
                f"{step.label} {format_decimal(step.count, locale)}",
                ("+" if step.adds else "−") + format_money(step.amount, locale, compact=True),
                min(at, after),
                max(at, after),
                GREEN if step.is_won else _LARGER if step.adds else _SMALLER,
                after,
            )
        )
        at = after
    return [*columns, total(figures.after_label, figures.after)]


def _bridge(columns: list[_Column]) -> Spec:
    top = max(column.high for column in columns) or 1
    slot = min(WIDTH / len(columns), _MOST / 0.7)
    width = slot * 0.7

    def down(value: int) -> float:
        return _TOP + (_PLOT - _TOP) * (1 - value / top)

    areas: list[Spec] = []
    texts: list[Spec] = []
    lines: list[Spec] = []
    for place, column in enumerate(columns):
        left = place * slot
        areas.append(
            {
                "x": left,
                "x2": left + width,
                "y": down(column.high),
                "y2": max(down(column.low), down(column.high) + 2),
                "colour": column.colour,
            }
        )
        middle = left + width / 2
        texts.append(
            {"text": column.said, "x": middle, "y": down(column.high) - 10, "colour": INK, "weight": "bold"}
        )
        for line, words in enumerate(_lines(column.label, slot - 4)):
            texts.append(
                {
                    "text": words,
                    "x": middle,
                    "y": _PLOT + 16 + 16 * line,
                    "colour": GREY,
                    "weight": "normal",
                }
            )
        if place + 1 < len(columns):
            level = down(column.end)
            lines.append(
                {"x": left + width, "x2": left + slot, "y": level - 0.5, "y2": level + 0.5, "colour": PALE}
            )
    style: Spec = {"align": "center", "fontSize": 12, "fontWeight": {"expr": "datum.weight"}}
    layers = [boxes(lines), boxes(areas, corner=3), writing("text", "x", colour="colour", **style)]
    foot = max(row["y"] for row in texts) - _PLOT + 12
    return canvas(int(_PLOT + foot), texts, layers)


def _lines(label: str, width: float) -> list[str]:
    """A label in at most two lines, broken at its last space that fits."""
    if text_width(label, 12) <= width:
        return [label]
    head, _, tail = label.rpartition(" ")
    if not head:
        return [fitted(label, 12, width)]
    if text_width(head, 12) > width and " " in head:
        first, _, rest = head.partition(" ")
        return [fitted(first, 12, width), fitted(f"{rest} {tail}", 12, width)]
    return [fitted(head, 12, width), fitted(tail, 12, width)]


def _alt(figures: BridgeFigures, locale: str) -> str:
    """Every figure of the picture, in sentences."""
    top = heading(figures.title, figures.subtitle, locale)
    before = translate(
        locale,
        "{label}: {amount}.",
        label=figures.before_label,
        amount=format_money(figures.before, locale),
    )
    steps = [
        translate(
            locale,
            "{label}: {sign}{amount} ({number}).",
            label=step.label,
            sign="+" if step.adds else "−",
            amount=format_money(step.amount, locale),
            number=format_decimal(step.count, locale),
        )
        for step in figures.steps
    ]
    after = translate(
        locale, "{label}: {amount}.", label=figures.after_label, amount=format_money(figures.after, locale)
    )
    return sentences([top, before, *steps, after, figures.note], locale)
