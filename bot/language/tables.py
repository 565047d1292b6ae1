"""The word tables, one TOML file a language in bot/language/words/. See docs/language.md."""

import os
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

LANGUAGES = ("en", "zh")


def _load(language: str) -> dict[str, Any]:
    with open(os.path.join(os.path.dirname(__file__), "words", f"{language}.toml"), "rb") as file:
        return tomllib.load(file)


TABLES: dict[str, dict[str, Any]] = {language: _load(language) for language in LANGUAGES}
_LUNAR: dict[str, list[Any]] = _load("lunar")

# The grammar's kind of word for each section whose keys are values; [marks] names its kinds itself.
SECTIONS = {
    "months": "month",
    "weekdays": "weekday",
    "short_weekdays": "short_weekday",
    "days": "away",
    "feasts": "feast",
    "lunar_feasts": "lunar_feast",
    "nth_feasts": "nth_feast",
    "easter_feasts": "easter_feast",
    "zones": "zone",
    "short_zones": "zone_short",
    "units": "unit",
    "calendar_units": "calendar_unit",
    "shifts": "shift",
    "shifts_after": "shift_after",
    "years": "year_shift",
    "parts": "part",
    "parts_of_today": "part_today",
    "parts_of_tomorrow": "part_tomorrow",
    "parts_of_yesterday": "part_yesterday",
    "hours": "hour_word",
    "currencies": "currency",
    "currencies_after": "currency_after",
    "currencies_touching": "currency_touching",
    "amount_units": "per_unit",
    "amount_words": "per_word",
    "fillers": "filler",
}


def channel_words() -> dict[str, str]:
    """Every word for one of the usual sales channels, in any language, and the channel."""
    return {
        word: key
        for table in TABLES.values()
        for key, words in table["sales_channels"].items()
        for word in words
    }


@dataclass(frozen=True)
class Lexicon:
    """Every word of every language: `words` by their first two letters, longest first, as (word, kind,
    value)."""

    words: dict[str, list[tuple[str, str, Any]]]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    scales: dict[str, Decimal]


def _value(section: str, key: str) -> Any:
    if section == "lunar_feasts":
        return tuple(_LUNAR[key])
    if section == "nth_feasts":
        return tuple(int(part) for part in key.split())
    if ":" in key:
        return tuple(int(part) for part in key.split(":"))
    if len(key) == 5 and key[2] == "-":
        return (int(key[:2]), int(key[3:]))
    return int(key) if key.lstrip("-").isdigit() else key


@cache
def lexicon() -> Lexicon:
    """The tables of all languages as one lexicon: people mix them in one line."""
    words: dict[str, set[tuple[str, str, Any]]] = {}
    numbers: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    scales: dict[str, Decimal] = {}
    for table in TABLES.values():
        for section, kind in SECTIONS.items():
            for key, forms in table.get(section, {}).items():
                for form in forms:
                    words.setdefault(form[:2], set()).add((form, kind, _value(section, key)))
        weekday_kind = (
            "week_weekday" if table.get("style", {}).get("weekday_names_its_week") else "plain_weekday"
        )
        for key, forms in table.get("weekdays", {}).items():
            for form in forms:
                words.setdefault(form[:2], set()).add((form, weekday_kind, int(key)))
        for mark, forms in table["marks"].items():
            for form in forms:
                words.setdefault(form[:2], set()).add((form, mark, None))
        for key, forms in table.get("scales", {}).items():
            for form in forms:
                words.setdefault(form[:2], set()).add((form, "scale_word", Decimal(key)))
        numbers |= {form: int(key) for key, forms in table.get("numbers", {}).items() for form in forms}
        ordinals |= {form: int(key) for key, forms in table.get("ordinals", {}).items() for form in forms}
        scales |= {form: Decimal(key) for key, forms in table.get("scales", {}).items() for form in forms}
    ordered = {
        start: sorted(found, key=lambda word: (-len(word[0]), word[:2])) for start, found in words.items()
    }
    return Lexicon(ordered, numbers, ordinals, scales)
