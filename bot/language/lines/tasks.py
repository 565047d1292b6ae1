"""task: for whom, about which customer, what, and until when."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.language.lines.draft import Draft
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.values import When

_ME = re.compile(r"^(?:(?:remind )?me (?:to )?|我|提醒我) ?", re.IGNORECASE)
_DOING = re.compile(r"[催吃给打发寄送交做写改查找约签接准联回跟拜提整确开面去请让把和跟陪等看收付问买订]")
_BEFORE = re.compile(r"(?:之前|以前|前)")
_CAPITALS = re.compile(r"(?:[A-Z][\w&.'-]*)(?: (?:[A-Z0-9&][\w&.'-]*))*")


def read_task(draft: Draft) -> str:
    """Fill the draft; nothing is left, because every word belongs to the task's text."""
    scan = draft.scan
    if mention := scan.first(scan.mention):
        draft.put("assignee", mention.readings[0], mention.start, mention.end)
    quoted = scan.leading_quote()
    if quoted:
        draft.put("customer", quoted.readings[0], quoted.start, quoted.end)
    _set_quotes_aside(scan)
    take_due(draft)
    if not quoted:
        _customer(draft)
    text = _ME.sub("", scan.words(scan.left()))
    if text:
        draft.fields["text"] = draft.words["text"] = text
    return ""


def _set_quotes_aside(scan: Scan) -> None:
    """What stands in quotation marks is text: no day is looked for in the task “close of Q3” report."""
    for place in list(scan.places()):
        piece = scan.quoted(place) if scan.free(place, place + 1) else None
        if piece:
            scan.keep(piece.start, piece.end)


def take_due(draft: Draft) -> None:
    """The day or moment that it is due: one that is announced (by, before, 前) first, else the only one.

    One that does not exist is asked, whatever else was said.
    """
    scan = draft.scan
    pieces = _whens(scan)
    announced = [piece for piece in pieces if _is_announced(scan, piece)]
    pieces = [_weekend(scan, piece) for piece in pieces]
    points = [piece for piece in pieces if any(when.end is None or when.is_moment for when in piece.readings)]
    weeks = [
        piece for piece in pieces if piece.readings and all(when.grain == "week" for when in piece.readings)
    ]
    unread = [piece for piece in pieces if not piece.readings]
    apart = [piece for piece in points if not _is_inside(scan, piece)]
    chosen = unread[:1] or announced[-1:] or apart or points or weeks
    if len(chosen) == 1:
        piece = chosen[0]
        start = _label_start(scan, piece)
        scan.take(Piece(start, piece.end, ()))
        draft.put_due("due", piece, start)
    elif chosen:
        readings = tuple(reading for piece in chosen for reading in piece.readings)
        draft.put_due("due", Piece(chosen[0].start, chosen[-1].end, readings))
        for piece in chosen:
            scan.take(piece)


def _is_inside(scan: Scan, piece: Piece) -> bool:
    """Whether the day is part of a longer word: the 五一 of 准备五一促销方案."""
    before, after = scan.folded[piece.start - 1 : piece.start], scan.folded[piece.end : piece.end + 1]
    return bool(HAN.match(before or " ") and HAN.match(after or " "))


def _weekend(scan: Scan, piece: Piece) -> Piece:
    """Of a weekend its two days; before a weekend (周末前) is its Friday too."""
    days: list[When] = []
    for when in piece.readings:
        two = when.end is not None and when.grain == "day" and when.end - when.start == timedelta(days=2)
        starts = [when.start, when.start + timedelta(days=1)] if two else []
        before = _BEFORE.match(scan.folded, piece.end) if two else None
        if before:
            starts.insert(0, when.start - timedelta(days=1))
            piece = replace(piece, end=before.end())
        days += [replace(when, start=start, end=None) for start in starts] or [when]
    return replace(piece, readings=tuple(days))


def _whens(scan: Scan) -> list[Piece]:
    found: list[Piece] = []
    end = 0
    for place in scan.places():
        if place < end:
            continue
        piece = scan.when(place)
        if piece and scan.free(piece.start, piece.end):
            found.append(piece)
            end = piece.end
    return found


def _is_announced(scan: Scan, piece: Piece) -> bool:
    words = scan.folded[piece.start : piece.end]
    return (
        _label_start(scan, piece) < piece.start
        or bool(re.match(r"(by|before|due|no later than|until) ", words))
        or words.rstrip().endswith(("前", "之前", "以前"))
    )


def _label_start(scan: Scan, piece: Piece) -> int:
    """Where "due", "deadline" or 截止 before the date begins, or the date itself."""
    before = scan.folded[: piece.start].rstrip(" :：")
    for length in range(1, 16):
        start = len(before) - length
        if start < scan.start:
            break
        found = scan.phrase("labels", start)
        if found and found[0] == "due" and found[1] == len(before):
            return start
    return piece.start


def _customer(draft: Draft) -> None:
    """The customer stands first: a known one, or capitalised words, or a first group of characters before
    others."""
    scan = draft.scan
    left = scan.left()
    if not left:
        return
    start, end = left[0]
    if scan.names is not None:
        _known_customer(draft, start, end)
        return
    typed = scan.text.words(start, end)
    capitals = _CAPITALS.match(typed)
    if capitals and (capitals.end() < len(typed) or len(left) > 1):
        stop = start + len(capitals[0])
        draft.put("customer", scan.text.words(start, stop), start, stop)
        scan.take(Piece(start, stop, ()))
        return
    group = re.compile(r"[\u3400-\u9fff]{2,8}(?=[ :]|$)").match(scan.folded, start)
    if group and not _DOING.match(group[0]) and group.end() <= end and (group.end() < end or len(left) > 1):
        draft.put("customer", scan.text.words(start, group.end()), start, group.end())
        scan.take(Piece(start, group.end(), ()))


def _known_customer(draft: Draft, start: int, end: int) -> None:
    """The longest known name that the text begins with; a near one is asked only for capitalised words."""
    scan = draft.scan
    assert scan.names is not None
    if not draft.has("assignee") and (after := _known_person(draft, start, end)):
        start = after
    stops = [place for place in range(start + 1, end + 1) if place == end or scan.folded[place] == " "][:6]
    for stop in reversed(stops):
        exact = [
            match
            for match in scan.names.match("customer", scan.text.words(start, stop))
            if match.score >= 100
        ]
        if exact:
            draft.put_readings(
                "customer", [match.name for match in exact] if len(exact) == 1 else exact, start, stop
            )
            if len(exact) == 1:
                draft.matches["customer"] = exact[0]
            scan.take(Piece(start, stop, ()))
            return


def _known_person(draft: Draft, start: int, end: int) -> int | None:
    """Where the words go on after a colleague's full name with which the task begins: 李雷 华星 演示."""
    scan = draft.scan
    assert scan.names is not None
    stops = [place for place in range(start + 1, end + 1) if place == end or scan.folded[place] == " "][:3]
    for stop in reversed(stops):
        typed = scan.text.words(start, stop)
        exact = [match for match in scan.names.match("person", typed) if match.score >= 100]
        if len(exact) == 1:
            draft.put("assignee", exact[0].name, start, stop)
            draft.matches["assignee"] = exact[0]
            scan.take(Piece(start, stop, ()))
            rest = scan.trim(stop, end)
            return rest[0] if rest else end
    return None
