"""Every word that may begin at each place of a text. Words may overlap; the grammar decides which ones
fit."""

import re
from decimal import Decimal
from typing import Any

from bot.language.numerals import Num, english_number, figures, han_numerals
from bot.language.tables import lexicon

# Between any two words: spaces, commas, brackets and the like say nothing.
_GAP = re.compile(r"[\s,，、;；()（）\[\]【】<>《》\"“”「」]*")
_LETTER = re.compile(r"[a-z]")

_YMD = re.compile(r"(\d{4})(?:(-|/|\.)(\d{1,2})\2(\d{1,2})|( )(\d{1,2}) (\d{1,2}))(?!\d)")
_XXY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2})|(?:, ?| )(\d{4}))(?![\d.:/%])")
_XX = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/.%])")
# Alone: neither a number (3.5万, 10-12人) nor a version.
_MD = re.compile(
    r"(?:(1[0-2]|0?[1-9])\.([12]\d|3[01]|0?[1-9])|(1[0-2]|0?[1-9])-([12]\d|3[01]))(?![\d.%:/-]|[a-z])"
    r"(?= ?(?:$|[,，;；、。)）前之上下早晚中凌签交]| (?![小个天年月周倍折元万千亿套台人份次米吨])))"
)
_YM = re.compile(r"(\d{4}) ?[-/.] ?(\d{1,2})(?![\d:]|[-/.]\d)")
_MY = re.compile(r"(\d{1,2}) ?[-/] ?(\d{4})(?![\d:]|[-/]\d)")
_YYYYMMDD = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)(?!\d)")
_HMS = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?![\d:])")
_H_AP = re.compile(r"(\d{1,2}):(\d{2})([ap])(?![a-z])")
_H_M = re.compile(r"(\d{1,2})\.(\d{2})(?![\d.])")
_HHMM = re.compile(r"(\d{1,2})(\d{2})(?![\d.:/])")
_H24 = re.compile(r"(\d{1,2}) ?h ?(\d{2})(?![\d:])")
_OFFSET = re.compile(r"(z|utc|gmt)(?![a-z])|(?:utc|gmt)?([+-])(\d{2}):?(\d{2})(?!\d)")
_ORDINAL = re.compile(r"(\d{1,3}) ?(st|nd|rd|th)(?![a-z])")
_DECIMAL = re.compile(r"\d+\.\d+(?![\d.])")
_POINT = re.compile(r"(?<![\w.])\.\d{1,4}(?![\w.,])")
_DIGITS = re.compile(r"\d{1,4}(?!\d| ?[%万亿千百]|[kwmb](?![a-z]))")
_SHARE = re.compile(r"\d{1,3}(?= ?%)")
_DECADE = re.compile(r"(\d{3}0)'?s(?![a-z])")
_SHORT_YEAR = re.compile(r"'(\d{2})(?!\d)")
_MENTION = re.compile(r"<@([a-z0-9]+)(?:\|[^<>]*)?>|@[^\s,，:：<>@]+")

# The kinds of words that are no words of a table: figures in their forms, mentions, numerals.
KINDS = frozenset(
    [
        *(
            "ymd",
            "xxy",
            "xx",
            "ym",
            "my",
            "md",
            "hms",
            "h_m",
            "h_ap",
            "hhmm",
            "h24",
            "decade",
            "ord",
            "num",
            "spoken",
        ),
        *("decimal", "short_year", "mention", "share_num", "figure", "offset", "utc"),
    ]
)

Found = list[tuple[Any, int]]


class Lattice:
    """The words of one folded text, looked up once at each place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at: dict[int, dict[str, Found]] = {}
        self._kinds: dict[int, frozenset[str]] = {}

    def kinds(self, place: int) -> frozenset[str]:
        """The kinds of the words that may come next at `place`."""
        known = self._kinds.get(place)
        if known is None:
            known = self._kinds[place] = frozenset(self.at(place))
        return known

    def skip(self, place: int) -> int:
        """The first place at or after `place` where a word can begin."""
        found = _GAP.match(self.text, place)
        return found.end() if found else place

    def at(self, place: int) -> dict[str, Found]:
        """What may come next at `place`: for each kind of word its values, with where each ends.

        Words that say nothing (of, on, 的…) are passed over, and may also be taken as what they are.
        """
        if place in self._at:
            return self._at[place]
        here = self.skip(place)
        kinds = self._at.get(here) if here != place else None
        if kinds is None:
            kinds = self._words(here)
            for _, end in kinds.pop("filler", ()):
                for kind, found in self.at(end).items():
                    known = kinds.setdefault(kind, [])
                    known.extend(each for each in found if each not in known)
            self._at[here] = kinds
        self._at[place] = kinds
        return kinds

    def ends(self, place: int) -> bool:
        """Whether nothing but words that say nothing is left from `place` on."""
        here = self.skip(place)
        if here >= len(self.text.rstrip(" .!?。！？…;:：；")):
            return True
        return any(
            self.ends(here + len(word))
            for word, kind, _ in lexicon().words.get(self.text[here : here + 2], ())
            if kind == "filler" and self._whole(word, here)
        ) or any(
            self.ends(here + 1)
            for word, kind, _ in lexicon().words.get(self.text[here : here + 1], ())
            if kind == "filler" and self.text[here] == word
        )

    def _whole(self, word: str, here: int) -> bool:
        """Whether `word` stands at `here`, and is not a piece of a longer word."""
        text, end = self.text, here + len(word)
        if not text.startswith(word, here):
            return False
        if _LETTER.match(word[-1]) and _LETTER.match(text[end : end + 1] or " "):
            return False
        if not (_LETTER.match(word[0]) and here and _LETTER.match(text[here - 1])):
            return True
        return here > 1 and text[here - 1] in "kmb" and text[here - 2].isdigit()  # 50kUSD

    def _words(self, here: int) -> dict[str, Found]:
        text = self.text
        kinds: dict[str, Found] = {}
        if here >= len(text):
            return kinds
        for start in {text[here : here + 2], text[here]}:
            for word, kind, value in lexicon().words.get(start, ()):
                if self._whole(word, here):
                    end = here + len(word)
                    kinds.setdefault(kind, []).append((value, end))
                    if kind == "currency_after" and text[end : end + 1].isdigit():
                        kinds.setdefault("currency", []).append((value, end))
        for value, end in kinds.pop("currency_touching", ()):
            if text[end : end + 1].isdigit():
                kinds.setdefault("currency", []).append((value, end))
            elif here and text[here - 1].isdigit():
                kinds.setdefault("currency_after", []).append((value, end))
        if "feast" in kinds:
            kinds.pop("currency", None)  # 元旦 is no yuan
        char = text[here]
        if char.isdigit() and char.isascii():
            self._numeric(here, kinds)
        elif _LETTER.match(char):
            if not (here and _LETTER.match(text[here - 1])) and (number := english_number(text, here)):
                value, end, ordinal = number
                kinds.setdefault("ord" if ordinal else "num", []).append(
                    (value if ordinal else Num(value, 0), end)
                )
                if not ordinal:
                    kinds["spoken"] = [(Num(value, 0), end)]
        elif char == "'" and (found := _SHORT_YEAR.match(text, here)):
            kinds["short_year"] = [(int(found[1]), found.end())]
        elif char in "@<" and (found := _MENTION.match(text, here)):
            kinds["mention"] = [(found[1].upper() if found[1] else found[0], found.end())]
        elif han := han_numerals(text, here):
            kinds["num"] = [han]
        after_dot = here > 0 and text[here - 1] == "." and not _LETTER.match(text[here - 2 : here - 1] or " ")
        begins = ((char.isdigit() and char.isascii()) or number_starts(text, here)) and not after_dot
        if found := _POINT.match(text, here):
            kinds["figure"] = [(Decimal(f"0{found[0]}"), found.end())]
        if begins and (amounts := figures(text, here)):
            kinds["figure"] = list(amounts)
        if found := _OFFSET.match(text, here):
            kinds["offset"] = [(_minutes(found), found.end())]
            if found[1]:
                kinds["utc"] = kinds["offset"]
        return kinds

    def _numeric(self, here: int, kinds: dict[str, Found]) -> None:
        text = self.text
        if here and text[here - 1] in ".,:/" and here > 1 and text[here - 2].isdigit():
            return  # the inside of a longer number
        if here and text[here - 1].isdigit():
            return

        def put(kind: str, pattern: re.Pattern[str]) -> None:
            if found := pattern.match(text, here):
                parts = tuple(int(part) for part in found.groups() if part and part.isdigit())
                kinds.setdefault(kind, []).append(((parts, found), found.end()))

        put("ymd", _YMD)
        put("ymd", _YYYYMMDD)
        put("xxy", _XXY)
        put("xx", _XX)
        put("ym", _YM)
        put("my", _MY)
        if not here or text[here - 1] in " ,，;；、(（":
            put("md", _MD)
        put("hms", _HMS)
        put("h_m", _H_M)
        put("h_ap", _H_AP)
        put("hhmm", _HHMM)
        put("h24", _H24)
        put("decade", _DECADE)
        if found := _ORDINAL.match(text, here):
            kinds.setdefault("ord", []).append((int(found[1]), found.end()))
        if found := _DECIMAL.match(text, here):
            kinds["decimal"] = [(Decimal(found[0]), found.end())]
        if found := _SHARE.match(text, here):
            kinds["share_num"] = [(Num(int(found[0]), len(found[0])), found.end())]
        if found := _DIGITS.match(text, here):
            kinds.setdefault("num", []).append((Num(int(found[0]), len(found[0])), found.end()))


def number_starts(text: str, here: int) -> bool:
    """Whether a figure in words can begin here: not inside a word or a number."""
    return not (here and (_LETTER.match(text[here - 1]) and _LETTER.match(text[here])))


def _minutes(found: re.Match[str]) -> int:
    if found[1]:
        return 0
    minutes = int(found[3]) * 60 + int(found[4])
    return -minutes if found[2] == "-" else minutes
