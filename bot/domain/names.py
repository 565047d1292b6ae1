"""Names of organisations, people and products as they are compared."""

import re
import unicodedata
from functools import lru_cache

from cleanco.clean import normalized, prepare_default_terms, strip_punct, strip_tail

from bot.domain.typed import as_typed

_CHINESE_SUFFIXES = re.compile(r"(集团)?(股份)?(有限)?(责任)?(公司|集团|工厂|企业)$")
_SEPARATORS = re.compile(r"[\s\-_.,，。·'’\"“”()（）/&+]+")

_ENDING: dict[str, list[int]] = {}
_TERMS = prepare_default_terms()
for _place, (_count, _words) in enumerate(_TERMS):
    _ENDING.setdefault(_words[-1], []).append(_place)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """The name folded for comparing: width, case, spaces, punctuation and company suffixes do not count.

    `Acme Co., Ltd.` and `ACME` are equal; `GTX Pro` and `GTXPro` too;
    `北京华星科技有限公司` is `北京华星科技`.
    """
    folded = unicodedata.normalize("NFKC", as_typed(name)).strip()
    stripped = _without_latin_suffix(folded) or folded
    if not stripped.isascii():
        stripped = _CHINESE_SUFFIXES.sub("", stripped) or stripped
    return _SEPARATORS.sub("", stripped.casefold()) or folded.casefold()


def _without_latin_suffix(name: str) -> str:
    """The same as cleanco's basename of its basename, which tries all of its 321 suffixes; here only those
    that can fit.
    """
    for _twice in range(2):
        words = strip_tail(name).split()
        plain = [strip_punct(word) for word in _plain(" ".join(words)).split()]
        if not plain or plain[-1] not in _ENDING:
            return str(strip_tail(" ".join(words)))
        for place in sorted({place for word in plain for place in _ENDING.get(word, ())}):
            count, term = _TERMS[place]
            if plain[-count:] == term:
                del plain[-count:], words[-count:]
        name = str(strip_tail(" ".join(words)))
    return name


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else str(normalized(text))
