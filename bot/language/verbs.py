"""The words that a command may begin with, from the tables of the languages."""

from functools import cache

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


def verb_prefix(word: str) -> tuple[str, int] | None:
    """The verb that Chinese words begin with where no space follows it (商机华星), and its length."""
    for length in range(min(len(word) - 1, 5), 1, -1):
        found = word[:length]
        if not found.isascii() and (verb := verb_of(found)):
            return verb, length
    return None


def nearest_verb(word: str) -> str | None:
    """The verb whose word looks most like an unknown one, or None where nothing is near."""
    from rapidfuzz import fuzz, process  # 20 ms that only a slip of the pen costs

    typed = word.strip().casefold()[:40]
    found = process.extractOne(typed, _verb_words().keys(), scorer=fuzz.ratio, score_cutoff=60)
    return _verb_words()[found[0]] if found else None
