"""Names of companies taken apart: brand, places, trades and branch, in one spelling for both languages."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.company_words import (
    ALSO,
    BRANCH,
    COUNTRIES,
    FORMS,
    LATIN_BRANCH,
    LATIN_FORMS,
    LATIN_PLACES,
    LATIN_TRADES,
    NATIONS,
    PLACES,
    TRADES,
    TWO_WORDS,
)
from bot.domain.pinyin import is_chinese, syllables
from bot.domain.typed import as_typed

_LATIN = re.compile(r"[a-z0-9&'.]+")


@dataclass(frozen=True)
class CompanyName:
    """A company's name taken apart. Two of them may be one company where `likeness` says so."""

    brand: str
    """What is left of the name without the other parts, in Latin letters; well-known ones in one spelling."""
    written: str
    """The brand in the characters that it is written in."""
    places: frozenset[str]
    nations: frozenset[str]
    trades: frozenset[str]
    branch: frozenset[str]
    """What says that it is a part of a company: its kind, with the places in the name where there is one."""
    digits: str
    words: tuple[str, ...]
    """The Latin words in order."""
    is_known: bool
    """It is one of the companies whose names in both languages are known."""

    @property
    def is_chinese(self) -> bool:
        """The brand is written in Chinese characters."""
        return is_chinese(self.written)


def _spelt(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", as_typed(text)).casefold()
    bare = "".join(mark for mark in unicodedata.normalize("NFD", folded) if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", bare)


_CANON = {
    re.sub(r"[^\w&]", "", _spelt(name)): re.sub(r"\W", "", names[1] if len(names) > 1 else names[0])
    for names in ALSO
    for name in names
}
WELL_KNOWN = frozenset(_CANON.values())
"""The brands of those companies whose names in both languages are known."""
_KNOWN_CHINESE = sorted((name for names in ALSO for name in names if is_chinese(name)), key=len, reverse=True)
_KNOWN_BEGINNINGS = frozenset(name[0] for name in _KNOWN_CHINESE)
_CHINESE_WORDS = sorted({*PLACES, *COUNTRIES, *TRADES}, key=len, reverse=True)
_CHINESE_WORD = re.compile("|".join(map(re.escape, _CHINESE_WORDS)))


@lru_cache(maxsize=50_000)
def take_apart(name: str) -> CompanyName:
    """Take a company's name apart."""
    text = _spelt(name)
    parts = _Parts()
    if is_chinese(text):
        text = _take_chinese(text, parts)
    _take_latin(text, parts)
    written = "".join(parts.brand)
    said = "".join(syllables(written)) if is_chinese(written) else re.sub(r"[^a-z0-9&]", "", written)
    known = _CANON.get(re.sub(r"[^\w&]", "", written)) or _CANON.get(said)
    branch = frozenset(parts.branch | parts.places) if parts.branch else frozenset()
    return CompanyName(
        known or said, re.sub(r"[^\w&]", "", written), frozenset(parts.places), frozenset(parts.nations),
        frozenset(parts.trades), branch, "".join(re.findall(r"\d+", text)), tuple(parts.words),
        known is not None,
    )  # fmt: skip


class _Parts:
    def __init__(self) -> None:
        self.brand: list[str] = []
        self.places: set[str] = set()
        self.nations: set[str] = set()
        self.trades: set[str] = set()
        self.branch: set[str] = set()
        self.words: list[str] = []

    def place(self, place: str) -> None:
        (self.nations if place in NATIONS else self.places).add(place)


def _take_chinese(text: str, parts: _Parts) -> str:
    """Take the Chinese words out; what is left is Latin."""
    for known in () if _KNOWN_BEGINNINGS.isdisjoint(text) else _KNOWN_CHINESE:
        if known in text:
            text = text.replace(known, " ", 1)
            parts.brand.append(known)
            break
    parts.branch.update(BRANCH.findall(text))
    text = BRANCH.sub(" ", text)
    text = FORMS.sub(" ", text)

    def taken(found: re.Match[str]) -> str:
        word = found[0]
        if word in PLACES or word in COUNTRIES:
            parts.place(PLACES.get(word) or COUNTRIES[word])
        else:
            parts.trades.update(TRADES[word].split())
        return "\x00" if word in PLACES else " "

    text = _CHINESE_WORD.sub(taken, text)
    text = re.sub("\x00[省市县区]?", " ", text).replace("\x00", " ")
    for run in re.findall(r"[\u3400-\u9fff]+", text):
        parts.brand.append(run)
    return re.sub(r"[\u3400-\u9fff]+", " ", text)


def _take_latin(text: str, parts: _Parts) -> None:
    if not (found := _LATIN.findall(text.replace("-", " "))):
        return
    words = [word.strip(".'") for word in found]
    words = [re.sub(r"'s$", "s", word).replace(".", "") for word in words if word.strip(".'")]
    parts.words = [word for word in words if word not in LATIN_FORMS]
    whole = "".join(word for word in words if word not in ("co", "ltd", "inc", "corp", "limited", "the"))
    if not parts.brand and (whole in _CANON or "".join(parts.words) in _CANON):
        parts.brand.append(_CANON.get(whole) or _CANON["".join(parts.words)])
        return
    line = " ".join(words)
    for pair, one in TWO_WORDS.items() if " " in line else ():
        if pair in line:  # most names have none, and asking costs less than looking for its edges
            line = re.sub(rf"\b{pair}\b", one, line)
    for word in line.split():
        if word in LATIN_PLACES:
            parts.place(LATIN_PLACES[word])
        elif word in LATIN_TRADES:
            parts.trades.update(LATIN_TRADES[word].split())
        elif word in LATIN_BRANCH:
            parts.branch.add("branch")
        elif word not in LATIN_FORMS and word != "&":
            parts.brand.append(word)
