"""Which known name is meant: the very name, else near ones by spelling, by sound (pinyin) and by initials."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.language.text import fold
from bot.language.values import NameMatch

_SUFFIX = re.compile(
    r"[ ,.]*(?:(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|pte|pty)\.?)$"
    r"|(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|集团|公司)$"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENOUGH = 82  # of 100: below it, two names look alike by chance
_MOST = 5


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A name without case, width, traditional characters, punctuation and the words for a company."""
    plain = fold(name).folded.strip(" .,")
    while (shorter := _SUFFIX.sub("", plain).strip(" .,")) != plain and shorter:
        plain = shorter
    return re.sub(r"[\s.,'&·-]+", " ", plain).strip()


@lru_cache(maxsize=20_000)
def sounds(name: str) -> tuple[str, str]:
    """The pinyin of a name without tones, and its initials: ("huaxing", "hx"), ("acme robotics", "ar")."""
    plain = plain_name(name)
    if not _HAN.search(plain):
        words = plain.split()
        return plain, "".join(word[0] for word in words) if len(words) > 1 else ""
    from pypinyin import lazy_pinyin  # its dictionary takes 100 ms, and only Chinese names need it

    syllables = lazy_pinyin(plain)
    return "".join(syllables).replace(" ", ""), "".join(
        syllable[0] for syllable in syllables if syllable.strip()
    )


def nearest(typed: str, known: Iterable[tuple[Any, str]]) -> list[NameMatch]:
    """The known (id, name) pairs that `typed` can mean, the best first.

    Score 100 is the same name but for case, width and company words; all that are such come alone. Below 100
    a name begins with what was typed, sounds like it, has its initials or is spelled almost so: worth asking,
    never worth taking.
    """
    wanted = plain_name(typed)
    if not wanted:
        return []
    pairs = list(known)
    exact = [NameMatch(key, name) for key, name in pairs if plain_name(name) == wanted]
    if exact:
        return exact
    scored = [
        NameMatch(key, name, score) for key, name in pairs if (score := _score(wanted, name)) >= _ENOUGH
    ]
    return sorted(scored, key=lambda match: (-match.score, len(match.name), match.name))[:_MOST]


def _score(wanted: str, name: str) -> int:
    from rapidfuzz import fuzz

    plain = plain_name(name)
    if plain.startswith(wanted) and (len(wanted) > 2 or _HAN.match(wanted)):
        return 96
    chinese = bool(_HAN.search(plain))
    if chinese and len(wanted) >= 2:
        sound, initials = sounds(name)
        if wanted.replace(" ", "") == sound or (_HAN.search(wanted) and sounds(wanted)[0] == sound):
            return 94
        if len(wanted) >= 4 and sound.startswith(wanted.replace(" ", "")):
            return 90
        if initials.startswith(wanted):
            return 88
    elif 2 <= len(wanted) <= 5 and wanted == sounds(name)[1]:
        return 88
    if len(wanted) < 3 and not chinese:
        return 0
    return min(95, int(fuzz.ratio(wanted, plain)))


class KnownNames:
    """Names by kind (customer, contact, person, product, stage), as read_line asks for them."""

    def __init__(self, known: Mapping[str, Sequence[tuple[Any, str]]]) -> None:
        self._known = known

    def match(self, kind: str, text: str) -> Sequence[NameMatch]:
        """Records of a kind that `text` can name, the best first."""
        return nearest(text, self._known.get(kind, ()))
