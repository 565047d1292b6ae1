"""When a deal closes, and how likely: the day and the share among those that are of something else."""

import re

from bot.language.lines.draft import Draft
from bot.language.lines.labels import first_place, label_after, whole_number
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.lines.worth import take_amount

_BREAK = re.compile(r"[,，;；。!！?？\n]|\.(?= |$)")


def take_figures(draft: Draft) -> None:
    scan = draft.scan
    while off := scan.first(scan.discount):
        scan.taken.remove((off.start, off.end))
        scan.keep(off.start, off.end)
    if not draft.has("probability") and (piece := scan.first(lambda place: chance(scan, place))):
        scan.take(Piece(piece.end, label_after(scan, "probability", piece.end), ()))
        draft.put("probability", whole_number(piece.readings[0]), piece.start, piece.end)
    take_amount(draft, first_place(scan))


def chance(scan: Scan, place: int) -> Piece | None:
    """A share that stands alone: the 30% of 首付30% or "30% upfront" is no chance of winning."""
    piece = scan.percent(place)
    if piece is None:
        return None
    before = scan.folded[place - 1 : place]
    is_other = (HAN.match(before or " ") and scan.free(place - 1, place)) or _shares(scan, place, piece.end)
    if is_other:
        scan.keep(piece.start, piece.end)
        return None
    return piece


def _shares(scan: Scan, start: int, end: int) -> bool:
    """Whether a word beside a share says what else it is of: a deposit, a margin, a tax."""
    behind = end + (scan.folded[end : end + 1] == " ")
    ahead = [place for place in range(max(scan.start, start - 12), start) if scan.begins_group(place)]
    after = scan.phrase("labels", behind) if behind < len(scan.folded) else None
    return (after is not None and after[0] == "share") or any(
        found[0] == "share" and not scan.folded[found[1] : start].strip(" :：")
        for place in ahead
        if (found := scan.phrase("labels", place))
    )


def take_closing_day(draft: Draft) -> None:
    """The day of closing; of several that nothing announces, which one it is."""
    scan = draft.scan
    if draft.has("close_on"):
        return
    found: list[Piece] = []
    end = first_place(scan) + 1
    for place in list(scan.places()):
        if place < end or not scan.free(place, place + 1):
            continue
        piece = scan.when(place)
        if piece and scan.free(piece.start, piece.end) and _can_close(scan, piece):
            found.append(piece)
        end = piece.end if piece else end
    for piece in found:
        scan.take(Piece(piece.start, label_after(scan, "close_on", piece.end), ()))
    if len(found) == 1:
        draft.put_day("close_on", found[0])
    elif found:
        readings = tuple(reading for piece in found for reading in piece.readings)
        draft.put_day("close_on", Piece(found[0].start, found[-1].end, readings, found[0].why))


def _can_close(scan: Scan, piece: Piece) -> bool:
    """Whether a day can be that of closing: not a title's, not of another event, not inside a sentence."""
    if is_title(scan, piece.start):
        return False
    if not piece.readings:
        return True
    first = first_place(scan)
    clause = _BREAK.split(scan.folded[first : piece.start])[-1]
    if _is_of_event(scan, piece, clause) or _in_sentence(scan, piece, clause, first):
        scan.keep(piece.start, piece.end)
        return False
    return True


def _is_of_event(scan: Scan, piece: Piece, clause: str) -> bool:
    """Whether the words beside a day are what happens on it: 12月底交货, "demo Friday"."""
    following = scan.folded[piece.end : piece.end + 1]
    behind = piece.end + (following == " ")
    if behind < len(scan.folded):
        label, source = scan.phrase("labels", behind), scan.phrase("sources", behind)
        if label and label[0] == "event":
            return True
        if not source and not label and scan.phrase("next_steps", behind):
            return True
        glued = HAN.match(following or " ") and scan.free(piece.end, piece.end + 1)
        if glued and not (label or source):
            return True
    return bool(clause.strip()) and _is_event(scan, piece.start)


def _in_sentence(scan: Scan, piece: Piece, clause: str, first: int) -> bool:
    """Whether a later clause says more than the day: "renewal for two years Dec 15"."""
    begins = piece.start - len(clause)
    untaken = [
        place
        for place in range(begins, piece.start)
        if scan.folded[place].isalpha() and scan.free(place, place + 1)
    ]
    return begins > first and len(re.findall(r"[a-z'’-]+", clause)) > 2 and len(untaken) > 8


def _is_event(scan: Scan, start: int) -> bool:
    """Whether the words before a day are what happens on it: "demo Friday", "go live in March"."""
    for place in range(max(scan.start, start - 20), start):
        if not scan.begins_group(place) or not scan.free(place, place + 1):
            continue
        for section in ("kinds", "next_steps", "follow_up", "labels"):
            found = scan.phrase(section, place)
            if found and (section != "labels" or found[0] == "event"):
                between = scan.folded[found[1] : start].strip()
                if between in ("", "in", "on", "by", "at", "for", "with", "是", "定在"):
                    return True
    return False


def is_title(scan: Scan, place: int) -> bool:
    """Whether a year is part of what is sold: the 2026年度 of 2026年度框架."""
    piece = scan.when(place)
    if piece is None or not piece.readings or scan.ends_group(piece.end):
        return False
    if not scan.free(piece.end, piece.end + 1) or scan.amount(piece.end):
        return False  # 华星明年3月12万
    of_name = " " not in scan.folded[first_place(scan) : piece.end]  # 下周一科技
    if piece.readings[0].grain != "year" and not of_name:
        return False
    return scan.phrase("labels", piece.end) is None
