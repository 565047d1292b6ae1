"""The word tables, one TOML file a language in bot/language/words/. See docs/language.md."""

import tomllib
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")


def _load(language: str) -> dict[str, Any]:
    text = (files("bot.language") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


TABLES: dict[str, dict[str, Any]] = {language: _load(language) for language in LANGUAGES}
