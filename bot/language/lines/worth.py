"""What a deal is worth: its one amount, or the question which of several, or whether a price is of one or of
all."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from bot.language.lines.draft import Draft
from bot.language.lines.scan import Piece, Scan
from bot.language.values import Amount

# So many of something, which is neither an amount nor a name.
_QUANTITY = re.compile(
    r"(?<![\d.,a-z-])(\d[\d,]*)(k?) ?(?:-?"
    r"(?:seats?|licen[cs]es?|users?|units?|pcs|pieces|boxes|months?|years?|yrs?|people|stores|sites)\b"
    r"|(?:x|[×*]) ?(?=[$€£¥₹]|\d)|套|个用户|个席位|个坐席|个账号|个人|台|用户|席位|坐席|座席|人天|件|箱"
    r"|批|辆|张|人(?![\u3400-\u9fff]))"
)
_PRICE_OF_ONE = re.compile(r"[,，]? ?(?:@|at|x|\*|×|单价|每[套台个件箱张人]|一[套台个件箱张]|each) ?")
_UNIT_PRICE = re.compile(r"(?:单价|每[套台个件箱张人]|unit price|price per \w+) ?[:为是]? ?")
_EACH = re.compile(r" ?(?:each|apiece|/ ?(?:each|pc|unit|seat|user)|per (?:unit|piece|seat|user))(?![a-z])")
_TIME = re.compile(r"(?:months?|years?|yrs?)$")
_EITHER = re.compile(r" ?(?:or|/|或者?|还是) ?")
_PER = re.compile(
    r" ?(?:/|\b(?:per|an?|each|every)\b|每|一个?(?=[^\d\s])) ?[^\d\s]+$| [a-z.]+$"
    r"|^(?:每个?|一)[年月季周天](?:度|份)?(?=[\d¥$€£一二三四五六七八九十百])"
)


def take_quantities(draft: Draft) -> None:
    """ "50 seats at $90", 50套 每套900: whether the price is of one or of all, only the person can tell."""
    scan = draft.scan
    for place in list(scan.places()):
        found = _QUANTITY.match(scan.folded, place)
        if found and found[2] and found[0][-1] in "hsr" and _TIME.search(found[0]):
            continue  # 99k month end
        if not found or not scan.free(place, found.end()) or scan.folded[place - 1 : place] == "$":
            continue
        times = found[0].rstrip()[-1] in "x×*"
        scan.keep(place, found.end(1) if times else found.end())
        before = None if times else _price_before(scan, place)
        if before and not draft.has("amount"):
            _ask_one_or_all(draft, found, before, before.start)
            continue
        after = found.end() if times else None
        if price := _PRICE_OF_ONE.match(scan.folded, found.end()):
            after = price.end()
        piece = scan.amount(after, bare_from=1) if after else None
        if after and piece and piece.readings and not draft.has("amount"):
            start = price.start() if price else place
            _ask_one_or_all(draft, found, replace(piece, start=max(start, found.end(1))), place)


def _price_before(scan: Scan, place: int) -> Piece | None:
    """单价900 before 50套."""
    for found in _UNIT_PRICE.finditer(scan.folded, scan.start, place):
        piece = scan.amount(found.end(), bare_from=1)
        if piece and piece.readings and not scan.folded[piece.end : place].strip(" ,，"):
            return replace(piece, start=found.start())
    return None


def _ask_one_or_all(draft: Draft, quantity: re.Match[str], price: Piece, start: int) -> None:
    count = Decimal(quantity[1].replace(",", "")) * (1000 if quantity[2] else 1)
    every = tuple(replace(each, value=each.value * count, per=None) for each in price.readings)
    each = _EACH.match(draft.scan.folded, price.end)
    of_one = each or any(amount.per == "seat" for amount in price.readings)
    readings = every if of_one else (*every, *price.readings)
    both = replace(price, end=each.end() if each else price.end, readings=readings)
    draft.scan.take(both)
    draft.put_amount(both, start)


def take_amount(draft: Draft, first: int) -> None:
    """The amount, of which there is one; of several, which one it is."""
    scan = draft.scan
    if draft.has("amount"):
        return
    if piece := scan.first(scan.amount_range):
        draft.put_readings("amount", [each.value for each in piece.readings], piece.start, piece.end)
        if currency := piece.readings[0].currency:
            draft.put("currency", currency, piece.start, piece.end)
        return
    found = _clear(scan)
    whole = [piece for piece in found if not _is_of_one(piece)]
    if len(whole) < len(found) and whole:
        for piece in found:
            if piece not in whole:
                scan.keep(piece.start, piece.end)
    chosen = whole or found
    if not chosen:
        bare = scan.first(lambda place: scan.amount(place, bare_from=100) if place > first else None)
        if bare:
            _put(draft, bare)
        return
    if len(chosen) == 1 or not all(len(piece.readings) == 1 for piece in chosen):
        scan.take(chosen[0])
        _put(draft, chosen[0])
        return
    _ask_which(draft, chosen)


def _clear(scan: Scan) -> list[Piece]:
    """Every stretch that is surely money, in order."""
    found: list[Piece] = []
    end = 0
    for place in scan.places():
        piece = scan.amount(place) if place >= end else None
        if piece and scan.free(piece.start, piece.end):
            found.append(piece)
            end = piece.end
    return found


def _is_of_one(piece: Piece) -> bool:
    return any(each.per == "seat" for each in piece.readings)


def _ask_which(draft: Draft, pieces: list[Piece]) -> None:
    """Which of several amounts; where none stands for another ("20k or 30k"), their sum too."""
    scan = draft.scan
    amounts: list[Amount] = [piece.readings[0] for piece in pieces]
    either = all(_EITHER.fullmatch(scan.folded, one.end, other.start) for one, other in pairwise(pieces))
    if either:
        scan.take(Piece(pieces[0].start, pieces[-1].end, ()))
    else:
        for piece in pieces:
            scan.keep(piece.start, piece.end)
        if len({each.currency for each in amounts}) == 1:
            total = sum((each.value for each in amounts), Decimal(0))
            amounts.append(replace(amounts[0], value=total))
    draft.put_amount(Piece(pieces[0].start, pieces[-1].end, tuple(amounts)))


def _put(draft: Draft, piece: Piece) -> None:
    """The amount; what it is for (per year, ARR, 每年) stays in the note. (20k) is no loss here."""
    above = tuple(each for each in piece.readings if each.value > 0)
    draft.put_amount(replace(piece, readings=above or piece.readings))
    scan = draft.scan
    if not any(each.per for each in piece.readings):
        return
    scan.taken.remove((piece.start, piece.end))
    words = _PER.search(scan.folded[piece.start : piece.end])
    if words is None:
        scan.take(piece)
    elif words.start() == 0:
        scan.take(replace(piece, start=piece.start + words.end()))
    else:
        scan.take(replace(piece, end=piece.start + words.start()))
