"""A line's fields while they are being found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.errors import Refusal
from bot.language.lines.scan import Piece, Scan, plain_when
from bot.language.values import Ask, Line, NameMatch, When


@dataclass
class Draft:
    """What a line said so far: values by the record's own names, the words that each came from, and
    questions."""

    scan: Scan
    fields: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    matches: dict[str, NameMatch] = field(default_factory=dict)

    def put(self, name: str, value: Any, start: int, end: int) -> None:
        """A field with its value and the words between two places."""
        self.fields[name] = value
        self.words[name] = self.scan.text.words(start, end)

    def has(self, name: str) -> bool:
        return name in self.fields or any(ask.field == name for ask in self.asks)

    def put_readings(
        self, name: str, readings: Sequence[Any], start: int, end: int, why: Refusal | None = None
    ) -> None:
        """A field where there is one reading, else the question which one it is; without any, that it was not
        understood."""
        different = list(dict.fromkeys(readings))
        if len(different) == 1:
            self.put(name, different[0], start, end)
        else:
            typed = self.scan.text.words(start, end)
            self.asks.append(Ask(name, tuple(different), typed, why))
            self.words[name] = typed

    def put_asked(self, name: str, readings: Sequence[Any], start: int, end: int) -> None:
        """A field that is asked even where there is one reading."""
        self.words[name] = self.scan.text.words(start, end)
        self.asks.append(Ask(name, tuple(readings), self.words[name]))

    def put_day(self, name: str, piece: Piece, start: int | None = None) -> None:
        """A day: of a period its last one, of a week its last working day, because that is when it is due."""
        days = [
            _due(self.scan, when)[-1] if when.grain == "week" else _last_day(when) for when in piece.readings
        ]
        self.put_readings(name, days, piece.start if start is None else start, piece.end, piece.why)

    def put_due(self, name: str, piece: Piece, start: int | None = None) -> None:
        """A day or a moment; of a week its first and last working day are asked."""
        readings: list[date | datetime] = []
        for when in piece.readings:
            readings.extend(_due(self.scan, when))
        self.put_readings(name, readings, piece.start if start is None else start, piece.end, piece.why)

    def put_amount(self, piece: Piece, start: int | None = None) -> None:
        """The amount with its currency; where separators or a sign leave a choice, the question."""
        amounts = list(piece.readings)
        self.put_readings(
            "amount",
            [each.value for each in amounts],
            piece.start if start is None else start,
            piece.end,
            piece.why,
        )
        currencies = list(dict.fromkeys(each.currency for each in amounts))
        if len(currencies) > 1:
            self.asks.append(Ask("currency", tuple(currencies), self.scan.text.words(piece.start, piece.end)))
        elif currencies and currencies[0]:
            self.put("currency", currencies[0], piece.start, piece.end)

    def name(
        self, field_name: str, kind: str, start: int, end: int, *, cut: bool = False
    ) -> tuple[int, int] | None:
        """Settle a name from the words between two places: the longest known one first, else all as typed,
        or with `cut` those that look like one name (Acme annual licence, 华星 续约).

        Gives back what is left of the words after the name.
        """
        names = self.scan.names
        beyond, end = end, min((kept for kept, _ in self.scan.kept if start < kept < end), default=end)
        if names is None:
            return self._new_name(field_name, start, end, beyond, cut=cut)
        for stop in _stops(self.scan, start, end):
            exact = [
                match for match in names.match(kind, self.scan.text.words(start, stop)) if match.score >= 100
            ]
            if len(exact) == 1:
                self.put(field_name, exact[0].name, start, stop)
                self.matches[field_name] = exact[0]
                return self.scan.trim(stop, beyond)
            if exact:
                self.asks.append(Ask(field_name, tuple(exact), self.scan.text.words(start, stop)))
                self.words[field_name] = self.scan.text.words(start, stop)
                return self.scan.trim(stop, beyond)
        for stop in _stops(self.scan, start, end):
            near = tuple(names.match(kind, self.scan.text.words(start, stop)))
            if near:
                shown = self.scan.text.words(start, stop)
                self.put(field_name, shown, start, stop)
                self.asks.append(Ask(field_name, near, shown))
                return self.scan.trim(stop, beyond)
        return self._new_name(field_name, start, end, beyond, cut=cut)

    def _new_name(
        self, field_name: str, start: int, end: int, beyond: int, *, cut: bool
    ) -> tuple[int, int] | None:
        typed = self.scan.text.words(start, end)
        stop = min(end, start + name_end(typed)) if cut else end
        self.put(field_name, self.scan.text.words(start, stop), start, stop)
        return self.scan.trim(stop, beyond) if stop < beyond else None

    def line(self, verb: str | None, note: str) -> Line:
        """The line as read."""
        return Line(verb, self.fields, tuple(self.asks), note, self.words, self.matches)


_CAPITAL = r"(?:[A-Z][\w&.'+/-]*|[a-z]+[A-Z]\w*|(?!20\d\d\b)\d[\d.]*(?![\w/-]|[%折])|&)"
_CAPITALS = re.compile(
    rf"[^\s,，]*[A-Z0-9][^\s,，]*(?:,? (?:(?:of|and|the|de|for|von) )?{_CAPITAL}(?![\w-]))*"
)
_HAN_GROUP = re.compile(r"[^\s,，;；、]*[\u3400-\u9fff]{2}[^\s,，;；、]*")


def name_end(typed: str) -> int:
    """Where a name that nobody knows yet ends: a run of capitalised words, the first group of characters."""
    found = _HAN_GROUP.match(typed) or _CAPITALS.match(typed)
    return found.end() if found else len(typed)


def _last_day(when: When) -> date:
    return when.end.date() - timedelta(days=1) if when.end and not when.is_moment else when.day


def _due(scan: Scan, when: When) -> list[date | datetime]:
    if when.grain == "week" and when.end is not None:
        days = [when.day + timedelta(days=away) for away in range((when.end.date() - when.day).days)]
        working = [
            day for day in days if scan.context.working_days(day) and day >= scan.context.today
        ] or days
        return [working[0], working[-1]]
    value: date | datetime = plain_when(when)
    return [value]


def _stops(scan: Scan, start: int, end: int) -> list[int]:
    """Where a name that begins at `start` may stop: at the ends of words, the longest first, six words at
    most."""
    stops = [end]
    for place in range(end - 1, start, -1):
        if scan.folded[place] == " " and scan.folded[place - 1] != " ":
            stops.append(place)
    return stops[-6:] if len(stops) > 6 else stops
