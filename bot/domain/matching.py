"""Whether two names can be one company's: however it is spelled, in English or Chinese.

Branches, subsidiaries, firms of one brand in two cities or two trades are companies of their own.
"""

from rapidfuzz.distance import OSA, Indel

from bot.domain.companies import CompanyName, take_apart
from bot.domain.company_words import GENERIC
from bot.domain.names import name_key
from bot.domain.search import SHORTEST_ACRONYM, SHORTEST_SLIP

CLOSE = 75
"""From this likeness on two names are shown as probably one company's."""


def likeness(first: str, second: str) -> int:
    """0 to 100: 100 is one name but for spelling and legal form, from CLOSE on probably one company."""
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
