"""The forecast: how the period stands against its quota, and the open pipeline by stage and month."""

from collections.abc import Iterator
from typing import Any

from bot.domain.charts import ForecastFigures, ForecastMonth, Picture
from bot.domain.money import Money
from bot.i18n import format_money, format_percent, translate
from bot.reports.charts.alt import heading, listed, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    BLUE,
    GREEN,
    GREY,
    INK,
    RED,
    WIDTH,
    Key,
    Spec,
    boxes,
    canvas,
    fitted,
    ink_on,
    legend,
    raw,
    share,
    sheet,
    stage_blues,
    text_width,
    writing,
)

_HEIGHT = 260
_ABOVE_COLUMNS = 42


def forecast_chart(figures: ForecastFigures, locale: str) -> Picture:
    """Open pipeline by stage and month with its weighted total, won so far in green, the quota in red.

    Raises ValueError where there is nothing to draw: no month, no stage, or no amount above nought.
    """
    amounts = [figures.won, *(month.won + month.open for month in figures.months if month.by_stage)]
    if not figures.stages or not figures.months or not any(money.minor > 0 for money in amounts):
        raise ValueError("a forecast chart needs a stage, a month and an amount")
    colours = list(reversed(stage_blues(len(figures.stages))))
    parts = [_standing(figures, locale), _progress(figures), _legend(figures, colours, locale)]
    specification = sheet(
        figures.title, figures.subtitle, [*parts, _months(figures, colours, locale)], figures.note
    )
    return Picture(engine().draw(specification), _alt(figures, locale), figures.title)


def _quota(figures: ForecastFigures) -> Money | None:
    return figures.quota if figures.quota and figures.quota.minor > 0 else None


def _standing(figures: ForecastFigures, locale: str) -> Spec:
    """The figures of the period, side by side."""
    quota = _quota(figures)
    expected = translate(locale, "Expected")
    if quota:
        reached = format_percent(share(figures.expected, quota), locale)
        expected = translate(locale, "Expected, {share} of quota", share=reached)
    tiles: list[tuple[str, Money, str]] = [
        (translate(locale, "Won so far"), figures.won, GREEN),
        (translate(locale, "Weighted pipeline"), figures.weighted, BLUE),
        (expected, figures.expected, INK),
    ]
    if quota:
        tiles.append((translate(locale, "Quota"), quota, RED))
    pitch = WIDTH / 4
    rows = [
        {
            "caption": fitted(caption, 12, pitch - 8),
            "value": format_money(money, locale, compact=True),
            "colour": colour,
            "x": pitch * place,
            "caption_y": 8,
            "value_y": 33,
        }
        for place, (caption, money, colour) in enumerate(tiles)
    ]
    return canvas(
        46,
        rows,
        [
            writing("caption", "x", "caption_y", color=GREY),
            writing("value", "x", "value_y", colour="colour", fontSize=23, fontWeight="bold"),
        ],
    )


def _progress(figures: ForecastFigures) -> Spec:
    """Won and weighted on one line to the quota, or to their own sum where there is none."""
    quota = _quota(figures)
    end = max(figures.expected.minor, quota.minor if quota else 0, 1)
    won, expected = (WIDTH * max(money.minor, 0) / end for money in (figures.won, figures.expected))
    rows: list[Spec] = [
        {"x": 0, "x2": WIDTH, "y": 5, "y2": 19, "colour": "#edf0f4"},
        {"x": 0, "x2": won, "y": 5, "y2": 19, "colour": GREEN},
        {"x": won, "x2": expected, "y": 5, "y2": 19, "colour": BLUE},
    ]
    if quota:
        at = WIDTH * quota.minor / end
        rows.append({"x": at - 3, "x2": at, "y": 0, "y2": 24, "colour": RED})
    return canvas(24, rows, [boxes(rows)])


def _legend(figures: ForecastFigures, colours: list[str], locale: str) -> Spec:
    stages = [Key(label, colour) for label, colour in zip(reversed(figures.stages), colours, strict=True)]
    expected = Key(translate(locale, "Expected: won and weighted"), INK, "across")
    return legend([Key(translate(locale, "Won"), GREEN), *stages, expected])


def _months(figures: ForecastFigures, colours: list[str], locale: str) -> Spec:
    """A column for each month: won at the foot, then the stages, the one nearest the sale first."""
    width = min(WIDTH / len(figures.months) * 0.6, 110)
    highest = max(max(month.won + month.open, month.expected).minor for month in figures.months)
    pixels = (_HEIGHT - _ABOVE_COLUMNS) / max(highest, 1)
    pieces = [piece for month in figures.months for piece in _column(month, colours, width, pixels, locale)]
    heads = [_head(month, locale) for month in figures.months]
    across = {"field": "month", "type": "nominal", "sort": None, "axis": {"labelFontSize": 14}}

    def up(field: str) -> Spec:
        scale = {"domain": [0, _HEIGHT / pixels], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def layer(rows: list[Spec], mark: Spec, **encoding: Spec) -> Spec:
        return {"data": {"values": rows}, "mark": mark, "encoding": {"x": across, **encoding}}

    def head(text: str, **style: Any) -> Spec:
        return layer(
            heads, {"type": "text", "baseline": "bottom", **style}, y=up("top"), text={"field": text}
        )

    column: Spec = {"type": "bar", "width": width}
    inside: Spec = {"type": "text", "baseline": "middle"}
    tick: Spec = {"type": "tick", "width": 11, "thickness": 3, "color": INK, "opacity": 1}
    return {
        "width": WIDTH,
        "height": _HEIGHT,
        "layer": [
            layer(pieces, column, y=up("from"), y2={"field": "to"}, color=raw("colour")),
            layer(pieces, inside, y=up("middle"), text={"field": "text"}, color=raw("ink")),
            # At both sides of the column and not across it, where it would strike numbers out.
            *(layer(heads, tick | {"xOffset": side * (width / 2 + 7)}, y=up("at")) for side in (-1, 1)),
            head("total", dy=-21, fontSize=14, fontWeight="bold"),
            head("expected", dy=-6, color=GREY),
        ],
    }


def _column(
    month: ForecastMonth, colours: list[str], width: float, pixels: float, locale: str
) -> Iterator[Spec]:
    """The pieces of a month's column from the foot up; a piece too small for its number goes without it."""
    foot = 0
    for money, colour in zip((month.won, *reversed(month.by_stage)), (GREEN, *colours), strict=True):
        text = format_money(money, locale, compact=True)
        fits = money.minor * pixels >= 15 and text_width(text, 12) <= width - 6
        yield {
            "month": month.label,
            "from": foot,
            "to": foot + money.minor,
            "middle": foot + money.minor / 2,
            "colour": colour,
            "text": text if fits else "",
            "ink": ink_on(colour),
        }
        foot += money.minor


def _head(month: ForecastMonth, locale: str) -> Spec:
    total = month.won + month.open
    expected = format_money(month.expected, locale, compact=True)
    return {
        "month": month.label,
        "top": max(total, month.expected).minor,
        "total": format_money(total, locale, compact=True),
        "at": month.expected.minor,
        "expected": translate(locale, "expected {amount}", amount=expected),
    }


def _alt(figures: ForecastFigures, locale: str) -> str:
    """Every figure of the picture, in sentences."""

    def said(money: Money) -> str:
        return format_money(money, locale, compact=True)

    def of_month(month: ForecastMonth) -> str:
        stages = [
            f"{label} {said(money)}" for label, money in zip(figures.stages, month.by_stage, strict=True)
        ]
        return translate(
            locale,
            "{month}: won {won}, open {open} ({stages}), expected {expected}.",
            month=month.label,
            won=said(month.won),
            open=said(month.open),
            stages=listed(stages, locale),
            expected=said(month.expected),
        )

    quota = _quota(figures)
    standing = translate(
        locale,
        "Won so far {won}, weighted pipeline {weighted}, expected {expected}.",
        won=said(figures.won),
        weighted=said(figures.weighted),
        expected=said(figures.expected),
    )
    goal = (
        [
            translate(
                locale,
                "Expected is {share} of the quota of {quota}.",
                share=format_percent(share(figures.expected, quota), locale),
                quota=said(quota),
            )
        ]
        if quota
        else []
    )
    return sentences(
        [
            heading(figures.title, figures.subtitle, locale),
            standing,
            *goal,
            *map(of_month, figures.months),
            figures.note,
        ],
        locale,
    )
