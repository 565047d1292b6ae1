"""The word tables of imports: which headings and which words in cells say what."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_SEPARATORS = re.compile(r"[\s\-_./:()]+")

FIELDS: dict[str, tuple[str, ...]] = {kind: tuple(fields) for kind, fields in _WORDS["columns"].items()}
"""Every kind that can be imported, and its fields."""


def folded(text: str) -> str:
    """A heading or a word as it is compared: `Close Date`, `close_date` and `CLOSE-DATE` are equal."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def headings(kind: str) -> dict[str, str]:
    """Every heading of a kind, folded, and the field that it means."""
    return {
        folded(word): field for field, words in _WORDS["columns"][kind].items() for word in (field, *words)
    }


@cache
def meanings(list_name: str) -> dict[str, str]:
    """The words of a closed list (outcome, role, activity, task, lead, change, currency) by what they say."""
    return {folded(word): meaning for meaning, words in _WORDS["cells"][list_name].items() for word in words}


def same_name(name: str) -> str:
    """A name as people are compared: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
