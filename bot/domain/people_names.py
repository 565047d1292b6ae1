"""Whether two names can be one person's: 李娜, Li Na, Na Li, 李娜女士."""

import re
import unicodedata

from bot.domain.pinyin import is_chinese, syllables
from bot.domain.typed import as_typed

_TITLES = re.compile(
    r"(?:先生|女士|小姐|老师|经理|总监|总|博士|教授)$|^(?:mr|mrs|ms|dr|prof)\.?\s+", re.IGNORECASE
)


def spellings(name: str) -> frozenset[str]:
    """The name without title, spaces and marks, in Latin letters: in the order written and turned round."""
    folded = unicodedata.normalize("NFKC", as_typed(name)).strip()
    bare = _TITLES.sub("", folded).strip() or folded
    plain = unicodedata.normalize("NFD", bare.casefold())
    words = re.findall(r"[^\W_]+", "".join(mark for mark in plain if not unicodedata.combining(mark)))
    said = ["".join(syllables(word)) if is_chinese(word) else word for word in words]
    return frozenset(filter(None, ("".join(said), "".join(reversed(said)))))


def is_same_person(first: str, second: str) -> bool:
    """True where both can be spellings of one name; two Chinese names are one only where written alike."""
    if is_chinese(first) and is_chinese(second):
        return _written(first) == _written(second)
    return bool(spellings(first) & spellings(second))


def _written(name: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", as_typed(name)).casefold().split())
    return _TITLES.sub("", folded) or folded
