"""A third language is a new table: its words are read by the rules that are there."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.language import read_amount, read_duration, read_recurrence, read_when
from bot.language.tables import TABLES, lexicon

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
GERMAN = {
    "months": {"3": ["märz"], "12": ["dezember", "dez"]},
    "weekdays": {"0": ["montag"], "4": ["freitag"]},
    "days": {"0": ["heute"], "1": ["morgen"], "2": ["übermorgen"]},
    "units": {"day": ["tag", "tagen"], "week": ["woche", "wochen"], "month": ["monat", "monaten"]},
    "shifts": {"0": ["diese", "diesen"], "1": ["nächste", "nächsten"], "-1": ["letzte", "letzten"]},
    "numbers": {"2": ["zwei"], "3": ["drei"]},
    "scales": {"1000": ["tausend"]},
    "hours": {"12:00": ["mittags"]},
    "marks": {
        "in": ["in"],
        "ago": ["zuvor"],
        "oclock": ["uhr"],
        "from": ["nach"],
        "begin": ["von"],
        "to": ["bis"],
        "end_of": ["ende"],
        "every": ["jeden"],
        "earlier": ["vorher"],
        "or": ["oder"],
    },
    "fillers": {"words": ["am", "um", "den"]},
    "currencies": {"EUR": ["€", "euro"]},
}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(TABLES, "de", GERMAN)
    lexicon.cache_clear()
    yield
    monkeypatch.undo()
    lexicon.cache_clear()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("morgen", date(2026, 11, 25)),
        ("in drei Tagen", date(2026, 11, 27)),
        ("zwei Wochen zuvor", date(2026, 11, 10)),
        ("5. Dezember", date(2026, 12, 5)),
        ("am Freitag um 15 Uhr", date(2026, 11, 27)),
        ("Ende Dezember", date(2026, 12, 31)),
        ("Ende nächsten Monat", date(2026, 12, 31)),
        ("nächste Woche Montag", date(2026, 11, 30)),
    ],
)
def test_a_third_table_is_read_without_a_new_rule(german: None, text: str, day: date) -> None:
    assert read_when(text, now=NOW).day == day


def test_its_amounts_and_repetitions_are_read_too(german: None) -> None:
    assert read_amount("zwei Tausend Euro").value == Decimal(2000)
    assert read_recurrence("jeden Montag").weekday == 0
    assert read_duration("zwei Wochen vorher").days == 14
