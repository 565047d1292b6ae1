"""satisfaction: a customer, the score that they gave, and what they said."""

import re

from bot.language.lines.draft import Draft
from bot.language.lines.scan import Piece, Scan

_SCORE = re.compile(
    r"(?<![a-z\d.,%¥$-])(\d{1,3})(?: ?(?:/|out of|of) ?(?P<scale>5|10)(?![\d.])| ?分(?!钟))?"
    r"(?![\da-z%]|[.,]\d| ?(?:weeks?|days?|hours?|minutes?|months?|times|x)\b|天|周|小时|个月|次|分钟)"
)
_PRODUCT = re.compile(r"(?:product|产品)[ :：]+")
_WORD = re.compile(r" ?([^\s,，;；。]+)")


def read_rating(draft: Draft) -> str:
    """Fill the draft: customer, score, kind (csat, nps), product; the rest is the comment."""
    scan = draft.scan
    quoted = scan.leading_quote()
    if quoted:
        draft.put("customer", quoted.readings[0], quoted.start, quoted.end)
    _product(draft)
    labelled = _kind(draft)
    _score(draft, labelled)
    left = scan.left()
    if left and not quoted:
        rest = draft.name("customer", "customer", *left.pop(0), cut=True)
        if rest:
            left.insert(0, rest)
    comment = scan.words(left)
    if comment:
        draft.fields["comment"] = draft.words["comment"] = comment
    return ""


def _kind(draft: Draft) -> int | None:
    """The scale, where it is named, or a survey, with which the line begins; the place after the word."""
    scan = draft.scan
    begins = scan.trim(scan.start, len(scan.folded))
    first = begins[0] if begins else scan.start
    for place in scan.places():
        found = scan.phrase("scores", place)
        if found and scan.free(place, found[1]) and (found[0] != "survey" or place == first):
            draft.put("kind", found[0], place, found[1])
            scan.take(Piece(place, found[1], ()))
            return found[1]
    return None


def _score(draft: Draft, labelled: int | None) -> None:
    """The number after the scale's name, else the first one that is not the name at the line's beginning."""
    scan = draft.scan
    begins = scan.trim(scan.start, len(scan.folded))
    first = begins[0] if begins else scan.start
    found = _SCORE.match(scan.folded, _skip(scan, labelled)) if labelled is not None else None
    found = found or next(
        (
            each
            for each in _SCORE.finditer(scan.folded, scan.start)
            if each.start() > first and scan.free(each.start(), each.end())
        ),
        None,
    )
    if not found:
        return
    draft.put("score", int(found[1]), found.start(), found.end())
    scan.take(Piece(found.start(), found.end(), ()))
    if found["scale"] and not draft.has("kind"):
        draft.put("kind", "csat" if found["scale"] == "5" else "nps", found.start(), found.end())


def _skip(scan: Scan, place: int) -> int:
    while scan.folded[place : place + 1] in (" ", ":", "：", "=") and place < len(scan.folded):
        place += 1
    return place


def _product(draft: Draft) -> None:
    """A product by its label: the longest known name, else one word."""
    scan = draft.scan
    label = _PRODUCT.search(scan.folded, scan.start)
    if not label or not scan.begins_group(label.start()):
        return
    stops: list[int] = []
    place = label.end()
    while len(stops) < 4 and (word := _WORD.match(scan.folded, place)):
        stops.append(word.end(1))
        place = word.end()
    for stop in reversed(stops):
        typed = scan.text.words(label.end(), stop)
        exact = (
            [match for match in scan.names.match("product", typed) if match.score >= 100]
            if scan.names
            else []
        )
        if len(exact) == 1 or stop == stops[0]:
            draft.put("product", exact[0].name if exact else typed, label.end(), stop)
            if exact:
                draft.matches["product"] = exact[0]
            scan.take(Piece(label.start(), stop, ()))
            return
