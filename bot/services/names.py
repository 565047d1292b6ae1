"""The names that the bot knows, for reading one-line commands."""

from collections.abc import Sequence

from bot.domain.names import name_key
from bot.i18n import translate
from bot.language import NameMatch
from bot.store import Session
from bot.store.customers import search_customers
from bot.store.people import find_people_named
from bot.store.pipelines import list_stages
from bot.store.products import search_products


class KnownNames:
    """The workspace's own names, as bot.language asks for them (bot.language.Names)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def match(self, kind: str, text: str) -> Sequence[NameMatch]:
        """Records of the kind that the text can name: the very name scores 100, one that holds it less."""
        if not text.strip():
            return []
        if kind == "stage":
            return _ranked(
                text, [(stage.id, name) for stage in list_stages(self._session)
                       for name in dict.fromkeys((stage.name, translate("zh-CN", stage.name)))],
            )  # fmt: skip
        if kind == "customer":
            return _ranked(text, [(each.id, each.name) for each in search_customers(self._session, text)])
        if kind == "product":
            return _ranked(text, [(each.id, each.name) for each in search_products(self._session, text)])
        if kind == "person":
            return _ranked(text, [(each.id, each.name) for each in find_people_named(self._session, text)])
        return []


def _ranked(text: str, named: Sequence[tuple[int, str]]) -> list[NameMatch]:
    key = name_key(text)
    matches = []
    for identity, name in named:
        theirs = name_key(name)
        if theirs == key:
            matches.append(NameMatch(identity, name, 100))
        elif theirs.startswith(key):
            matches.append(NameMatch(identity, name, 90))
        elif key in theirs:
            matches.append(NameMatch(identity, name, 70))
    return sorted(matches, key=lambda match: -match.score)
