"""A sale that was won: its amount in large, who won it, and how far the quarter has come by it."""

import random

from bot.domain.charts import Picture, WinFigures
from bot.i18n import format_money, format_percent, translate
from bot.reports.charts.alt import heading, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    RED,
    WIDTH,
    Spec,
    boxes,
    canvas,
    fitted,
    raw,
    share,
    sheet,
    text_width,
    writing,
)

_HEADLINE = 60
_LEFT = 430
"""Of the text; the medal and what flies around it are right of it."""
_MEDAL_X, _MEDAL_Y, _MEDAL = 560, 58, 46
_PIECES = 44
_COLOURS = (BLUE, GREEN, "#f2b134", RED, "#7aa2f7", "#8fd3b6")
_SHAPES = ("square", "circle", "triangle-up", "M-1,-0.35H1V0.35H-1Z")
_STAR = (
    "M0,-1L0.225,-0.309L0.951,-0.309L0.363,0.118L0.588,0.809L0,0.382"
    "L-0.588,0.809L-0.363,0.118L-0.951,-0.309L-0.225,-0.309Z"
)


def win_chart(figures: WinFigures, locale: str) -> Picture:
    """The picture of a win. The same figures fly the same confetti."""
    parts = [_celebration(figures)]
    if figures.won and figures.quota and figures.quota.minor > 0:
        parts.append(_progress(figures, locale))
    specification = sheet(figures.title, figures.subtitle, parts, "")
    return Picture(engine().draw(specification), _alt(figures, locale), figures.title)


def _celebration(figures: WinFigures) -> Spec:
    size = min(_HEADLINE, round(_HEADLINE * _LEFT / max(text_width(figures.headline, _HEADLINE), 1)))
    headline = _layer([{"text": fitted(figures.headline, size, _LEFT), "x": 0, "y": 40}], size, GREEN, "bold")
    labels, values = [], []
    across = 0.0
    for label, value in figures.facts:
        wide = max(text_width(label, 12), text_width(value, 15)) + 30
        if across + wide - 30 > _LEFT:
            break
        labels.append({"text": label, "x": across, "y": 92})
        values.append({"text": fitted(value, 15, _LEFT), "x": across, "y": 112})
        across += wide
    facts = [_layer(labels, 12, GREY, "normal"), _layer(values, 15, INK, "bold")]
    medal = {"x": _MEDAL_X, "y": _MEDAL_Y}
    return canvas(
        124,
        [medal],
        [
            _confetti(figures),
            {"mark": _point("circle", 4 * _MEDAL**2, GREEN), "encoding": _at()},
            {"mark": _point("circle", 4 * (_MEDAL - 6) ** 2, "#2aa67c"), "encoding": _at()},
            {"mark": _point(_STAR, 2900, "#ffffff"), "encoding": _at()},
            headline,
            *facts,
        ],
    )


def _layer(rows: list[Spec], size: int, colour: str, weight: str) -> Spec:
    return {"data": {"values": rows}} | writing("text", "x", fontSize=size, color=colour, fontWeight=weight)


def _point(shape: str, size: float, colour: str) -> Spec:
    return {"type": "point", "shape": shape, "size": size, "filled": True, "opacity": 1, "color": colour}


def _at() -> Spec:
    return {"x": raw("x"), "y": raw("y")}


def _confetti(figures: WinFigures) -> Spec:
    thrown = random.Random(f"{figures.title} {figures.subtitle} {figures.headline}")
    rows: list[Spec] = []
    while len(rows) < _PIECES:
        x, y = thrown.uniform(_LEFT + 14, WIDTH - 6), thrown.uniform(2, 122)
        if (x - _MEDAL_X) ** 2 + (y - _MEDAL_Y) ** 2 > (_MEDAL + 10) ** 2:
            rows.append(
                {"x": x, "y": y, "angle": thrown.uniform(0, 360), "size": thrown.uniform(30, 110)}
                | {"colour": thrown.choice(_COLOURS), "shape": thrown.choice(_SHAPES)}
            )
    channels = {name: raw(name) for name in ("shape", "size", "angle")} | {"color": raw("colour")}
    mark = {"type": "point", "filled": True, "opacity": 0.9}
    return {"data": {"values": rows}, "mark": mark, "encoding": _at() | channels}


def _progress(figures: WinFigures, locale: str) -> Spec:
    assert figures.won
    assert figures.quota
    reached = share(figures.won, figures.quota)
    bar = [
        {"x": 0, "x2": WIDTH, "y": 30, "y2": 46, "colour": LINE},
        {
            "x": 0,
            "x2": max(8.0, min(float(reached), 1.0) * WIDTH),
            "y": 30,
            "y2": 46,
            "colour": GREEN if reached >= 1 else BLUE,
        },
    ]
    said = translate(
        locale,
        "{won} of {quota} won",
        won=format_money(figures.won, locale, compact=True),
        quota=format_money(figures.quota, locale, compact=True),
    )
    left = _layer([{"text": figures.period, "x": 0, "y": 12}], 13, GREY, "normal")
    right = {"data": {"values": [{"text": f"{said}·{format_percent(reached, locale)}", "x": WIDTH, "y": 12}]}}
    right |= writing("text", "x", align="right", fontSize=13, color=INK, fontWeight="bold")
    return canvas(48, [{"x": 0, "y": 0}], [boxes(bar, corner=8), left, right])


def _alt(figures: WinFigures, locale: str) -> str:
    """Every figure of the picture, in sentences."""
    said = [heading(figures.title, figures.subtitle, locale), figures.headline + _stop(locale)]
    said += [
        translate(locale, "{label}: {value}.", label=label, value=value) for label, value in figures.facts
    ]
    if figures.won and figures.quota and figures.quota.minor > 0:
        said.append(
            translate(
                locale,
                "{period}: {won} of {quota} won, {share}.",
                period=figures.period,
                won=format_money(figures.won, locale, compact=True),
                quota=format_money(figures.quota, locale, compact=True),
                share=format_percent(share(figures.won, figures.quota), locale),
            )
        )
    return sentences(said, locale)


def _stop(locale: str) -> str:
    return "。" if locale.startswith("zh") else "."
