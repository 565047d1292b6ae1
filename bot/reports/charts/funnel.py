"""The funnel: how many opportunities are in each stage, their amount, and how many go on from it."""

from bot.domain.charts import FunnelFigures, FunnelStage, Picture
from bot.i18n import format_decimal, format_money, format_percent, translate
from bot.reports.charts.alt import heading, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    GREEN,
    GREY,
    INK,
    WIDTH,
    Spec,
    boxes,
    canvas,
    fitted,
    ink_on,
    sheet,
    stage_blues,
    text_width,
    writing,
)

_HEAD = 26
_BAR = 44
_GAP = 12
_BETWEEN = 26
"""Between the stages of one pipeline and of the next: nothing goes on from one to the other."""
_NAMES = 170
_CONVERSION = 132


def funnel_chart(figures: FunnelFigures, locale: str) -> Picture:
    """Opportunities by stage as centred bars, as wide as their number, with amounts and conversions.

    Raises ValueError where no stage has an opportunity.
    """
    if not any(stage.count > 0 for stage in figures.stages):
        raise ValueError("a funnel chart needs a stage with an opportunity")
    specification = sheet(figures.title, figures.subtitle, [_funnel(figures.stages, locale)], figures.note)
    return Picture(engine().draw(specification), _alt(figures, locale), figures.title)


def _amount(stage: FunnelStage, locale: str) -> str:
    if stage.amount is None:
        return translate(locale, "amount unknown") if stage.count else ""
    return format_money(stage.amount, locale, compact=True)


def _funnel(stages: tuple[FunnelStage, ...], locale: str) -> Spec:
    names = min(_NAMES, max(text_width(stage.label, 14) for stage in stages)) + 16
    right = WIDTH - (_CONVERSION if any(stage.conversion is not None for stage in stages) else 0)
    centre = (names + right) / 2
    most = max(stage.count for stage in stages)
    blues = iter(stage_blues(sum(not stage.is_won for stage in stages) or 1))
    areas: list[Spec] = []
    texts: list[Spec] = [
        _text(
            fitted(translate(locale, "Opportunities · amount"), 12, WIDTH), centre, 8, "center", GREY, size=12
        )
    ]
    if right < WIDTH:
        texts.append(_text(translate(locale, "Conversion to next"), WIDTH, 8, "right", GREY, size=12))
    top, before = _HEAD - _BAR - _GAP, stages[0]
    for stage in stages:
        top += _BAR + _GAP + (_BETWEEN if stage.group != before.group else 0)
        before = stage
        colour = GREEN if stage.is_won else next(blues)
        half = max((right - names) * stage.count / most, 3) / 2
        areas.append({"x": centre - half, "x2": centre + half, "y": top, "y2": top + _BAR, "colour": colour})
        texts.append(_text(fitted(stage.label, 14, _NAMES), names - 14, top + _BAR / 2, "right", GREY))
        figures = "·".join(filter(None, [format_decimal(stage.count, locale), _amount(stage, locale)]))
        if text_width(figures, 14) + 16 <= 2 * half:
            texts.append(_text(figures, centre, top + _BAR / 2, "center", ink_on(colour), bold=True))
        else:
            texts.append(_text(figures, centre + half + 8, top + _BAR / 2, "left", INK, bold=True))
        if stage.conversion is not None:
            going_on = "↓ " + format_percent(stage.conversion, locale)
            texts.append(_text(going_on, WIDTH, top + _BAR + _GAP / 2, "right", GREY))
    height = top + _BAR + (_GAP if stages[-1].conversion is not None else 0)
    style: Spec = {
        "align": {"expr": "datum.align"},
        "fontWeight": {"expr": "datum.weight"},
        "fontSize": {"expr": "datum.size"},
    }
    return canvas(height, texts, [boxes(areas, corner=5), writing("text", "x", colour="colour", **style)])


def _text(
    text: str, x: float, y: float, align: str, colour: str, *, bold: bool = False, size: int = 14
) -> Spec:
    row: Spec = {"text": text, "x": x, "y": y, "align": align, "colour": colour, "size": size}
    return row | {"weight": "bold" if bold else "normal"}


def _alt(figures: FunnelFigures, locale: str) -> str:
    """Every figure of the picture, in sentences."""

    def said(stage: FunnelStage) -> str:
        values = {
            "stage": stage.label,
            "number": format_decimal(stage.count, locale),
            "amount": _amount(stage, locale),
        }
        if stage.conversion is None:
            return translate(locale, "{stage}: {number}, {amount}.", **values)
        going_on = format_percent(stage.conversion, locale)
        return translate(locale, "{stage}: {number}, {amount}, conversion {share}.", share=going_on, **values)

    top = heading(figures.title, figures.subtitle, locale)
    first = translate(locale, "Opportunities and amount by stage.")
    return sentences([top, first, *map(said, figures.stages), figures.note], locale)
