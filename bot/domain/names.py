"""Names of organisations, people and products as they are compared."""

import re
import unicodedata
from functools import lru_cache

from cleanco.clean import basename, normalized, prepare_default_terms, strip_punct, strip_tail

from bot.domain.typed import as_typed

_CHINESE_SUFFIXES = re.compile(r"(集团)?(股份)?(有限)?(责任)?(公司|集团|工厂|企业)$")
_SEPARATORS = re.compile(r"[\s\-_.,，。·'’\"“”()（）/&+]+")
_LAST_WORDS = frozenset(words[-1] for _count, words in prepare_default_terms())


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """The name folded for comparing: width, case, spaces, punctuation and company suffixes do not count.

    `Acme Co., Ltd.` and `ACME` are equal; `GTX Pro` and `GTXPro` too;
    `北京华星科技有限公司` is `北京华星科技`.
    """
    folded = unicodedata.normalize("NFKC", as_typed(name)).strip()
    stripped = _without_latin_suffix(_without_latin_suffix(folded)) or folded
    stripped = _CHINESE_SUFFIXES.sub("", stripped) or stripped
    return _SEPARATORS.sub("", stripped.casefold()) or folded.casefold()


def _without_latin_suffix(name: str) -> str:
    """The same as cleanco's basename, which tries its 321 suffixes one by one where none can fit, too."""
    bare = " ".join(strip_tail(name).split())
    words = normalized(bare).split()
    return str(basename(name) if words and strip_punct(words[-1]) in _LAST_WORDS else strip_tail(bare))
