"""Names of organisations, people and products as they are compared."""

import re
import unicodedata

from cleanco import basename

from bot.domain.typed import as_typed

_CHINESE_SUFFIXES = re.compile(r"(集团)?(股份)?(有限)?(责任)?(公司|集团|工厂|企业)$")
_SEPARATORS = re.compile(r"[\s\-_.,，。·'’\"“”()（）/&+]+")


def name_key(name: str) -> str:
    """The name folded for comparing: width, case, spaces, punctuation and company suffixes do not count.

    `Acme Co., Ltd.` and `ACME` are equal; `GTX Pro` and `GTXPro` too;
    `北京华星科技有限公司` is `北京华星科技`.
    """
    folded = unicodedata.normalize("NFKC", as_typed(name)).strip()
    stripped = basename(basename(folded)) or folded
    stripped = _CHINESE_SUFFIXES.sub("", stripped) or stripped
    return _SEPARATORS.sub("", stripped.casefold()) or folded.casefold()
