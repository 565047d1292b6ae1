"""Whether two names can be one company's: however it is spelled, in English or Chinese.

Branches, subsidiaries, firms of one brand in two cities or two trades are companies of their own.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel, LCSseq

from bot.domain.companies import WELL_KNOWN, CompanyName, take_apart
from bot.domain.company_words import GENERIC
from bot.domain.names import name_key
from bot.domain.search import SHORTEST_ACRONYM, SHORTEST_SLIP

CLOSE = 75
"""From this likeness on two names are shown as probably one company's."""


_LATIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def likeness(first: str, second: str) -> int:
    """0 to 100: 100 is one name but for spelling and legal form, from CLOSE on probably one company."""
    if first == second:
        return 100
    return 0 if _wanted(first).leaves_out(second) else likeness_in_full(first, second)


def likeness_in_full(first: str, second: str) -> int:
    """The same, with both names taken apart whatever they are."""
    if first == second or name_key(first) == name_key(second):
        return 100
    one, other = take_apart(first), take_apart(second)
    if one.branch != other.branch or one.digits != other.digits or one.nations != other.nations:
        return 0
    if one.places and other.places and not one.places & other.places:
        return 0
    brand = _brand_likeness(one, other)
    if not brand:
        return 0
    differing = one.trades ^ other.trades
    if differing - GENERIC and not _is_acronym(one, other):
        return brand // 2
    return brand - 3 * len(differing) - 5 * (bool(one.places) != bool(other.places))


def _brand_likeness(one: CompanyName, other: CompanyName) -> int:
    if not one.brand or not other.brand:
        parts = (one.brand, one.trades, one.places) == (other.brand, other.trades, other.places)
        return 90 if parts else 0
    if one.brand == other.brand:
        # What only sounds alike is not the same: 华星 and 华兴.
        alike = one.is_chinese != other.is_chinese or one.written == other.written or one.is_known
        return 97 if alike else 0
    if one.is_chinese and other.is_chinese:
        return 0
    shorter = min(len(one.brand), len(other.brand))
    if shorter >= SHORTEST_SLIP and _is_slip(one.brand, other.brand):
        return 88
    return 85 if _is_acronym(one, other) else 0


def _is_slip(one: str, other: str) -> bool:
    """One letter left out or doubled, or two changed over; another letter in its place is another name."""
    if Indel.distance(one, other) == 1:
        return True
    return sorted(one) == sorted(other) and OSA.distance(one, other) == 1


def _is_acronym(one: CompanyName, other: CompanyName) -> bool:
    for short, long in ((one, other), (other, one)):
        initials = "".join(word[0] for word in long.words)
        if len(initials) >= SHORTEST_ACRONYM and short.words == (initials,):
            return True
    return False


class _Wanted:
    """A name that many others are compared with: most of them are left out before they are taken apart.

    Those as the search index folds them are: words of small letters and digits, or Chinese alone. Unless it
    is a well-known one's, the brand of such a name is made of its own letters in their order.
    """

    def __init__(self, name: str) -> None:
        self.key, self.apart = name_key(name), take_apart(name)
        brand, words = self.apart.brand, self.apart.words
        initials = "".join(word[0] for word in words)
        self._initials = initials if len(initials) >= SHORTEST_ACRONYM else None
        is_acronym = len(words) == 1 and len(words[0]) >= SHORTEST_ACRONYM
        self._leaves_out = bool(brand) and not is_near_well_known(brand)
        self._leaves_out_latin = self._leaves_out and not is_acronym
        self._written = frozenset(self.apart.written) if self.apart.is_chinese else None
        self._enough = max(1, len(brand) - 1)

    def leaves_out(self, other: str) -> bool:
        """True where nothing in the other name can be this one's brand; its likeness is nought then."""
        if not self._leaves_out or other.startswith(self.key):
            return False
        if not other.isascii():
            return (
                self._written is not None
                and not self._written.issubset(other)
                and _CHINESE.fullmatch(other) is not None
            )
        if not self._leaves_out_latin or (self._initials and self._initials in other):
            return False
        tight = other.replace(" ", "")
        return (
            LCSseq.similarity(self.apart.brand, tight, score_cutoff=self._enough) < self._enough
            and not tight.startswith(self.key)
            and _LATIN.fullmatch(other) is not None
        )


_wanted = lru_cache(maxsize=2000)(_Wanted)


def is_near_well_known(brand: str) -> bool:
    """True of the brand of a well-known company, and of what may be a slip of it."""
    return brand in WELL_KNOWN or any(
        _is_slip(brand, known) for known in WELL_KNOWN if len(known) >= SHORTEST_SLIP
    )
