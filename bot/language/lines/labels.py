"""Fields that a word announces: close end of Dec, via referral, 竞品用友; and words that are only ever one
field's.
"""

import re
from decimal import Decimal

from bot.language.lines.draft import Draft
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.tables import TABLES


def label_before(scan: Scan, label: str, start: int) -> int:
    """Where the label that ends before a place begins, or the place itself."""
    for place in range(max(scan.start, start - 16), start):
        found = scan.phrase("labels", place) if scan.begins_group(place) else None
        if found and found[0] == label and skip_to_value(scan, found[1]) >= start:
            return place
    return start


def first_place(scan: Scan) -> int:
    """Where the line's own words begin."""
    trimmed = scan.trim(scan.start, len(scan.folded))
    return trimmed[0] if trimmed else len(scan.folded)


def take_labelled(draft: Draft) -> None:
    """Fields that their own word announces: close end of Dec, via referral, vs Zoho, 竞品用友."""
    scan = draft.scan
    for place in list(scan.places()):
        found = scan.phrase("labels", place) if scan.free(place, place + 1) else None
        if not found or place <= first_place(scan):
            continue
        label, end = found
        value = skip_to_value(scan, end)
        piece = take_value(draft, label, value)
        if piece and scan.free(place, piece.end):
            scan.take(Piece(place, label_after(scan, label, piece.end), ()))


def label_after(scan: Scan, label: str, end: int) -> int:
    """Past a label that follows its value: 12月20日签约, "Q1 close", "60% likely"."""
    end += scan.folded[end : end + 1] == " "
    if not scan.free(end, end + 1):
        return end
    found = scan.phrase("labels", end) if end < len(scan.folded) else None
    return found[1] if found and found[0] == label and scan.ends_group(found[1]) else end


def skip_to_value(scan: Scan, place: int) -> int:
    found = re.compile(r"[\s:：=]*(?:on |by |is |in |为|是|于)?").match(scan.folded, place)
    return found.end() if found else place


def take_value(draft: Draft, label: str, value: int) -> Piece | None:
    scan = draft.scan
    if draft.has(label):
        return None
    if label == "close_on":
        piece = scan.when(value)
        if piece:
            draft.put_day("close_on", piece)
        return piece
    if label == "probability":
        piece = scan.percent(value)
        if piece:
            draft.put("probability", whole_number(piece.readings[0]), piece.start, piece.end)
        return piece
    if label == "amount":
        weak = scan.folded[:value].rstrip().endswith(("for", "at"))
        piece = scan.amount(value, bare_from=None if weak else 1)
        if piece:
            draft.put_amount(piece)
        return piece
    if label in ("source", "competitor", "contact", "stage", "owner"):
        piece = _words_of(scan, label, value)
        if piece:
            draft.put(label, scan.text.words(piece.start, piece.end), piece.start, piece.end)
        return piece
    return None


def whole_number(share: object) -> object:
    """60 as a whole number, 12.5 as it is."""
    assert isinstance(share, Decimal)
    return int(share) if share == share.to_integral_value() else share


def _words_of(scan: Scan, label: str, value: int) -> Piece | None:
    """The words after a label: a known word of the table, else one word, or a run of capitalised ones."""
    section = {"source": "sources", "stage": "stages"}.get(label)
    if quoted := scan.quoted(value):
        return quoted
    if section and (known := scan.phrase(section, value)):
        return Piece(value, known[1], ())
    end = value
    while word := re.compile(r" ?([^\s,，;；。]+)").match(scan.folded, end):
        typed = scan.text.words(word.start(1), word.end(1))
        begins = word.start(1)
        joined = (
            re.compile(r"(?:and|&|和|与|/) ?").match(scan.folded, begins) if label == "competitor" else None
        )
        if joined and end > value:
            end = joined.end()
            continue
        is_more = typed[0].isupper() and scan.free(begins, word.end(1))
        if (
            end > value
            and scan.folded[end - 1] not in " /&和与"
            and (not is_more or scan.phrase("labels", begins) or scan.when(begins) or scan.amount(begins))
        ):
            break
        end = word.end(1)
    return Piece(value, end, ()) if end > value else None


def take_source(draft: Draft) -> None:
    """A word that is only ever a source, said without its label: 转介绍."""
    scan = draft.scan
    if draft.has("source"):
        return
    first = first_place(scan)
    for place in list(scan.places()):
        found = scan.phrase("sources", place)
        owned = scan.folded[:place].endswith("'s ")  # John's referral
        if found and place > first and not owned and scan.begins_group(place) and scan.ends_group(found[1]):
            scan.take(Piece(label_before(scan, "from", place), found[1], ()))
            draft.put("source", scan.text.words(place, found[1]), place, found[1])
            return


def take_stage(draft: Draft) -> None:
    """A stage of this workspace, said by its very name."""
    scan = draft.scan
    if draft.has("stage"):
        return
    for place in scan.places():
        found = scan.phrase("stages", place)
        if found and scan.folded.startswith(("阶段", " stage"), found[1]):
            scan.take(Piece(place, found[1] + (6 if scan.folded[found[1]] == " " else 2), ()))
            draft.put("stage", scan.text.words(place, found[1]), place, found[1])
            return
    for start, end in scan.left()[1:]:
        typed = scan.text.words(start, end)
        exact = (
            [match for match in scan.names.match("stage", typed) if match.score >= 100] if scan.names else []
        )
        said = scan.phrase("stages", start)
        if len(exact) == 1:
            draft.matches["stage"] = exact[0]
        elif exact or not said or said[1] != end or not _is_only_a_stage(scan.folded[start:end], said[0]):
            continue
        scan.take(Piece(start, end, ()))
        draft.put("stage", exact[0].name if exact else typed, start, end)
        return


def _is_only_a_stage(word: str, key: str) -> bool:
    """Whether a word that stands alone is nothing but a stage: "won", 商务谈判, not "demo" or 方案."""
    usual = any(word == table["stages"][key][0] for table in TABLES.values() if key in table["stages"])
    return (usual and word != "方案") or (HAN.match(word) is not None and len(word) >= 4) or " " in word
