"""Finding fields inside a line: the longest words at each place that can be what a field wants, the rest left
over."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from bot.language.amounts import amounts_of, minus
from bot.language.grammar import Unreadable
from bot.language.lines.stretches import HAN, WORDISH, Piece, Stretches
from bot.language.numerals import han_number
from bot.language.refusals import AmountNotUnderstood, DateNotUnderstood, NotUnderstood, RepetitionInLine
from bot.language.rules.money import Sum
from bot.language.spans import Clock, Meaning, PartOfDay
from bot.language.tables import TABLES
from bot.language.values import Amount, When
from bot.language.whens import example, refused, settle

__all__ = ["HAN", "WORDISH", "Piece", "Scan", "plain_when"]

_IN_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
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
# 五六万 and 三五十万 are from one to the other; 十来万, 100多万 and 几十万 are about so much.
_HAN_DIGITS = frozenset("零一二两三四五六七八九十百千万亿")
_BETWEEN = re.compile(
    r"([一二两三四五六七八九])([二三四五六七八九])((?:十|百|千)?[万亿千百])(?![一二三四五六七八九十\d])"
)
_ABOUT = re.compile(
    r"[一二两三四五六七八九][二三四五六七八九](?:十|百|千)?[万亿千百]"
    r"|(?:\d+|[一二两三四五六七八九十百千]+)(?:十|百|千)?[多来几](?:十|百|千)?[万亿千百]|[几数上近][十百千]*[百千万亿]"
)
_CLEAR = re.compile(
    r"(?:\d|\b(?:hundred|thousand|and a half)) ?(?:k|m|mm|mn|mln|mio|b|bn|bln|w)(?![a-z])|[万亿千百]"
    r"|thousand|million|billion|grand|hundred|\d[,.]\d"
)
_IN_CODE = re.compile(r"\d[-/.:]$")
_WON = re.compile(r"(?<! korean) won$")
_BRACKETS = frozenset('<>[]（）【】《》"“”「」()')
_OF_DISCOUNT = frozenset("折%成")
_OR = re.compile(r" or | ?(?:或者|或|、|/) ?(?=[^\d ]|\d+月|\d+号)")
_WEEKDAYS = "一二三四五六日"
_NEXT_WEEKDAY = re.compile(rf"[{_WEEKDAYS}](?![点号月个十百千万套台天年时])")
_NAMED = re.compile(r"[a-z:日号点月]")
_EVERY = re.compile(r"every|each|每|逢|weekly|daily|monthly|quarterly|biweekly|weekdays")
_AFTER = re.compile(r" ?(?:之后|以后|过后|后)(?![天续期面台])")
_AFTER_WORD = re.compile(r"(?<![a-z])after (?:the )?$")
_MONTH_DAY = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:[12]\d|3[01]|0?[1-9])")
_PART_OF_DAY = re.compile(r"上午|下午|中午|早上|晚上|傍晚|凌晨|今晚|明早|明晚|今早")
_BREAK = re.compile(r"[,，;；。!！?？\n]|\.(?= |$)")


class Scan(Stretches):
    """A line with its recognisers: each gives the longest piece at a place, or None."""

    def read(self, phrase: str, place: int) -> list[tuple[Any, int]]:
        """The longest readings of a phrase at a place, with their common end."""
        if self.folded[place : place + 1] in _BRACKETS:
            return []
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
        key = (place, self.start)
        if key not in self.seen:
            self.seen[key] = self._when(place)
        return self.seen[key]

    def _when(self, place: int) -> Piece | None:
        if place >= len(self.folded) or not self.begins_date(place):
            return None
        alone = self.folded[place + 1 : place + 2] == " " and HAN.match(self.folded[place])
        if alone and not self.begins_group(place):
            return None  # the 本 of 买3台笔记本 12月3日前
        found = self.read("line_when", place)
        end = found[0][1] if found else place
        if lacking := self._lacking(place, end):
            return lacking
        if over := self._more_than_a_day(place, end):
            return over
        piece = self._settled(place, end, [value for value, _ in found])
        return self._after(self._or_another(piece)) if piece and piece.readings else piece

    def begins_date(self, place: int) -> bool:
        """Whether the place is not inside a code or a longer number: -05 of 2026-12-05-01."""
        return not _IN_CODE.search(self.folded[max(0, place - 3) : place])

    def _more_than_a_day(self, place: int, end: int) -> Piece | None:
        """From one day or hour to another, or again and again, where that goes further than the day alone."""
        repeat = self.read("repeat", place)
        if repeat and repeat[0][1] > end and _EVERY.match(self.folded, place):
            typed = self.text.words(place, repeat[0][1])
            why = RepetitionInLine(typed=typed, example=example(typed, self.language))
            return Piece(place, repeat[0][1], (), why)
        spread = self.read("line_range", place)
        if not spread or spread[0][1] <= end or not self.begins_group(place):
            return None
        if end == place and not _NAMED.search(self.folded, place, spread[0][1]):
            return None  # 10-12 may count anything, "10-12 Dec" does not
        end = spread[0][1]
        piece = self._settled(place, end, [value for value, _ in spread])
        if piece is None or not piece.readings:
            return None
        points = [point for when in piece.readings for point in _ends(when)]
        return replace(piece, readings=tuple(dict.fromkeys(points)))

    def _or_another(self, piece: Piece) -> Piece:
        """ "Jan or Feb", 周三、周四, 下周一二: either is meant, so both are offered."""
        if weekday := _NEXT_WEEKDAY.match(self.folded, piece.end):
            if self.folded[piece.end - 1] not in _WEEKDAYS or not all(
                when.end is None for when in piece.readings
            ):
                return piece
            ahead = _WEEKDAYS.index(weekday[0]) - _WEEKDAYS.index(self.folded[piece.end - 1])
            more = [replace(when, start=when.start + timedelta(days=ahead)) for when in piece.readings]
            return replace(piece, end=weekday.end(), readings=(*piece.readings, *more))
        joint = _OR.match(self.folded, piece.end)
        other = self.when(joint.end()) if joint else None
        if other is None or not other.readings:
            return piece
        first = min(when.start for when in piece.readings)
        others = [when for when in other.readings if when.start > first] or other.readings
        return replace(piece, end=other.end, readings=tuple(dict.fromkeys((*piece.readings, *others))))

    def _after(self, piece: Piece) -> Piece:
        """ "after Friday", 国庆后: the next working day or the day itself, which only the person can tell."""
        behind = _AFTER.match(self.folded, piece.end)
        before = _AFTER_WORD.search(self.folded, max(self.start, piece.start - 7), piece.start)
        if not behind and not before:
            return piece
        start = before.start() if before else piece.start
        end = behind.end() if behind else piece.end
        if any(when.is_moment for when in piece.readings):
            return replace(piece, start=start, end=end)
        typed = self.text.words(start, end)
        if any(when.end for when in piece.readings):
            return Piece(
                start, end, (), DateNotUnderstood(typed=typed, example=example(typed, self.language))
            )
        found: list[When] = []
        for when in piece.readings:
            following = when.start + timedelta(days=1)
            while not self.context.working_days(following.date()):
                following += timedelta(days=1)
            found += [replace(when, start=following), when]
        return Piece(start, end, tuple(dict.fromkeys(found)))

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
        if place and WORDISH.match(self.folded[place - 1]) and WORDISH.match(self.folded[place]):
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
        readings = [found for phrase in ("sure", "when", "line_range") if (found := self.read(phrase, place))]
        found = max(readings, key=lambda each: each[0][1], default=[])
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
                r"noon|midnight|midday|o'? ?clock|past|to|[ap]m|eod|co[bp]|end of|close of", words
            ):
                return False
            apart = self.begins_group(place) or bool(_PART_OF_DAY.search(words))
            return apart and not (lone and words.startswith("at ") and following == " ")
        return True

    @staticmethod
    def _is_bare_ordinal(words: str) -> bool:
        return bool(re.fullmatch(r"\d{1,2}(st|nd|rd|th)", words)) or words in _ordinals()

    def amount(self, place: int, *, bare_from: int | None = None) -> Piece | None:
        """Money with a currency, a multiplier or separators; a bare number only from `bare_from` up.

        Below zero with a minus before it; digits that nobody can read as one number, such as 12..5k, are a
        piece without readings.
        """
        if place >= len(self.folded) or self._inside_number(place):
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
        if vague := self._vague(place):
            return vague
        found = self._amounts(place)
        if not found:
            return None
        end = found[0][1]
        words = self.folded[place:end].strip()
        sums: list[Sum] = [value for value, _ in found]
        clear = any(each.sign or each.per for each in sums) or bool(_CLEAR.search(words))
        if _MONTH_DAY.fullmatch(words) and not any(each.sign or each.per for each in sums):
            return None  # 12.25 is a day as likely
        if not clear and (bare_from is None or not self._is_bare(words, bare_from)):
            return None
        if not self.ends_group(end) and self.folded[end - 1].isascii() and not HAN.match(self.folded[end]):
            return None
        if words[0] not in "0123456789" and not any(each.sign for each in sums) and len(words) < 2:
            return None
        if self.currency != "KRW" and (stage := _WON.search(self.folded, place, end)):
            # In a sales tool it is a stage, unless the workspace sells in it.
            end, sums = stage.start(), [replace(each, sign=None) for each in sums]
        try:
            amounts = amounts_of(sums, self.text.words(place, end), self.language, self.currency)
        except NotUnderstood:
            return None
        return Piece(place, end, tuple(amounts)) if amounts else None

    def _amounts(self, place: int) -> list[tuple[Any, int]]:
        """The longest readings that take nothing of a discount: 900元 9折 is no 900.9."""
        found = self.read("amount", place)
        if not found or self.folded[found[0][1] : found[0][1] + 1] not in _OF_DISCOUNT:
            return found
        rest = [each for each in self.reader.read("amount", place) if each[1] < found[0][1]]
        longest = max((end for _, end in rest), default=place)
        return [each for each in rest if each[1] == longest]

    def _is_bare(self, words: str, bare_from: int) -> bool:
        """Whether bare digits may be an amount: ten and more are a phone's or an order's."""
        digits = words.replace(" ", "") if _IN_THOUSANDS.fullmatch(words) else words
        return digits.isdigit() and len(digits) < 10 and int(digits) >= bare_from

    def _inside_number(self, place: int) -> bool:
        """Whether the place is in the middle of digits with separators, or of a Chinese numeral."""
        if place and self.folded[place] in _HAN_DIGITS and self.folded[place - 1] in _HAN_DIGITS:
            return True
        before = self.folded[max(0, place - 2) : place]
        return (
            len(before) == 2 and before[1] in ".,'" and before[0].isdigit() and self.folded[place].isdigit()
        )

    def _is_minus(self, place: int, sign: re.Match[str]) -> bool:
        """Whether a dash belongs to the figure after it: in "Nova - 5k" and 华星-5万 it only divides."""
        return sign[0] != "-" or place <= self.start or self.folded[place - 1] in " ,，:：;；("

    def _vague(self, place: int) -> Piece | None:
        """Money that is no one number: 12..5k, 五六万, 100多万."""
        if not (malformed := _MALFORMED.match(self.folded, place) or _ABOUT.match(self.folded, place)):
            return None
        if between := _BETWEEN.match(self.folded, place):
            low, high = (han_number(each + between[3]) for each in (between[1], between[2]))
            if low and high and low < high:
                return Piece(place, between.end(), (Amount(low, None), Amount(high, None)))
        typed = self.text.words(place, malformed.end())
        shown = "12万" if HAN.search(typed) else "12.5k"
        return Piece(place, malformed.end(), (), AmountNotUnderstood(typed=typed, example=shown))

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


def _ends(when: When) -> list[When]:
    """What a from–to leaves to choose: of days and months both ends, of hours the first."""
    if when.grain == "day" and when.end:
        return [replace(when, end=None), When(when.end, None, "day", when.text)]
    if when.grain == "month" and when.end:
        last = (when.end - timedelta(days=1)).replace(day=1)
        return [
            replace(when, start=first, end=(first + timedelta(days=32)).replace(day=1))
            for first in (when.start, last)
        ]
    return [replace(when, end=None)] if when.is_moment else []


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
