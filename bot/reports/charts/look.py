"""The look that all charts share: one face, one blue, green for won, red for the quota, grey for context."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bot.domain.money import Money
from bot.reports.charts.engine import FONT

BLUE, GREEN, RED = "#2457d6", "#1f8f69", "#d63b37"
INK, GREY, LINE, PALE = "#1b2a3d", "#5a6878", "#dfe4ea", "#c3cad4"
_LIGHTEST, _DARKEST = (214, 225, 251), (29, 70, 184)

WIDTH = 660
"""Of the plot, in screen pixels: Slack shows a picture at about this width, so text keeps its size."""

Spec = dict[str, Any]
"""Vega-Lite: a specification or a piece of one."""


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a colour and its name; `line` says how it is drawn where it is not an area."""

    label: str
    colour: str
    line: Literal["", "across", "upright"] = ""


_SYMBOLS = {"": "square", "across": "M-1,-0.14H1V0.14H-1Z", "upright": "M-0.14,-1H0.14V1H-0.14Z"}


def sheet(title: str, subtitle: str, parts: Sequence[Spec], note: str) -> Spec:
    """A specification: title and subtitle at the left, the parts below one another, a note at the foot."""
    heading: Spec = {"text": fitted(title, 19, WIDTH)}
    if subtitle:
        heading["subtitle"] = fitted(subtitle, 13, WIDTH)
    foot = (
        [words(14, [{"text": fitted(note, 12, WIDTH), "x": 0, "y": 7}], color=GREY, limit=WIDTH)]
        if note
        else []
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": heading,
        "padding": {"left": 26, "right": 26, "top": 22, "bottom": 24},
        "background": "white",
        "spacing": 16,
        "vconcat": [*parts, *foot],
        "config": _CONFIG,
    }


def words(height: int, rows: list[Spec], **mark: Any) -> Spec:
    """Texts placed by pixel: each row has text, x and y."""
    return canvas(height, rows, [writing("text", "x", **mark)])


def canvas(height: int, rows: list[Spec], layers: list[Spec]) -> Spec:
    """A part drawn by pixel, over rows whose fields are already places and colours."""
    return {"width": WIDTH, "height": height, "data": {"values": rows}, "layer": layers}


def writing(text: str, x: str, y: str = "y", *, colour: str = "", **mark: Any) -> Spec:
    """A layer of text from the field `text`, beginning at the pixels of the fields `x` and `y`."""
    encoding = {"text": {"field": text}, "x": raw(x), "y": raw(y)} | (
        {"color": raw(colour)} if colour else {}
    )
    return {"mark": {"type": "text", "align": "left", "baseline": "middle"} | mark, "encoding": encoding}


def boxes(rows: list[Spec], *, corner: int = 0) -> Spec:
    """A layer of rectangles from x, y to x2, y2 in their `colour`."""
    places = {"x": raw("x"), "x2": {"field": "x2"}, "y": raw("y"), "y2": {"field": "y2"}}
    mark = {"type": "rect", "cornerRadius": corner}
    return {"data": {"values": rows}, "mark": mark, "encoding": {**places, "color": raw("colour")}}


def raw(field: str) -> Spec:
    """A channel whose field is already what is drawn: a pixel, a colour, a shape."""
    return {"field": field, "type": "quantitative", "scale": None}


def legend(keys: Sequence[Key]) -> Spec:
    """The keys from the left, in as many rows as they need."""
    rows: list[Spec] = []
    across, down = 0.0, 8
    for key in keys:
        label = fitted(key.label, 12, 190)
        width = 18 + text_width(label, 12) + 18
        if across and across + width - 18 > WIDTH:
            across, down = 0.0, down + 22
        rows.append(
            {"text": label, "x": across + 18, "y": down, "symbol_x": across + 6, "colour": key.colour}
            | {"shape": _SYMBOLS[key.line], "size": 180 if key.line else 120}
        )
        across += width
    symbol: Spec = {
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": raw("symbol_x"),
            "y": raw("y"),
            "shape": raw("shape"),
            "size": raw("size"),
            "color": raw("colour"),
        },
    }
    return canvas(down + 8, rows, [symbol, writing("text", "x", color=GREY)])


def stage_blues(count: int) -> list[str]:
    """One blue for each stage, from light (far from the sale) to dark (near it)."""
    if count == 1:
        return [BLUE]
    return [
        "#"
        + "".join(
            f"{round(low + (high - low) * step / (count - 1)):02x}"
            for low, high in zip(_LIGHTEST, _DARKEST, strict=True)
        )
        for step in range(count)
    ]


def ink_on(colour: str) -> str:
    """The text colour, dark or white, with the greater contrast (WCAG) to a background `#rrggbb`."""
    red, green, blue = ((int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.22 else "#ffffff"


def text_width(text: str, size: float) -> float:
    """About how wide a text is in this face, in pixels: a Chinese character is a full square."""
    return sum(size * _character_width(character) for character in text)


def _character_width(character: str) -> float:
    if ord(character) > 0x1F000:
        return 1.4
    if ord(character) > 0x2E80 or character == "·":
        return 1.0
    if character in " .,:;'|!()ijlI":
        return 0.27
    if character in "mwMW%@—…":
        return 0.85
    if character in "frt-↓":
        return 0.36
    return 0.6 if character.isupper() else 0.55


def fitted(text: str, size: float, width: float) -> str:
    """The text as drawn: the face's middle dot brings its own space, and "…" ends what is too wide."""
    text = text.replace(" · ", "·")
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def share(part: Money, whole: Money) -> Decimal:
    """`part` of `whole`, where 1 is all of it; both of one currency."""
    return Decimal(part.minor) / Decimal(whole.minor)


_CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "limit": WIDTH,
        "fontSize": 19,
        "fontWeight": "bold",
        "offset": 18,
        "subtitleColor": GREY,
        "subtitleFontSize": 13,
        "subtitlePadding": 7,
    },
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "title": None,
        "labelColor": GREY,
        "labelFontSize": 13,
        "labelPadding": 8,
        "labelAngle": 0,
    },
    "text": {"color": INK, "fontSize": 12},
}
