"""Finding fields inside a line: the longest words at each place that can be what a field wants, the rest left
over."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.language.amounts import amounts_of, minus
from bot.language.grammar import Reader, Unreadable
from bot.language.lattice import Lattice
from bot.language.refusals import AmountNotUnderstood, NotUnderstood
from bot.language.rules import GRAMMAR
from bot.language.rules.money import Sum
from bot.language.spans import Clock, Context, Meaning, PartOfDay
from bot.language.tables import TABLES
from bot.language.text import Text
from bot.language.values import Language, Names, When
from bot.language.whens import refused, settle

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDISH = re.compile(r"[a-z0-9']")
_QUOTED = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》")
_MENTION = re.compile(r"<@([a-z0-9]+)(?:\|[^<>]*)?>|@[^\s,，:：;；<>@]+")
_MINUS = re.compile(r"(?:-|负|minus |negative )(?=[\d$€£¥₹一二三四五六七八九十百两])")
_BRACKETED = re.compile(r"\(([^()]{1,30})\)")
# Figures of money that are no number: 12..5k, 1,2,3k, $12,00,0, 5kk, 12k5, $-5k.
_SCALE = r"(?:[kw](?![a-z\d])|[万亿千百]|(?:m|mm|bn|b)(?![a-z\d]))"
_BAD_DIGITS = (
    r"\d+(?:[.,']\d+)*[.,']{2,}[\d.,']*\d|\d+(?:\.\d+){2,}|\d{1,3}(?:,\d{1,2})+,\d+"
    r"|\d+(?:,\d{1,3})*(?:,\d{1,2}){2,}"
)
_MALFORMED = re.compile(
    rf"[$€£¥₹] ?(?:{_BAD_DIGITS})(?![\d.,])|(?:{_BAD_DIGITS}) ?{_SCALE}"
    r"|\d+(?:\.\d+)?(?:kk|ww|[kw]\d{1,3})(?![a-z\d])|[$€£¥₹] ?-\d[\d.,]*[kmbw万亿千百]*"
)
_BREAK = re.compile(r"[,，;；。!！?？\n]|\.(?= |$)")


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
class Scan:
    """One line being read: its text, what is taken already, and how its words are asked."""

    text: Text
    now: datetime
    context: Context
    language: Language | None
    currency: str | None
    names: Names | None
    start: int = 0
    taken: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded = self.text.folded
        self.reader = Reader(GRAMMAR, Lattice(self.folded), self.context, steps=6_000)

    # What may begin at a place.

    def places(self) -> Iterable[int]:
        """Every place where a word can begin that nobody has taken yet."""
        folded = self.folded
        place = self.start
        while place < len(folded):
            hit = next((end for start, end in self.taken if start <= place < end), None)
            if hit is not None:
                place = hit
                continue
            char = folded[place]
            before = folded[place - 1] if place else " "
            inside = (_WORDISH.match(char) and _WORDISH.match(before)) or char in " ,，、;；"
            # "d5" begins no number, but 华星12万 does.
            if not inside or (char.isdigit() and not (before.isdigit() or before.isascii())):
                yield place
            place += 1

    def begins_group(self, place: int) -> bool:
        """Whether nothing but a space or a mark stands before the place."""
        return place <= self.start or not (
            _HAN.match(self.folded[place - 1]) or _WORDISH.match(self.folded[place - 1])
        )

    def ends_group(self, end: int) -> bool:
        """Whether nothing but a space or a mark follows."""
        following = self.folded[end : end + 1]
        return not following or not (_HAN.match(following) or _WORDISH.match(following))

    def free(self, start: int, end: int) -> bool:
        """Whether the stretch touches nothing that is taken."""
        return all(end <= taken_start or start >= taken_end for taken_start, taken_end in self.taken)

    def take(self, piece: Piece) -> None:
        self.taken.append((piece.start, piece.end))

    # Recognisers: each gives the longest piece at a place, or None.

    def read(self, phrase: str, place: int) -> list[tuple[Any, int]]:
        """The longest readings of a phrase at a place, with their common end."""
        if self.folded[place : place + 1] in _fillers() and not self.begins_group(place):
            return []  # the 约 of 续约 is no "about"
        try:
            found = self.reader.read(phrase, place)
        except (Unreadable, RecursionError):
            return []
        if not found:
            return []
        longest = max(end for _, end in found)
        return [(value, end) for value, end in found if end == longest]

    def when(self, place: int) -> Piece | None:
        """A day, moment or period that is surely one: not a lone 二 or "may" or "2nd" in a sentence.

        One that does not exist, such as 31 Feb or 25:00, is a piece without readings: February is no answer.
        """
        found = self.read("line_when", place)
        end = found[0][1] if found else place
        if lacking := self._lacking(place, end):
            return lacking
        return self._settled(place, end, [value for value, _ in found])

    def _settled(self, place: int, end: int, meanings: list[Meaning]) -> Piece | None:
        """The piece of what surely says when."""
        if not meanings or not self._is_surely_when(place, end, meanings):
            return None
        typed = self.text.words(place, end)
        try:
            whens = settle(meanings, self.context, self.now, typed)
        except NotUnderstood as refusal:
            return Piece(place, end, (), refusal)
        return Piece(place, end, whens) if whens else None

    def _lacking(self, place: int, past: int) -> Piece | None:
        """A day or time that does not exist, where its words go further than those that were read."""
        if place and _WORDISH.match(self.folded[place - 1]) and _WORDISH.match(self.folded[place]):
            return None
        found = [
            (value, end)
            for value, end in self.read("lacking_when", place)
            if end > past and not (value.loose and not self._ends_clause(end))
        ]
        if not found or self.folded[found[0][1] : found[0][1] + 1].isdigit():
            return None
        value, end = found[0]
        return Piece(place, end, (), refused(self.text.words(place, end), value, self.language))

    def _ends_clause(self, end: int) -> bool:
        """Whether no word follows that a number could count."""
        return not self.folded[end:].strip() or bool(_BREAK.match(self.folded, end))

    def period(self, place: int) -> Piece | None:
        """Any expression of time, ranges included."""
        found = self.read("sure", place) or self.read("when", place)
        end = found[0][1] if found else place
        if lacking := self._lacking(place, end):
            return lacking
        return self._settled(place, end, [value for value, _ in found])

    def _is_surely_when(self, place: int, end: int, values: list[Meaning]) -> bool:
        words = self.folded[place:end].strip()
        typed = self.text.words(place, end)
        if len(words) < 2 or typed in TABLES["en"]["capitalised"]["alone"] or words in _only_in_dates():
            return False
        if re.fullmatch(r"(?:the )?\d{1,2}(?:st|nd|rd|th)?|[a-z]+", words) and self._is_bare_ordinal(words):
            return False
        following = self.folded[end : end + 1]
        if any(isinstance(value, PartOfDay) and value.span is None for value in values):
            return self.begins_group(place) and self.ends_group(end)
        if any(isinstance(value, Clock) for value in values):
            lone = any(isinstance(value, Clock) and value.open for value in values)
            if re.fullmatch(r"[a-z -]+", words) and not re.search(
                r"noon|midnight|midday|o'? ?clock|past|to|[ap]m", words
            ):
                return False
            return self.begins_group(place) and not (lone and words.startswith("at ") and following == " ")
        return True

    @staticmethod
    def _is_bare_ordinal(words: str) -> bool:
        return bool(re.fullmatch(r"\d{1,2}(st|nd|rd|th)", words)) or words in _ordinals()

    def amount(self, place: int, *, bare_from: int | None = None) -> Piece | None:
        """Money with a currency, a multiplier or separators; a bare number only from `bare_from` up.

        Below zero with a minus before it; digits that nobody can read as one number, such as 12..5k, are a
        piece without readings.
        """
        if self._inside_number(place):
            return None
        if sign := _MINUS.match(self.folded, place):
            inner = self.amount(sign.end(), bare_from=bare_from) if self._is_minus(place, sign) else None
            if inner is None:
                return None
            return replace(inner, start=place, readings=tuple(minus(each) for each in inner.readings))
        if brackets := _BRACKETED.match(self.folded, place):
            inner = self.amount(brackets.start(1), bare_from=bare_from)
            if inner is None or inner.end != brackets.end(1):
                return None
            both = tuple(each for amount in inner.readings for each in (amount, minus(amount)))
            return replace(inner, start=place, end=brackets.end(), readings=both)
        if malformed := _MALFORMED.match(self.folded, place):
            typed = self.text.words(place, malformed.end())
            return Piece(place, malformed.end(), (), AmountNotUnderstood(typed=typed, example="12.5k"))
        found = self.read("amount", place)
        if not found:
            return None
        end = found[0][1]
        words = self.folded[place:end].strip()
        sums: list[Sum] = [value for value, _ in found]
        clear = any(each.sign or each.per for each in sums) or bool(
            re.search(r"[kmbw万亿千百]|thousand|million|billion|grand|\d[,.]\d", words)
        )
        if not clear and (bare_from is None or not words.isdigit() or int(words) < bare_from):
            return None
        if not self.ends_group(end) and self.folded[end - 1].isascii() and not _HAN.match(self.folded[end]):
            return None
        if words[0] not in "0123456789" and not any(each.sign for each in sums) and len(words) < 2:
            return None
        try:
            amounts = amounts_of(sums, self.text.words(place, end), self.language, self.currency)
        except NotUnderstood:
            return None
        return Piece(place, end, tuple(amounts)) if amounts else None

    def _inside_number(self, place: int) -> bool:
        """Whether the place is in the middle of digits with separators."""
        before = self.folded[max(0, place - 2) : place]
        return (
            len(before) == 2 and before[1] in ".,'" and before[0].isdigit() and self.folded[place].isdigit()
        )

    def _is_minus(self, place: int, sign: re.Match[str]) -> bool:
        """Whether a dash belongs to the figure after it: in "Nova - 5k" and 华星-5万 it only divides."""
        return sign[0] != "-" or place <= self.start or self.folded[place - 1] in " ,，:：;；("

    def amount_range(self, place: int) -> Piece | None:
        """From one amount to another: both are offered."""
        found = self.read("amount_range", place)
        if not found or not (self.folded[place].isdigit() or self.begins_group(place)):
            return None
        end = found[0][1]
        if not re.search(
            r"[kmbw万亿千百$€£¥元]|thousand|million|billion|\d[,.]\d{3}", self.folded[place:end]
        ):
            return None
        ends = [each for value, _ in found[:1] for each in (value.low, value.high)]
        try:
            amounts = amounts_of(ends, self.text.words(place, end), self.language, self.currency)
        except NotUnderstood:
            return None
        return Piece(place, end, tuple(amounts)) if len(amounts) == 2 else None

    def percent(self, place: int) -> Piece | None:
        found = self.read("percentage", place)
        return Piece(place, found[0][1], (found[0][0],)) if found else None

    def discount(self, place: int) -> Piece | None:
        found = self.read("price_cut", place)
        return Piece(place, found[0][1], (found[0][0],)) if found else None

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
        if not self.begins_group(place) and not _HAN.match(self.folded[place : place + 1]):
            return None
        found = _phrases(section).match(self.folded, place)
        if not found:
            return None
        end = found.end()
        if (
            found[0][-1].isascii()
            and found[0][-1].isalnum()
            and _WORDISH.match(self.folded[end : end + 1] or " ")
        ):
            return None
        return _keys(section)[found[0]], end

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
        while start < end and self.folded[start] in " ,，、;；:：。.-—":
            start += 1
        while start < end and self.folded[end - 1] in " ,，、;；:：。—":
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


@cache
def _fillers() -> frozenset[str]:
    return frozenset(
        word for table in TABLES.values() for word in table["fillers"]["words"] if len(word) == 1
    )


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(TABLES["en"]["ordinals"][key][0] for key in TABLES["en"]["ordinals"])


@cache
def _only_in_dates() -> frozenset[str]:
    """Words that are part of a date but never one by themselves in a sentence."""
    return frozenset(
        ["now", "the day", "day", "当天", "当日", "第二天", "next day", "last day", "马上", "现在", "asap"]
    )


def plain_when(when: When) -> Any:
    """A moment as datetime, else the day; for a period the day on which it ends."""
    if when.is_moment:
        return when.start
    if when.end is None:
        return when.day
    return when.end.date() - timedelta(days=1)
