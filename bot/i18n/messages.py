"""Messages: the English sentence is the key; other languages are .po files, compiled in memory at first
use.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.i18n.formats import format_date, format_decimal, format_moment, format_money

HERE = Path(__file__).parent

LANGUAGES = {"en": "en_US", "zh": "zh_CN"}
"""The language that is spoken, and the locale of its formats where the reader's own is not known."""

Translate = Callable[..., str]
"""`_("{count} tasks", count=3)` in one reader's language; see `translator`."""


def N_(english: str) -> str:
    """Mark an English sentence that is translated later, where the reader is known."""
    return english


def language_of(locale: str) -> str:
    """The language in which a reader is answered: zh for every Chinese locale, else en."""
    return "zh" if locale.lower().startswith("zh") else "en"


@cache
def _messages(language: str) -> dict[str, str]:
    messages: dict[str, str] = {}
    for file in sorted((HERE / LANGUAGES[language] / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as opened:
            catalog: Catalog = read_po(opened, locale=LANGUAGES[language], abort_invalid=True)
        for message in catalog:
            if message.id and message.string:
                messages[str(message.id)] = str(message.string)
    return messages


def translate(locale: str, english: str, /, **values: Any) -> str:
    """The sentence in the reader's language, its {placeholders} filled.

    Money, dates, instants and decimals are formatted for the locale; `count` chooses between the forms of
    an English "one|many" sentence. Instants must already be in the reader's zone.
    """
    language = language_of(locale)
    text = english if language == "en" else _messages(language).get(english, english)
    if "count" in values and "|" in text:
        one, many = text.split("|", 1)
        text = one if values["count"] == 1 else many
    return text.format_map({key: _shown(value, locale) for key, value in values.items()}) if values else text


def _shown(value: Any, locale: str) -> Any:
    match value:
        case Money():
            return format_money(value, locale)
        case datetime():
            return format_moment(value, locale)
        case date():
            return format_date(value, locale)
        case Decimal():
            return format_decimal(value, locale)
        case Refusal():
            return translate(locale, value.message, **value.values)
    return value


def translator(locale: str) -> Translate:
    """`translate` for one reader."""

    def translate_for_reader(english: str, /, **values: Any) -> str:
        return translate(locale, english, **values)

    return translate_for_reader
