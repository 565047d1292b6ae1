"""The words that a command may begin with, from the tables of the languages."""

from functools import cache

from rapidfuzz import fuzz, process

from bot.language.tables import TABLES

VERBS: tuple[str, ...] = tuple(TABLES["en"]["verbs"])


@cache
def _verb_words() -> dict[str, str]:
    return {
        word.casefold(): verb
        for table in TABLES.values()
        for verb, words in table["verbs"].items()
        for word in (verb, *words)
    }


def verb_words(verb: str, language: str) -> list[str]:
    """The words for a verb in one language, the usual one first."""
    return list(TABLES[language]["verbs"].get(verb, ()))


def verb_of(word: str) -> str | None:
    """The verb that a word names in any language, or None."""
    return _verb_words().get(word.strip().casefold())


def nearest_verb(word: str) -> str | None:
    """The verb whose word looks most like an unknown one, or None where nothing is near."""
    found = process.extractOne(
        word.strip().casefold()[:40], _verb_words().keys(), scorer=fuzz.WRatio, score_cutoff=60
    )
    return _verb_words()[found[0]] if found else None
