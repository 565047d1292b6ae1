"""deal, customer, lead and contact: a name, then whatever else was said of it."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.language.lines.draft import Draft
from bot.language.lines.people import read_person
from bot.language.lines.profiles import read_profile, read_website
from bot.language.lines.scan import Piece, Scan

_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}")
# The digits of a mention, <@U0123456789>, are no phone.
_PHONE = re.compile(r"(?<!\d)\+?\d[\d ()-]{6,18}\d(?!\d)(?![^\s<>]*>)")
# So many of something, which is neither an amount nor a name.
_QUANTITY = re.compile(
    r"(?<![\d.,a-z-])(\d[\d,]*) ?(?:-?"
    r"(?:seats?|licen[cs]es?|users?|units?|pcs|pieces|boxes|months?|years?|yrs?)\b"
    r"|套|个用户|个席位|个坐席|个账号|台|用户|席位|坐席|座席|人天|件|箱|批|辆|张)"
)
_PRICE_OF_ONE = re.compile(r",? ?(?:@|at|x|\*|×|单价|每[套台个件箱张人]|each) ?")
_UNIT_PRICE = re.compile(r"(?:单价|每[套台个件箱张人]|unit price|price per \w+) ?[:为是]? ?")
_JOINT = re.compile(r"(?:and|&|和|与|/) ?")
_SUBJECT = {"deal": "customer", "customer": "customer", "lead": "customer", "contact": "contact"}


def read_record(verb: str, draft: Draft) -> str:
    """Fill the draft; what is left is the note."""
    scan = draft.scan
    first = _quoted_name(draft, verb)
    if verb in ("contact", "lead", "customer"):
        _addresses(draft)
        read_profile(verb, draft)
        if verb == "customer":
            read_website(draft)
    else:
        _set_aside(scan, _PHONE)
        _set_aside(scan, _EMAIL)
    named = _named_by_figure(scan) if verb == "deal" and not first else None
    if verb == "deal":
        _quantity(draft)
    _labelled(draft)
    if mention := scan.first(scan.mention):
        scan.take(Piece(label_before(scan, "owner", mention.start), mention.end, ()))
        draft.put("owner", mention.readings[0], mention.start, mention.end)
    if verb in ("deal", "lead"):
        _figures(draft)
    if verb == "deal":
        _close_on(draft)
        _known_stage(draft)
    _known_source(draft)
    if named:
        scan.kept.remove(named)
    left = scan.left()
    if not first and left and (verb == "deal" or left[0][0] <= _first_place(scan)):
        start, end = left.pop(0)
        if verb in ("contact", "lead"):
            subject, more = read_person(verb, draft, start, end)
            left = [*more, *left]
            if subject is None:
                return scan.words(left)
            start, end = subject
        rest = draft.name("customer", "customer", start, end, cut=verb == "deal")
        if rest:
            left.insert(0, rest)
    return scan.words(left)


def _set_aside(scan: Scan, pattern: re.Pattern[str]) -> None:
    """Phones and addresses of a deal are no amounts; they stay in its note."""
    for found in pattern.finditer(scan.folded, scan.start):
        if pattern is _EMAIL or len(re.sub(r"\D", "", found[0])) >= 10:
            scan.keep(found.start(), found.end())


def _named_by_figure(scan: Scan) -> tuple[int, int] | None:
    """A name that looks like an amount (3M, 360, 7-11) stands first, before the amount or nothing else."""
    first = _first_place(scan)
    word = re.compile(r"[^\s,，:：;；]+").match(scan.folded, first)
    if not word or not word[0][0].isdigit():
        return None
    money = scan.amount(first)
    end = max(word.end(), money.end) if money and money.end < len(scan.folded) else word.end()
    rest = range(end, len(scan.folded))
    is_only = not scan.folded[end:].strip()
    if not is_only and not any(scan.free(place, place + 1) and scan.amount(place) for place in rest):
        return None
    scan.keep(first, word.end())
    return first, word.end()


def _quantity(draft: Draft) -> None:
    """ "50 seats at $90", 50套 每套900: whether the price is of one or of all, only the person can tell."""
    scan = draft.scan
    for place in list(scan.places()):
        found = _QUANTITY.match(scan.folded, place)
        if not found or not scan.free(place, found.end()) or scan.folded[place - 1 : place] == "$":
            continue
        scan.keep(place, found.end())
        before = _price_before(scan, place)
        if before and not draft.has("amount"):
            _ask_one_or_all(draft, found, before, before.start)
            continue
        price = _PRICE_OF_ONE.match(scan.folded, found.end())
        piece = scan.amount(price.end(), bare_from=1) if price else None
        if price and piece and piece.readings and not draft.has("amount"):
            _ask_one_or_all(draft, found, replace(piece, start=price.start()), place)


def _price_before(scan: Scan, place: int) -> Piece | None:
    """单价900 before 50套."""
    for found in _UNIT_PRICE.finditer(scan.folded, scan.start, place):
        piece = scan.amount(found.end(), bare_from=1)
        if piece and piece.readings and not scan.folded[piece.end : place].strip(" ,，"):
            return replace(piece, start=found.start())
    return None


def _ask_one_or_all(draft: Draft, quantity: re.Match[str], price: Piece, start: int) -> None:
    count = Decimal(quantity[1].replace(",", ""))
    times = [replace(each, value=each.value * count) for each in price.readings]
    both = replace(price, readings=(*times, *price.readings))
    draft.scan.take(both)
    draft.put_amount(both, start)


def label_before(scan: Scan, label: str, start: int) -> int:
    """Where the label that ends before a place begins, or the place itself."""
    for place in range(max(scan.start, start - 16), start):
        found = scan.phrase("labels", place) if scan.begins_group(place) else None
        if found and found[0] == label and _skip(scan, found[1]) >= start:
            return place
    return start


def _first_place(scan: Scan) -> int:
    """Where the line's own words begin."""
    trimmed = scan.trim(scan.start, len(scan.folded))
    return trimmed[0] if trimmed else len(scan.folded)


def _quoted_name(draft: Draft, verb: str) -> bool:
    """A name in quotation marks is that name, whatever words are in it."""
    scan = draft.scan
    quoted = scan.leading_quote()
    if quoted is None:
        return False
    draft.put(_SUBJECT[verb], quoted.readings[0], quoted.start, quoted.end)
    if scan.names is not None:
        kind = "contact" if verb == "contact" else "customer"
        exact = [match for match in scan.names.match(kind, quoted.readings[0]) if match.score >= 100]
        if len(exact) == 1:
            draft.fields[_SUBJECT[verb]] = exact[0].name
            draft.matches[_SUBJECT[verb]] = exact[0]
    return True


def _addresses(draft: Draft) -> None:
    scan = draft.scan
    for name, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        found = next(
            (
                each
                for each in pattern.finditer(scan.folded, scan.start)
                if scan.free(each.start(), each.end())
            ),
            None,
        )
        if found:
            scan.take(Piece(found.start(), found.end(), ()))
            draft.put(name, scan.text.words(found.start(), found.end()), found.start(), found.end())


def _labelled(draft: Draft) -> None:
    """Fields that their own word announces: close end of Dec, via referral, vs Zoho, 竞品用友."""
    scan = draft.scan
    for place in list(scan.places()):
        found = scan.phrase("labels", place) if scan.free(place, place + 1) else None
        if not found or place <= _first_place(scan):
            continue
        label, end = found
        value = _skip(scan, end)
        piece = _value_of(draft, label, value)
        if piece and scan.free(place, piece.end):
            scan.take(Piece(place, label_after(scan, label, piece.end), ()))


def label_after(scan: Scan, label: str, end: int) -> int:
    """Past a label that follows its value: 12月20日签约, "Q1 close", "60% likely"."""
    end += scan.folded[end : end + 1] == " "
    if not scan.free(end, end + 1):
        return end
    found = scan.phrase("labels", end) if end < len(scan.folded) else None
    return found[1] if found and found[0] == label and scan.ends_group(found[1]) else end


def _skip(scan: Scan, place: int) -> int:
    found = re.compile(r"[\s:：=]*(?:on |by |is |in |为|是|于)?").match(scan.folded, place)
    return found.end() if found else place


def _value_of(draft: Draft, label: str, value: int) -> Piece | None:
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
            draft.put("probability", _whole(piece.readings[0]), piece.start, piece.end)
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


def _whole(share: object) -> object:
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


def _figures(draft: Draft) -> None:
    scan = draft.scan
    while off := scan.first(scan.discount):
        scan.taken.remove((off.start, off.end))
        scan.keep(off.start, off.end)
    if not draft.has("probability") and (piece := scan.first(scan.percent)):
        scan.take(Piece(piece.end, label_after(scan, "probability", piece.end), ()))
        draft.put("probability", _whole(piece.readings[0]), piece.start, piece.end)
    if draft.has("amount"):
        return
    if piece := scan.first(scan.amount_range):
        draft.put_readings("amount", [each.value for each in piece.readings], piece.start, piece.end)
        if currency := piece.readings[0].currency:
            draft.put("currency", currency, piece.start, piece.end)
        return
    piece = scan.first(scan.amount) or scan.first(
        lambda place: scan.amount(place, bare_from=100) if place > _first_place(scan) else None
    )
    if piece:
        draft.put_amount(piece)


def _close_on(draft: Draft) -> None:
    scan = draft.scan
    if draft.has("close_on"):
        return
    first = _first_place(scan)
    piece = scan.first(
        lambda place: scan.when(place) if place > first and not _is_title(scan, place) else None
    )
    if piece:
        scan.take(Piece(piece.start, label_after(scan, "close_on", piece.end), ()))
        draft.put_day("close_on", piece)


def _is_title(scan: Scan, place: int) -> bool:
    """Whether a year is part of what is sold: the 2026年度 of 2026年度框架."""
    piece = scan.when(place)
    if piece is None or not piece.readings or scan.ends_group(piece.end):
        return False
    of_name = " " not in scan.folded[_first_place(scan) : piece.end]  # 下周一科技
    if piece.readings[0].grain != "year" and not of_name:
        return False
    return scan.phrase("labels", piece.end) is None


def _known_source(draft: Draft) -> None:
    """A word that is only ever a source, said without its label: 转介绍."""
    scan = draft.scan
    if draft.has("source"):
        return
    first = _first_place(scan)
    for place in list(scan.places()):
        found = scan.phrase("sources", place)
        if found and place > first and scan.begins_group(place) and scan.ends_group(found[1]):
            scan.take(Piece(label_before(scan, "from", place), found[1], ()))
            draft.put("source", scan.text.words(place, found[1]), place, found[1])
            return


def _known_stage(draft: Draft) -> None:
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
    if scan.names is None:
        return
    for start, end in scan.left()[1:]:
        exact = [
            match for match in scan.names.match("stage", scan.text.words(start, end)) if match.score >= 100
        ]
        if len(exact) == 1:
            scan.take(Piece(start, end, ()))
            draft.put("stage", exact[0].name, start, end)
            draft.matches["stage"] = exact[0]
            return
