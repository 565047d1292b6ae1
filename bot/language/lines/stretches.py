"""One line while it is being read: what stands where, what is taken, what is left."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from bot.language.grammar import Reader
from bot.language.lattice import Lattice
from bot.language.refusals import NotUnderstood
from bot.language.rules import GRAMMAR
from bot.language.spans import Context
from bot.language.tables import TABLES
from bot.language.text import Text
from bot.language.values import Language, Names

HAN = re.compile(r"[\u3400-\u9fff]")
WORDISH = re.compile(r"[a-z0-9']")
_QUOTED = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》")
_MENTION = re.compile(r"<@([a-z0-9]+)(?:\|[^<>]*)?>|@[^\s,，:：;；<>@]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of the folded text that was read: from `start` to `end`, with every reading of it.

    Without readings it was understood to be a date or an amount, but `why` says what is wrong with it.
    """

    start: int
    end: int
    readings: tuple[Any, ...]
    why: NotUnderstood | None = None


@dataclass
class Stretches:
    """One line being read: its text, what is taken already, and how its words are asked."""

    text: Text
    now: datetime
    context: Context
    language: Language | None
    currency: str | None
    names: Names | None
    start: int = 0
    taken: list[tuple[int, int]] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded = self.text.folded
        self.seen: dict[tuple[int, int], Piece | None] = {}
        self.reader = Reader(GRAMMAR, Lattice(self.folded), self.context, steps=6_000)

    # What may begin at a place.

    def places(self) -> Iterable[int]:
        """Every place where a word can begin that nobody has taken yet."""
        folded = self.folded
        place = self.start
        while place < len(folded):
            hit = next((end for start, end in self.taken + self.kept if start <= place < end), None)
            if hit is not None:
                place = hit
                continue
            char = folded[place]
            before = folded[place - 1] if place else " "
            inside = (WORDISH.match(char) and WORDISH.match(before)) or char in " ,，、;；"
            # "d5" begins no number, but 华星12万 does.
            if not inside or (char.isdigit() and not (before.isdigit() or before.isascii())):
                yield place
            place += 1

    def begins_group(self, place: int) -> bool:
        """Whether nothing but a space or a mark stands before the place."""
        return place <= self.start or not (
            HAN.match(self.folded[place - 1]) or WORDISH.match(self.folded[place - 1])
        )

    def ends_group(self, end: int) -> bool:
        """Whether nothing but a space or a mark follows."""
        following = self.folded[end : end + 1]
        return not following or not (HAN.match(following) or WORDISH.match(following))

    def free(self, start: int, end: int) -> bool:
        """Whether the stretch touches nothing that is taken."""
        return all(
            end <= taken_start or start >= taken_end for taken_start, taken_end in self.taken + self.kept
        )

    def take(self, piece: Piece) -> None:
        self.taken.append((piece.start, piece.end))

    def keep(self, start: int, end: int) -> None:
        """Words that are no field's and stay in the note, such as the 50 seats of a deal."""
        self.kept.append((start, end))

    def mention(self, place: int) -> Piece | None:
        found = _MENTION.match(self.folded, place)
        if not found or not self.begins_group(place):
            return None
        who = found[1].upper() if found[1] else self.text.words(found.start(), found.end())
        return Piece(place, found.end(), (who,))

    def first(self, recognise: Callable[[int], Piece | None]) -> Piece | None:
        """The first piece that a recogniser finds, taken."""
        for place in self.places():
            piece = recognise(place)
            if piece and self.free(piece.start, piece.end):
                self.take(piece)
                return piece
        return None

    def phrase(self, section: str, place: int) -> tuple[str, int] | None:
        """The word of a table's section that stands at a place, whole: (its key, its end)."""
        if not self.begins_group(place) and not HAN.match(self.folded[place : place + 1]):
            return None
        found = _phrases(section).match(self.folded, place)
        if not found:
            return None
        end = found.end()
        if (
            found[0][-1].isascii()
            and found[0][-1].isalnum()
            and WORDISH.match(self.folded[end : end + 1] or " ")
        ):
            return None
        return _keys(section)[found[0]], end

    def leading_quote(self) -> Piece | None:
        """A name in quotation marks with which the line begins, after mentions and kinds at most; taken."""
        for place in self.places():
            piece = self.quoted(place)
            if piece is None:
                continue
            before = re.sub(r"<@[^>]*>|@\S+", "", self.folded[self.start : place]).strip(" :：,，")
            if before and before not in _keys("kinds"):
                return None
            self.take(piece)
            return piece
        return None

    def quoted(self, place: int) -> Piece | None:
        """Words in quotation marks, as typed."""
        found = _QUOTED.match(self.folded, place)
        if not found:
            return None
        group = next(index for index in range(1, 6) if found[index] is not None)
        inner = self.text.words(found.start(group), found.end(group))
        return Piece(place, found.end(), (inner,)) if inner else None

    # What is left.

    def left(self, start: int | None = None, end: int | None = None) -> list[tuple[int, int]]:
        """The stretches that nobody has taken, in order, without marks and spaces at their edges."""
        begin = self.start if start is None else start
        limit = len(self.folded) if end is None else end
        stretches: list[tuple[int, int]] = []
        for taken_start, taken_end in [*sorted(self.taken), (limit, limit)]:
            if taken_start > begin:
                stretches.append((begin, min(taken_start, limit)))
            begin = max(begin, taken_end)
            if begin >= limit:
                break
        return [trimmed for each in stretches if (trimmed := self.trim(*each))]

    def trim(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch without spaces and marks at its edges; None where nothing is left."""
        while start < end and self.folded[start] in " ,，、;；:：。.-—|/+·>→)）":
            start += 1
        while start < end and (
            self.folded[end - 1] in " ,，、;；:：。—|/+·→("
            or (self.folded[end - 1] in "->" and self.folded[end - 2 : end - 1] in (" ", "-", ""))
        ):
            end -= 1
        return (start, end) if start < end else None

    def words(self, stretches: Iterable[tuple[int, int]]) -> str:
        """The words of some stretches as typed, in order."""
        return " ".join(self.text.words(start, end) for start, end in stretches)


@cache
def _keys(section: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    for table in TABLES.values():
        for key, words in table.get(section, {}).items():
            for word in words:
                keys.setdefault(word, key)
    return keys


@cache
def _phrases(section: str) -> re.Pattern[str]:
    words = sorted(_keys(section), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words))
