"""The words that salespeople use for the usual stages, whatever a pipeline calls them."""

from bot.language.tables import TABLES
from bot.language.text import fold


def stage_meant(typed: str) -> tuple[str, frozenset[str]] | None:
    """What stage a word stands for (qualification, proposal, negotiation, won, lost), and all its words."""
    word = fold(typed).folded.strip()
    for table in TABLES.values():
        for key, words in table["stages"].items():
            if word == key or word in words:
                return key, frozenset(
                    [key, *(each for table in TABLES.values() for each in table["stages"].get(key, ()))]
                )
    return None
