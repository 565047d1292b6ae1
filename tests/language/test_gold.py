"""Every expression of the gold files, as salespeople write them, in six zones and around changes of
clocks."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.language import Ambiguous, NotUnderstood, When, read_when

GOLD = Path(__file__).parent / "gold"


def cases(language: str) -> Iterator[tuple[str, str, str, str]]:
    for line in (GOLD / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            now, zone, text, expected = line.split("\t")
            yield now, zone, text, expected


def shown(when: When) -> str:
    def point(moment: datetime) -> str:
        local = moment.replace(tzinfo=None)
        if when.grain not in ("second", "minute", "hour") and local.time().isoformat() == "00:00:00":
            return local.date().isoformat()
        return local.isoformat(" ", "seconds" if local.second else "minutes")

    return f"{point(when.start)}{f' .. {point(when.end)}' if when.end else ''} {when.grain}"


def read(text: str, now: datetime) -> str:
    try:
        return shown(read_when(text, now=now))
    except Ambiguous as unsure:
        return "ask: " + " | ".join(shown(reading) for reading in unsure.readings)
    except NotUnderstood:
        return "refuse"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_gold_expression_is_read_as_its_writer_meant(language: str) -> None:
    wrong = [
        f"{text} ({zone}, {now}): read {found}, meant {expected}"
        for now, zone, text, expected in cases(language)
        if (found := read(text, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)))) != expected
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_gold_files_hold_400_expressions_a_language_in_six_zones(language: str) -> None:
    listed = list(cases(language))
    assert len({text for _, _, text, _ in listed}) >= 400
    assert len({zone for _, zone, _, _ in listed}) >= 6
