"""The names that the bot knows, for reading one-line commands; how close a typed name is to a known one."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.domain.names import name_key
from bot.i18n import translate
from bot.language import NameMatch, sounds, stage_meant
from bot.store import Session
from bot.store.contacts import search_contacts
from bot.store.customers import list_customer_names, list_names_near
from bot.store.people import find_people_named
from bot.store.pipelines import list_every_stage
from bot.store.products import search_products
from bot.store.workspaces import workspace_settings

NEAR = 70
"""From this closeness on a known name is offered."""

_SHORTEST_SLIP = 4
"""In shorter names one other letter makes another name, not a slip of the pen."""


_MOST_HEARD = 5000
"""Among more customers than that no name is sought by its sound."""

_MOST_OFFERED = 4

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{2,20}")


class _Named(Protocol):
    id: int
    name: str


_VERY = 100
"""How near the very name is."""


class KnownNames:
    """The workspace's own names, as bot.language asks for them (bot.language.Names)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._heard: list[tuple[int, str, str, str]] | None = None
        self._stages: list[tuple[int, str]] | None = None
        self._matched: dict[tuple[str, str], Sequence[NameMatch]] = {}

    def match(self, kind: str, text: str) -> Sequence[NameMatch]:
        """Records of the kind that the text can name: the very name scores 100; what scores less is asked."""
        if not text.strip():
            return []
        if (kind, text) not in self._matched:  # a line is tried in several ways, with the same words
            self._matched[kind, text] = self._match(kind, text)
        return self._matched[kind, text]

    def _match(self, kind: str, text: str) -> Sequence[NameMatch]:
        match kind:
            case "stage":
                near = _closest(text, self._stage_names())
                sure = near and near[0].score == _VERY
                # What salespeople call a stage (谈判) is one, whatever longer name it stands in.
                return near if sure or stage_meant(text) is None else []
            case "customer":
                return _closest(text, list_names_near(self._session, text)) or self._by_sound(text)
            case "contact":
                return _closest(text, _named(search_contacts(self._session, text)))
            case "product":
                return _closest(text, _named(search_products(self._session, text)))
            case "sales_channel":
                added = workspace_settings(self._session).sales_channels
                return [NameMatch(0, each) for each in added if name_key(each) == name_key(text)]
            case "person":
                return _closest(text, _named(find_people_named(self._session, text)))
        return []

    def _stage_names(self) -> list[tuple[int, str]]:
        """Every stage by its names in both languages, one of each name: which pipeline's, its sale says."""
        if self._stages is None:
            named: dict[str, tuple[int, str]] = {}
            for stage in list_every_stage(self._session):
                for name in (stage.name, translate("zh-CN", stage.name)):
                    named.setdefault(name_key(name), (stage.id, name))
            self._stages = list(named.values())
        return self._stages

    def _by_sound(self, text: str) -> list[NameMatch]:
        """Customers with Chinese names that sound so (huaxing, 华兴 for 华星) or have these initials (hx)."""
        key = name_key(text)
        wanted = sounds(key)[0] if _HAN.search(key) else key if _LATIN.fullmatch(key) else ""
        if not wanted:
            return []
        if self._heard is None:
            named = list_customer_names(self._session, _MOST_HEARD)
            self._heard = [(each, name, *sounds(name_key(name))) for each, name in named if _HAN.search(name)]
        chinese = wanted != key
        return [
            NameMatch(identity, name, NEAR)
            for identity, name, sound, initials in self._heard
            if sound == wanted
            or (not chinese and len(wanted) >= 4 and sound.startswith(wanted))
            or (not chinese and len(wanted) <= 5 and initials.startswith(wanted))
        ][:_MOST_OFFERED]


def closeness(typed: str, name: str) -> int:
    """0 to 100: 100 is the very name; 90 begins with what was typed or is its beginning; 70 has it inside."""
    mine, theirs = name_key(typed), name_key(name)
    if mine == theirs:
        return 100
    if theirs.startswith(mine) or (
        len(theirs) > 1 and mine.startswith(theirs) and _ends_a_word(typed, theirs)
    ):
        return 90
    if mine in theirs:
        return 70
    return _slip(mine, theirs)


def _ends_a_word(typed: str, beginning: str) -> bool:
    """Whether the known name at the beginning ends where a word does: Acme in Acme Labs, not in Acmeon."""
    if not beginning.isascii():
        return True
    return any(name_key(" ".join(typed.split()[:count])) == beginning for count in range(1, 7))


def _slip(mine: str, theirs: str) -> int:
    if min(len(mine), len(theirs)) < _SHORTEST_SLIP or mine[0] != theirs[0]:
        return 0
    from rapidfuzz import fuzz  # 20 ms that only a name which nobody has costs

    alike = round(fuzz.ratio(mine, theirs))
    return min(alike, 89) if alike >= 82 else 0


def _named(records: Iterable[_Named]) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in records]


def _closest(text: str, named: Sequence[tuple[int, str]]) -> list[NameMatch]:
    matches = [NameMatch(identity, name, closeness(text, name)) for identity, name in named]
    return sorted(
        (each for each in matches if each.score >= NEAR), key=lambda each: (-each.score, len(each.name))
    )
