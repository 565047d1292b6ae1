"""Whom a text is about: the one customer that it names, in either script, and whom of theirs."""

import re
from collections.abc import Iterator

from bot.domain.actors import Actor
from bot.domain.companies import take_apart
from bot.domain.duplicates import Kind
from bot.domain.names import name_key
from bot.domain.pinyin import is_chinese, syllables
from bot.domain.search import words_of
from bot.services.rights import may_see
from bot.store import Session
from bot.store.matching import ids_by_key, records_by_id
from bot.store.models import Contact, Customer

_LONGEST_TEXT = 200
"""What a message is about stands at its beginning."""
_WORDS, _LETTERS = 5, 12
"""The longest name, in Latin words and in Chinese characters."""
_BRANDS = (2, 4)
"""Chinese characters of a brand alone: 青鸟 of 青鸟传媒."""
_PLAIN_START = 4
"""Characters from which on the beginning of a Chinese name says enough: 北辰医疗 of 北辰医疗器械有限公司."""
_SHORTEST_BRAND = 4
_MOST = 10
"""Customers of one piece that are looked at: more say that it names none of them."""

_LATIN = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’&.-][^\W_\u3400-\u9fff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def customer_named_in(session: Session, actor: Actor, text: str) -> Customer | None:
    """The customer that the text names, where it is one and only one."""
    pieces = dict(_pieces(text[:_LONGEST_TEXT]))
    found = ids_by_key(session, Kind.CUSTOMERS, pieces, most=_MOST)
    records = records_by_id(session, Kind.CUSTOMERS, {each for ids in found.values() for each in ids})
    hits = [
        (*pieces[key], record)
        for key, ids in found.items()
        for record in (records[each] for each in ids if each in records)
        if may_see(actor, record) and _is_named(record, key, text[slice(*pieces[key])])
    ]
    # Lumen in "Lumen Health" names nobody else.
    outermost = [hit for hit in hits if not any(_holds(other, hit) for other in hits)]
    named = {record.id: record for _start, _end, record in outermost}
    return next(iter(named.values())) if len(named) == 1 else None


def contact_named_in(customer: Customer, text: str) -> Contact | None:
    """The contact of the customer whom the text names, where it is one and only one."""
    words = f" {' '.join(text.casefold().split())} "
    named = [each for each in customer.contacts if _says(words, each.name.casefold())]
    return named[0] if len(named) == 1 else None


def _pieces(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Keys of the search index for every part of the text that can be a name, each with its place."""
    words = list(_LATIN.finditer(text))
    for first, word in enumerate(words):
        if word[0][0].isupper() and len(word[0]) >= _SHORTEST_BRAND:
            yield "b" + word[0].casefold(), word.span()
        for last in words[first : first + _WORDS]:
            if key := words_of(name_key(text[word.start() : last.end()])).replace(" ", ""):
                yield "=" + key, (word.start(), last.end())
    for run in _HAN.finditer(text):
        for start in range(*run.span()):
            for end in range(start + _BRANDS[0], min(start + _LETTERS, run.end()) + 1):
                piece = text[start:end]
                yield "=" + piece, (start, end)
                if end - start <= _BRANDS[1]:
                    yield "b" + "".join(syllables(piece)), (start, end)
            if run.end() - start >= _PLAIN_START:
                yield "^" + text[start : start + _PLAIN_START - 1], (start, start + _PLAIN_START)


def _is_named(record: Customer, key: str, piece: str) -> bool:
    """Whether what the index found is what the text says: brands are kept by their sound, names by three
    characters.
    """
    if key.startswith("="):
        return True
    if key.startswith("^"):
        return any(name.startswith(piece) for name in (record.name, *record.aliases))
    written = take_apart(record.name).written
    return written == piece if is_chinese(piece) else written == piece.casefold()


def _holds(outer: tuple[int, int, Customer], inner: tuple[int, int, Customer]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[1] - outer[0] > inner[1] - inner[0]


def _says(words: str, name: str) -> bool:
    return name in words if is_chinese(name) else bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))
