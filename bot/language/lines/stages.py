"""stage: which opportunity goes to which stage, and why."""

import re

from bot.language.lines.closing import is_title
from bot.language.lines.draft import Draft
from bot.language.lines.labels import label_after, label_before
from bot.language.lines.scan import Piece
from bot.language.values import Ask
from bot.language.verbs import verb_of

_ARROW = re.compile(r"(?: to | ?(?:->|→|=>|») ?| into |推进到|改为|改成|进入|到)")


def read_stage(draft: Draft) -> str:
    """Fill the draft; what is left is the note, such as the reason of a loss."""
    scan = draft.scan
    if quoted := scan.leading_quote():
        draft.put("customer", quoted.readings[0], quoted.start, quoted.end)
    elif turned := _stage_first(draft):
        return turned
    begins = scan.trim(scan.start, len(scan.folded))
    first = begins[0] if begins else len(scan.folded)
    if piece := scan.first(lambda place: scan.amount(place) if place > first else None):
        draft.put_amount(piece)
    if piece := scan.first(
        lambda place: scan.when(place) if place > first and not is_title(scan, place) else None
    ):
        start = label_before(scan, "close_on", piece.start)
        start = piece.start if scan.phrase("stages", start) else start  # 成交 is a stage here
        scan.take(Piece(start, label_after(scan, "close_on", piece.end), ()))
        draft.put_day("close_on", piece)
    found = _stage(draft, first, bool(quoted))
    left = scan.left()
    if found:
        start, end, joint = found
        before = scan.trim(first, joint)
        if before and not quoted:
            rest = draft.name("customer", "customer", *before, cut=True)
            left = [rest] if rest else []
            left += [each for each in scan.left(end) if each]
        elif quoted:
            left = [each for each in left if each[1] <= start or each[0] >= end]
    elif left and not quoted:
        rest = draft.name("customer", "customer", *left.pop(0), cut=True)
        if rest:
            left.insert(0, rest)
    return scan.words(left)


def _stage_first(draft: Draft) -> str | None:
    """The note of a line that names the stage before the customer: 赢单 华星, "won Acme 120k"."""
    scan = draft.scan
    begins = scan.trim(scan.start, len(scan.folded))
    if begins is None:
        return None
    start, limit = begins
    end = re.compile(r"[^\s,，:：]+(?: won| lost)?").match(scan.folded, start).end()  # type: ignore[union-attr]
    said = scan.phrase("stages", start)
    if said and said[1] == limit and verb_of(scan.folded[start:limit]) == "stage":
        _put(draft, start, limit)  # "won" alone: which opportunity is still to be asked
        return ""
    if said and said[1] < end and verb_of(scan.folded[start : said[1]]) == "stage":
        end = said[1]  # 赢单华星
    rest = scan.trim(end, limit)
    known = scan.names is not None and any(
        match.score >= 100 for match in scan.names.match("stage", scan.text.words(start, end))
    )
    if rest is None or not (known or (said and said[1] == end)) or scan.text.words(start, end)[0].isupper():
        return None
    again = any(
        scan.phrase("stages", place)
        for place in range(*rest)
        if scan.begins_group(place) and scan.folded[place] != " "
    )
    if again or scan.folded[end] in ":：":
        return None
    _put(draft, start, end)
    scan.start = end
    return _money_and_name(draft, rest[0])


def _money_and_name(draft: Draft, first: int) -> str:
    scan = draft.scan
    if piece := scan.first(lambda place: scan.amount(place) if place > first else None):
        draft.put_amount(piece)
    if piece := scan.first(
        lambda place: scan.when(place) if place > first and not is_title(scan, place) else None
    ):
        draft.put_day("close_on", piece)
    left = scan.left()
    if left and (rest := draft.name("customer", "customer", *left.pop(0), cut=True)):
        left.insert(0, rest)
    return scan.words(left)


def _stage(draft: Draft, first: int, named: bool) -> tuple[int, int, int] | None:
    """The stage's words, and where the words before it end: after an arrow, a known stage, else the last
    word."""
    scan = draft.scan
    places = [place for place in scan.places() if place > first or named]
    for place in places:
        if not scan.begins_group(place):
            continue
        for start, end in scan.left(place):
            if start != place:
                break
            if match := _longest_known(draft, start, end):
                return match
            break
    for place in places:
        if (known := scan.phrase("stages", place)) and scan.ends_group(known[1]) and scan.begins_group(place):
            return _put(draft, place, known[1])
    left = scan.left()
    if not left:
        return None
    start, end = left[-1]
    arrows = list(_ARROW.finditer(scan.folded, start, end))
    arrow = arrows[-1] if arrows else None
    if arrow and arrow.start() > start and arrow.end() < end:
        return _put(draft, arrow.end(), end, arrow.start())
    space = scan.folded.rfind(" ", start, end)
    if space > start or (named and len(left) == 1):
        return _put(draft, space + 1 if space > start else start, end)
    return None


def _longest_known(draft: Draft, start: int, end: int) -> tuple[int, int, int] | None:
    """A stage of the pipeline by name; a near one is asked."""
    scan = draft.scan
    if scan.names is None:
        return None
    stops = [place for place in range(start + 1, end + 1) if place == end or scan.folded[place] == " "][:4]
    for stop in reversed(stops):
        exact = [
            match for match in scan.names.match("stage", scan.text.words(start, stop)) if match.score >= 100
        ]
        if len(exact) == 1:
            draft.matches["stage"] = exact[0]
            found = _put(draft, start, stop)
            draft.fields["stage"] = exact[0].name
            return found
    return None


def _put(draft: Draft, start: int, end: int, joint: int | None = None) -> tuple[int, int, int]:
    scan = draft.scan
    draft.put("stage", scan.text.words(start, end), start, end)
    scan.take(Piece(start, end, ()))
    if scan.names is not None:
        near = scan.names.match("stage", scan.text.words(start, end))
        if near and near[0].score < 100:
            draft.asks.append(Ask("stage", tuple(near), scan.text.words(start, end)))
    before = re.compile(r"(?:(?:^|(?<= ))(?:to|into|is|now|moved to)|推进到|改为|改成|进入|到|为) ?$").search(
        scan.folded[:start]
    )
    return start, end, joint if joint is not None else before.start() if before else start
