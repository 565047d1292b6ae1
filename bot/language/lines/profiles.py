"""What is said of a customer or contact by a label of its own: industry Software, 职务 采购经理."""

import re

from bot.language.lines.draft import Draft
from bot.language.lines.scan import Piece, Scan

_FIELDS = {"customer": ("industry", "region", "website", "title"), "contact": ("title",)}
_ADDRESSES = ("phone", "email")
_SITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/[^\s,，]*)?")
_OWN_SITE = re.compile(r"(?<![\w@.])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?:/[^\s,，]*)?")
_CHIEF = re.compile(r"c[efotim]o")
_WORD = re.compile(r" ?([^\s,，;；。]+)")
_GLUED = re.compile(
    r"(?:行业|所属行业|地区|区域|城市|职务|职位|头衔)(?=[\u3400-\u9fff])(?!协会|联盟|研究|经理|总监)"
)
_AFTER_LABEL = re.compile(r"[\s:：=]*")


def read_profile(verb: str, draft: Draft) -> None:
    """Fill the draft with the labelled fields; labels of addresses that were read already go with them."""
    scan = draft.scan
    for place in list(scan.places()):
        found = scan.phrase("profile", place) if scan.free(place, place + 1) else None
        if not found or place <= scan.start or not scan.begins_group(place):
            continue
        name, end = found
        value = _AFTER_LABEL.match(scan.folded, end).end()  # type: ignore[union-attr]
        if name in _ADDRESSES and any(start == value for start, _ in scan.taken):
            scan.take(Piece(place, end, ()))
        elif not _is_label(scan, place, end):
            continue
        elif name in _FIELDS.get(verb, ()) and not draft.has(name) and (piece := _value(scan, name, value)):
            draft.put(name, scan.text.words(piece.start, piece.end), piece.start, piece.end)
            scan.take(Piece(place, piece.end, ()))


def read_website(draft: Draft) -> None:
    """A site that its own form announces: www.globex.com, https://…"""
    scan = draft.scan
    found = _OWN_SITE.search(scan.folded, scan.start)
    if found and scan.free(found.start(), found.end()) and not draft.has("website"):
        draft.put("website", scan.text.words(found.start(), found.end()), found.start(), found.end())
        scan.take(Piece(found.start(), found.end(), ()))


def _is_label(scan: Scan, place: int, end: int) -> bool:
    """Whether the word stands alone and is not part of a name: Heavy Industry Co, 行业协会.

    Behind the name 行业制造 is a label with its value.
    """
    behind_name = place > scan.start + 1 and scan.folded[place - 1] in " ,，;；、"
    if behind_name and (glued := _GLUED.match(scan.folded, place)) and glued.end() == end:
        return True
    return scan.folded[end : end + 1] in tuple(" :：=") and not scan.text.words(place, end)[0].isupper()


def _value(scan: Scan, name: str, place: int) -> Piece | None:
    """The words after a label: those in quotes, else one word, or a run of capitalised ones."""
    if quoted := scan.quoted(place):
        return quoted
    if name == "website":
        found = _SITE.match(scan.folded, place)
        return Piece(place, found.end(), ()) if found else None
    end = value_start = place
    while word := _WORD.match(scan.folded, end):
        begins = word.start(1)
        if _CHIEF.fullmatch(scan.folded[value_start:end]):
            break  # title CFO Acme
        goes_on = scan.text.words(begins, word.end(1))[0].isupper() and scan.free(begins, word.end(1))
        if end > place and (not goes_on or scan.phrase("profile", begins) or scan.phrase("labels", begins)):
            break
        end = word.end(1)
    return Piece(place, end, ()) if end > place and scan.free(place, end) else None
