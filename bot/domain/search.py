"""Finding by part of a name in either script, by its sound, by phone digits and by mail.

A record is found by keys that are kept with it: beginnings and pieces of what it is called. `match` alone
says whether and how well a query fits; keys only make sure that no fitting record has to be looked for in all
of them. Fitting ones come by `Fit`, then the shortest name first, then as they were made.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from bot.domain.companies import take_apart
from bot.domain.company_words import GENERIC
from bot.domain.mails import own_domain
from bot.domain.names import name_key
from bot.domain.pinyin import is_chinese, syllables
from bot.domain.typed import as_typed

LONGEST = 120
"""Characters of a name, number or address by which it is found."""
FEWEST_DIGITS = 3
_SHORTEST_SOUND = 3
_LATIN_PIECE = 3
_DIGITS_PIECES = (4, 7)
_SOUND_PIECES = (3, 5, 8)
_INITIALS_PIECES = (2, 3)
_BEGINNINGS = (1, 2, 3)
SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 8
SHORTEST_SLIP, _SLIP_END = 7, 4
"""In shorter names one letter more or less makes another name."""
_PHONE = re.compile(r"\+?[\d\s().-]+")
_WORD = re.compile(r"[^\W_]+")
_SCRIPTS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff\U00020000-\U0003ffff]+")


class Fit(IntEnum):
    """How a query fits, the best first."""

    NAME = 0
    """It is the very name."""
    START = 1
    """A name begins with it."""
    WORD = 2
    """A word of a name begins with it."""
    WITHIN = 3
    """It is somewhere in a name."""
    SOUND = 4
    """It is pinyin of a part of a name."""
    INITIALS = 5
    """It is initials of pinyin in a row."""
    DIGITS = 6
    """It is in a phone number."""
    MAIL = 7
    """It is in a mail address, a website or a tax id."""


@dataclass(frozen=True)
class Texts:
    """What a record is found by, as people wrote it; its own name first."""

    names: Sequence[str]
    phones: Sequence[str] = ()
    mails: Sequence[str] = ()


@dataclass(frozen=True)
class Folded:
    """The same as it is kept and compared: lines of lower case, words apart, without marks."""

    names: str
    cores: str
    """The names without spaces and company suffixes (name_key)."""
    sounds: str
    """Syllables of the names that have Chinese characters."""
    initials: str
    """The first letters of the syllables."""
    digits: str
    mails: str

    @property
    def length(self) -> int:
        """Of the record's own name: shorter ones come first."""
        return len(self.names.partition("\n")[0].replace(" ", ""))

    @cached_property
    def tight(self) -> list[str]:
        """The names without spaces."""
        return self.names.replace(" ", "").split("\n")


def fold(texts: Texts) -> Folded:
    """Fold what a record is found by."""
    names = dict.fromkeys(filter(None, (words_of(name) for name in texts.names if name)))
    cores = [_tight(name_key(name)) for name in texts.names if name]
    said = [" ".join(syllables(core))[: 2 * LONGEST] for core in dict.fromkeys(cores) if is_chinese(core)]
    digits = [re.sub(r"\D", "", phone)[:LONGEST] for phone in texts.phones if phone]
    mails = [as_typed(mail).strip().casefold()[:LONGEST] for mail in texts.mails if mail]
    return Folded(
        "\n".join(names),
        "\n".join(dict.fromkeys(filter(None, cores))),
        "\n".join(said),
        "\n".join("".join(each[0] for each in line.split(" ")) for line in said if line),
        "\n".join(dict.fromkeys(each for each in digits if len(each) >= FEWEST_DIGITS)),
        "\n".join(dict.fromkeys(filter(None, mails))),
    )


def words_of(text: str) -> str:
    """The text in lower case, its words apart, Chinese apart from Latin, marks and accents left out."""
    folded = unicodedata.normalize("NFKC", as_typed(text)).casefold()
    if not folded.isascii():
        bare = (mark for mark in unicodedata.normalize("NFD", folded) if not unicodedata.combining(mark))
        folded = unicodedata.normalize("NFC", "".join(bare))
    words = [part for word in _WORD.findall(folded) for part in _SCRIPTS.findall(word)]
    return " ".join(words)[:LONGEST].strip()


def _tight(text: str) -> str:
    return words_of(text).replace(" ", "")


def keys_of(folded: Folded) -> set[str]:
    """Everything that the record can be looked up by; the first character says what kind of key it is."""
    keys: set[str] = set()
    for name, tight in zip(folded.names.split("\n"), folded.tight, strict=True):
        if not tight:
            continue
        keys.add("=" + tight)
        keys.update("^" + tight[:count] for count in _BEGINNINGS)
        words = name.split(" ")
        for place in range(1, len(words)):
            if not is_chinese(words[place][0]):
                rest = "".join(words[place : place + 3])
                keys.update("w" + rest[:count] for count in _BEGINNINGS)
        keys.update(_pieces(tight))
        keys.update(brand_keys(name))
        keys.update(company_keys(name))
    for core in filter(None, folded.cores.split("\n")):
        keys.add("=" + core)
        keys.update("n" + letter for letter in core if is_chinese(letter))
    for line in filter(None, folded.sounds.split("\n")):
        said = line.split(" ")
        for place in range(len(said)):
            rest = "".join(said[place : place + max(_SOUND_PIECES)])
            keys.update(f"s{rest[:count]}" for count in _SOUND_PIECES if len(rest) >= count)
    for initials in filter(None, folded.initials.split("\n")):
        keys.add("j" + initials[0])
        for count in _INITIALS_PIECES:
            keys.update("i" + piece for piece in _runs(initials, count) if len(piece) == count)
    for digits in filter(None, folded.digits.split("\n")):
        shortest, longest = _DIGITS_PIECES
        keys.update("d" + digits[place : place + shortest] for place in range(len(digits) - 2))
        keys.update("d" + piece for piece in _runs(digits, longest) if len(piece) == longest)
    for mail in filter(None, folded.mails.split("\n")):
        keys.update("m" + mail[place : place + 3] for place in range(len(mail) - 2))
        keys.update(address_keys(mail))
    return keys


def brand_keys(name: str) -> list[str]:
    """The keys that names of one brand share in either language, whatever else they name."""
    apart = take_apart(words_of(name))
    initials = "".join(word[0] for word in apart.words)
    brands = {apart.brand[:LONGEST], initials if len(initials) >= 3 else ""}
    return ["b" + brand for brand in sorted(brands) if brand]


def company_keys(name: str) -> list[str]:
    """The keys that the names of one company share (bot.domain.matching): brand, trade and branch as one.

    Initials and the name that they stand for share one too: y ibm, Y International Business Machines.
    """
    apart = take_apart(words_of(name))
    kinds = (apart.trades - GENERIC, apart.branch, apart.nations, () if apart.brand else apart.places)
    what = "|".join([*("/".join(sorted(kind)) for kind in kinds), apart.digits])
    keys = [f"q{apart.brand}|{what}"[:LONGEST]]
    if len(apart.brand) >= SHORTEST_SLIP and not apart.is_chinese:
        # A slip of one letter leaves the beginning or the end as it was.
        keys += [
            f"u{apart.brand[:_SLIP_END]}|{what}"[:LONGEST],
            f"v{apart.brand[-_SLIP_END:]}|{what}"[:LONGEST],
        ]
    initials = "".join(word[0] for word in apart.words)
    if len(initials) >= SHORTEST_ACRONYM:
        keys.append("Y" + initials)
    if len(apart.words) == 1 and SHORTEST_ACRONYM <= len(apart.words[0]) <= _LONGEST_ACRONYM:
        keys.append("y" + apart.words[0])
    return keys


def company_keys_to_look_up(name: str) -> list[str]:
    """Where the records are that may be the company of this name."""
    turned = {"y": "Y", "Y": "y"}
    return [turned.get(key[0], key[0]) + key[1:] for key in company_keys(name)]


def number_keys(phone: str) -> list[str]:
    """The key that every number with the same last digits has: a country's or city's code may be left out."""
    digits = re.sub(r"\D", "", phone)
    longest = _DIGITS_PIECES[1]
    return ["d" + digits[-longest:]] if len(digits) >= longest else []


def address_keys(address: str) -> list[str]:
    """The keys of a whole mail address, website or tax id, and of an organisation's own domain."""
    folded = as_typed(address).strip().casefold()[:LONGEST]
    domain = own_domain(folded)
    return [f"a{folded}"] * bool(folded) + [f"@{domain}"] * (domain is not None)


def _pieces(tight: str) -> list[str]:
    """What a name has within: pairs where a Chinese character is in them, else three letters in a row."""
    pieces = []
    for place in range(len(tight) - 1):
        if is_chinese(tight[place : place + 2]):
            pieces.append("n" + tight[place : place + 2])
        elif place + _LATIN_PIECE <= len(tight) and not is_chinese(tight[place + 2]):
            pieces.append("n" + tight[place : place + _LATIN_PIECE])
    return pieces


@dataclass(frozen=True)
class Probe:
    """Where records of one fit are looked up: by any one of the keys, each of which every fitting record has.

    `within` is the line of Folded that holds the text, without spaces, in each of them. `opens` is true where
    the keys of fitting records only begin with the one that is named.
    """

    fit: Fit
    keys: tuple[str, ...]
    within: str
    text: str
    opens: bool = False


class Query:
    """What somebody types to find something."""

    def __init__(self, typed: str, *, tight: str | None = None) -> None:
        self.typed = as_typed(typed).strip()[:LONGEST]
        self.tight = _tight(self.typed) if tight is None else tight
        self.is_chinese = is_chinese(self.tight)
        self.letters = self.tight if self.tight.isascii() and self.tight.isalpha() else ""
        digits = re.sub(r"\D", "", self.typed)
        is_phone = len(digits) >= FEWEST_DIGITS and _PHONE.fullmatch(self.typed)
        self.digits = digits if is_phone else ""
        self.mail = "".join(self.typed.casefold().split())
        self.mail = self.mail if len(self.mail) >= 3 and self.mail.isascii() else ""

    def __bool__(self) -> bool:
        return bool(self.tight or self.digits or self.mail)

    @property
    def without_suffix(self) -> "Query | None":
        """The same without Co., Ltd. or 有限公司: looked for where nothing has all of it."""
        core = _tight(name_key(self.typed))
        return Query(self.typed, tight=core) if core and core != self.tight else None

    def probes(self) -> list[Probe]:
        """Where to look, the best fit first."""
        wanted, letters, probes = self.tight, self.letters, []
        if wanted:
            probes.append(Probe(Fit.NAME, ("=" + wanted,), "names", ""))
            probes.append(Probe(Fit.START, ("^" + wanted[:3],), "names", wanted))
            if not is_chinese(wanted[0]):
                probes.append(Probe(Fit.WORD, ("w" + wanted[:3],), "names", wanted))
        if self.pieces:
            probes.append(Probe(Fit.WITHIN, self.pieces, "names", wanted))
        if len(letters) >= _SHORTEST_SOUND:
            count = max(each for each in _SOUND_PIECES if each <= len(letters))
            probes.append(Probe(Fit.SOUND, ("s" + letters[:count],), "sounds", letters))
        if letters:
            count = min(len(letters), max(_INITIALS_PIECES))
            keys = tuple("i" + each for each in _runs(letters, count)) if count > 1 else ("j" + letters,)
            probes.append(Probe(Fit.INITIALS, keys, "initials", letters))
        if self.digits:
            shortest, longest = _DIGITS_PIECES
            count = longest if len(self.digits) >= longest else shortest
            keys = tuple("d" + each for each in _runs(self.digits, count))
            opens = len(self.digits) < shortest
            probes.append(Probe(Fit.DIGITS, keys, "digits", self.digits, opens=opens))
        if self.mail:
            keys = tuple("m" + each for each in _runs(self.mail, 3))
            probes.append(Probe(Fit.MAIL, keys, "mails", self.mail))
        return probes

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The keys that every name has in which this is; none where it is too short to look within."""
        if len(self.tight) == 1:
            if not self.is_chinese:
                return ()
            return ("n" + self.tight,)
        return tuple(dict.fromkeys(_pieces(self.tight)))

    def match(self, record: Folded) -> Fit | None:
        """How well this fits the record; None where it does not."""
        fits = self._named(record) if self.tight else None
        if fits is not None:
            return fits
        letters = self.letters
        if len(letters) >= _SHORTEST_SOUND and any(
            _starts_at_a_word(letters, line, 0) for line in record.sounds.split("\n") if line
        ):
            return Fit.SOUND
        if letters and any(
            letters in each if len(letters) > 1 else each.startswith(letters)
            for each in record.initials.split("\n")
        ):
            return Fit.INITIALS
        if self.digits and any(self.digits in each for each in record.digits.split("\n")):
            return Fit.DIGITS
        if self.mail and any(self.mail in each for each in record.mails.split("\n")):
            return Fit.MAIL
        return None

    def _named(self, record: Folded) -> Fit | None:
        wanted = self.tight
        if wanted in record.tight or wanted in record.cores.split("\n"):
            return Fit.NAME
        if any(each.startswith(wanted) for each in record.tight):
            return Fit.START
        if not is_chinese(wanted[0]) and any(
            _starts_at_a_word(wanted, line, 1) for line in record.names.split("\n")
        ):
            return Fit.WORD
        if len(wanted) == 1:
            return Fit.WITHIN if self.is_chinese and wanted in record.cores else None
        return Fit.WITHIN if self.pieces and any(wanted in each for each in record.tight) else None


def _runs(text: str, length: int) -> list[str]:
    """Every stretch of so many characters; the whole text where it is shorter."""
    return list(
        dict.fromkeys(text[place : place + length] for place in range(max(1, len(text) - length + 1)))
    )


def _starts_at_a_word(wanted: str, line: str, first: int) -> bool:
    words = line.split(" ")
    tight = "".join(words)
    if wanted not in tight:
        return False
    place = sum(len(word) for word in words[:first])
    for word in words[first:]:
        if tight.startswith(wanted, place):
            return True
        place += len(word)
    return False


def what_matched(typed: str, texts: Texts) -> str | None:
    """The text of the record that the query fits, as people wrote it; None where that is its own name."""
    query = Query(typed)
    for asked in filter(None, (query, query.without_suffix)):
        if asked.match(fold(Texts(texts.names[:1]))) is not None:
            return None
        others: Iterable[tuple[str, Texts]] = [
            *((name, Texts([name])) for name in texts.names[1:] if name),
            *((phone, Texts([], phones=[phone])) for phone in texts.phones if phone),
            *((mail, Texts([], mails=[mail])) for mail in texts.mails if mail),
        ]
        for text, alone in others:
            if asked.match(fold(alone)) is not None:
                return text
    return None
