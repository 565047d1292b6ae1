"""Dates as files write them. Month/day or day/month is decided over a whole column, never for one value."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any

from bot.services.imports.refusals import DateOrderUnknown


class DateOrder(StrEnum):
    """Which of year, month and day comes first, second and third."""

    MDY = "MDY"
    DMY = "DMY"
    YMD = "YMD"


_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$")
_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_DAY_NAME = re.compile(r"(\d{1,2})[\s\-]+([a-z]{3})[a-z]*\.?[\s\-,]+(\d{4})$", re.I)
_NAME_DAY = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.I)
_TIME = re.compile(
    r"(?P<half>上午|下午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<after>am|pm)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_SPLIT = re.compile(r"(?<=[\d日])[T\s]+(?=\S*\d{1,2}:\d{2})")


def read_day(cell: Any, order: DateOrder | None) -> date | None:
    """The day that a cell says, its time of day left out; None where it says none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _day(_SPLIT.split(str(cell).strip(), maxsplit=1)[0], order) if isinstance(cell, str) else None


def read_moment(cell: Any, order: DateOrder | None, zone: tzinfo) -> datetime | None:
    """The moment that a cell says, local to `zone` where it names no zone; None where it says none."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if not isinstance(cell, str):
        return None
    day_text, *rest = _SPLIT.split(cell.strip(), maxsplit=1)
    day, hour = _day(day_text, order), _time(rest[0], zone) if rest else None
    return datetime.combine(day, hour) if day and hour else None


def decide_orders(
    columns: Mapping[str, Sequence[tuple[int, Any]]], said: DateOrder | None
) -> dict[str, DateOrder | None]:
    """The order of each column's dates, from (line, cell) pairs; None where the column has no use for one.

    A column that both orders read, differently, takes the order of the file's other columns, since one
    program wrote them. Raises DateOrderUnknown where those say nothing either.
    """
    if said:
        return dict.fromkeys(columns, said)
    decided = {
        name: _order_of([str(cell) for _, cell in cells if isinstance(cell, str)])
        for name, cells in columns.items()
    }
    elsewhere = {order for order in decided.values() if isinstance(order, DateOrder)}
    for name, order in decided.items():
        if order == "ambiguous" and len(elsewhere) == 1:
            decided[name] = next(iter(elsewhere))
        elif order == "ambiguous":
            line, cell = next((line, cell) for line, cell in columns[name] if _parts(cell))
            raise DateOrderUnknown(column=name, example=cell, line=line)
    return {name: order if isinstance(order, DateOrder) else None for name, order in decided.items()}


def _order_of(texts: Sequence[str]) -> DateOrder | str | None:
    """The one order that fits, "ambiguous", or None where no value depends on it."""
    dependent = {text for text in texts if _parts(text)}
    if not dependent:
        return None
    years_are_short = all(len(found[4]) == 2 for text in dependent if (found := _parts(text)))
    candidates = [DateOrder.MDY, DateOrder.DMY] + ([DateOrder.YMD] if years_are_short else [])
    readings = {order: tuple(read_day(text, order) for text in sorted(dependent)) for order in candidates}
    unread = {order: days.count(None) for order, days in readings.items()}
    # One wrong date must not hide what the rest of the column says; its own row is refused later.
    fewest = [order for order in candidates if unread[order] == min(unread.values())]
    return fewest[0] if len({readings[order] for order in fewest}) == 1 else "ambiguous"


def _parts(text: Any) -> re.Match[str] | None:
    """The numbers of a date that depends on the order; dots are always day first."""
    found = _PARTS.match(_SPLIT.split(text.strip(), maxsplit=1)[0]) if isinstance(text, str) else None
    return None if found and found[2] == "." and len(found[4]) == 4 else found


def _day(text: str, order: DateOrder | None) -> date | None:
    if found := _YEAR_FIRST.match(text):
        numbers = [int(part) for part in found.groups() if part and part.isdigit()]
        return _existing(*numbers)
    if found := _PARTS.match(text):
        parts = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." and len(found[4]) == 4:
            order = DateOrder.DMY
        return _ordered(parts, order or DateOrder.MDY)
    if found := _DAY_NAME.match(text):
        return _existing(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _NAME_DAY.match(text):
        return _existing(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _ordered(parts: tuple[int, int, int], order: DateOrder) -> date | None:
    by_place = dict(zip(order.value, parts, strict=True))
    year = by_place["Y"]
    return _existing(year + 2000 if year < 100 else year, by_place["M"], by_place["D"])


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(text: str, zone: tzinfo) -> time | None:
    found = _TIME.match(text)
    if not found:
        return None
    hour = int(found["hour"])
    half = {"上午": "am", "下午": "pm"}.get(found["half"] or "", (found["after"] or "").lower())
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    fraction = int((found["fraction"] or "0").ljust(6, "0")[:6])
    try:
        return time(
            hour, int(found["minute"]), int(found["second"] or 0), fraction, _zone(found["zone"]) or zone
        )
    except ValueError:
        return None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    return datetime.fromisoformat(
        "2000-01-01T00:00" + ("+00:00" if text.upper() in ("Z", "UTC") else text)
    ).tzinfo
