"""quote: for whom, how many of what, at which price and discount, valid until when."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.language.lines.closing import chance
from bot.language.lines.draft import Draft
from bot.language.lines.scan import Piece, Scan
from bot.language.numerals import han_number
from bot.language.spans import later
from bot.language.values import LineItem

_TIMES = r"(?:x(?![a-z])|×|\*|乘)"
_MEASURES = "套个台份人年件张箱批次辆块盒瓶吨米"
_UNITS = rf"(?:个用户|个席位|个坐席|个账号|个月|用户|席位|坐席|座席|人天|[{_MEASURES}])"
_COUNT = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
_BEFORE = re.compile(
    rf"({_COUNT}) ?(?:{_TIMES} ?|{_UNITS}的? ?"
    r"|(?:seats?|licen[cs]es?|units?|users?|pcs|pieces|boxes|months?|years?|days?|hours?)(?: of)? )"
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]")
_BARE = re.compile(r"(\d[\d,]*) (?=[^\d\s%])")
_INNER = re.compile(r" (\d[\d,]*) (?=[^\d\s%])")
_AFTER = re.compile(
    rf" ?(?:(?<![a-z])x|[×*乘]|:(?= ?\d+ ?(?:[,，;；]|$))) ?({_COUNT})(?![\d.%])(?: ?{_UNITS})?"
    rf"|(\d[\d,]*|[一二两三四五六七八九十百千]+(?!年)) ?{_UNITS}"
)
_TERM = re.compile(
    r"\d+(?:\.\d+)? ?(?:months?|years?|yrs?|days?|weeks?|%|percent)(?![a-z])"
    r"|\d+个?[年月天周](?![\u3400-\u9fff])"
)
_WHOM = re.compile(r"(?:for|to) |给(?!力|排水)")
_ONE = re.compile(rf" ?(?:/|每|一) ?(?:{_UNITS}|(?:each|pc|unit|seat|user|license|licence)(?![a-z]))")
_QUOTES = '"“”「」'
_STOP = re.compile(r"[,，;；、。\n+]|:(?! ?\d+ ?(?:[,，;；]|$))| and |和(?=\d)")
_PRICE = re.compile(
    r"[,，]? ?(?:@|at(?= )|for(?= ?[$€£¥])|each at|单价"
    rf"|每(?:个用户|个席位|用户|席位|人天|月|[{_MEASURES}])) ?[:为是]? ?"
)
_UNIT = re.compile(rf"{_COUNT} ?{_UNITS}")
_MODEL = re.compile(r" ?X\d")
_LATER = re.compile(r" ?[x×*] ?\d")
_SIGNED = re.compile(r"[$€£¥]|[\d.,]+ ?(?:元|块|[kw万千百亿]|usd|eur|gbp|rmb|cny|美元|港币|欧元)")
_MARK = re.compile(r"[,，]? ?")
_CUT = re.compile(
    r"(?P<off>(?:discount|less|minus|优惠|折扣|减|让|降)(?: of)?[:：]? ?)?(?:打|按)?(?P<sign>[-−–] ?)?"
    r"(?<![\d.])(?:(?P<share>\d+(?:\.\d+)?) ?(?:%|percent|个点)(?P<after> ?(?:off|discount)(?![a-z]))?"
    r"|(?P<left>\d+(?:\.\d+)?) ?(?P<zhe>折)扣?)"
)
_JOINED = re.compile(r" ?(?:[,，;；、+&]| and |和|与) ?(?=\d|[一二两三四五六七八九十百千])")
_EACH = re.compile(r" ?(?:each|apiece|/ ?(?:each|pc|unit)|per (?:unit|piece))(?![a-z])|一[套个台份件张箱次]")


def read_quote(draft: Draft) -> str:
    """Fill the draft; what is left is the note."""
    scan = draft.scan
    quoted = scan.leading_quote()
    if quoted:
        draft.put("customer", quoted.readings[0], quoted.start, quoted.end)
    begins = scan.trim(scan.start, len(scan.folded))
    if begins and not quoted and (whom := _WHOM.match(scan.folded, begins[0])):
        scan.start = whom.end()
    _valid_until(draft)
    _odd_discounts(draft)
    items, first = _items(scan)
    if items:
        draft.fields["lines"] = tuple(items)
        draft.words["lines"] = scan.text.words(first, max(end for start, end in scan.taken if start >= first))
    if not draft.has("discount_percent"):
        _discount(draft)
    left = [each for each in scan.left() if scan.folded[slice(*each)] not in ("and", "&", "和", "与")]
    if left and not quoted:
        start, end = left[0]
        begins = scan.trim(scan.start, len(scan.folded))
        if begins and start == begins[0]:
            left.pop(0)
            if rest := draft.name("customer", "customer", start, end, cut=True):
                left.insert(0, rest)
    return scan.words(left)


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _valid_until(draft: Draft) -> None:
    scan = draft.scan
    for place in list(scan.places()):
        found = scan.phrase("labels", place)
        if not found or found[0] != "valid_until":
            continue
        value = re.compile(r"[\s:：]*(?:for |until |till |to |至|到|为)?").match(scan.folded, found[1])
        start = value.end() if value else found[1]
        length = scan.read("dur", start)
        piece = scan.when(start)
        if length and (piece is None or length[0][1] > piece.end):
            day = later(scan.context.today, length[0][0], scan.context.working_days)
            scan.take(Piece(place, length[0][1], ()))
            draft.put("valid_until", day, place, length[0][1])
            return
        if piece:
            scan.take(Piece(place, piece.end, ()))
            draft.put_day("valid_until", piece, place)
            return


def _discount(draft: Draft) -> None:
    scan = draft.scan
    if discount := scan.first(scan.discount):
        draft.put("discount_percent", _number(discount.readings[0]), discount.start, discount.end)
    elif share := scan.first(lambda place: chance(scan, place)):
        draft.put_asked("discount_percent", (_number(share.readings[0]),), share.start, share.end)


def _odd_discounts(draft: Draft) -> None:
    """Take a discount that nobody can give, so that no product's name or note swallows it: 120% off, 0折.

    10折 to 19折 are asked: hardly anybody takes 88 % off and writes 12折.
    """
    scan = draft.scan
    for found in _CUT.finditer(scan.folded, scan.start):
        start, end = found.span()
        if draft.has("discount_percent") or not scan.free(start, end):
            continue
        if (found["sign"] and not scan.begins_group(start)) or not (
            found["off"] or found["after"] or found["zhe"]
        ):
            continue
        share = Decimal(found["share"] or found["left"])
        is_odd = found["sign"] or (share < 1 or share >= 100 if found["zhe"] else share > 100)
        asked: tuple[int | Decimal, ...] = ()
        if found["zhe"] and not is_odd and 10 <= share < 20:
            asked = (0, 90) if share == 10 else (_number(100 - share),)
        if is_odd or asked:
            scan.take(Piece(start, end, ()))
            draft.put_asked("discount_percent", asked, start, end)


def _items(scan: Scan) -> tuple[list[LineItem], int]:
    """The products with their quantities, and where the first one begins."""
    items: list[LineItem] = []
    first = len(scan.folded)
    place = scan.start
    while place < len(scan.folded):
        found = _item(scan, place)
        if found is None:
            place += 1
            continue
        item, start, end = found
        items += _apart(scan, item)
        first = min(first, start)
        scan.take(Piece(start, end, ()))
        place = end
    return items, first


def items_in_row(scan: Scan) -> tuple[list[LineItem], int]:
    """The products that follow each other from where the scan starts, and where the first one begins."""
    items: list[LineItem] = []
    place = first = scan.start
    while place < len(scan.folded) and (found := _item(scan, place)):
        item, start, end = found
        if start > _next_word(scan, place):
            break
        items += _apart(scan, item)
        scan.take(Piece(start, end, ()))
        joined = _JOINED.match(scan.folded, end)
        if joined:
            scan.take(Piece(end, joined.end(), ()))
        place = joined.end() if joined else len(scan.folded)
    return items, first


def _apart(scan: Scan, item: LineItem) -> list[LineItem]:
    """ "50 Pro 10 Support" is two items where the price list has Pro and Support, and no "Pro 10 Support".

    Only where it can be parted in one way; what stands behind the last one is the last one's.
    """
    if scan.names is None or not _INNER.search(item.product) or _is_product(scan, item.product):
        return [item]
    ways = _ways(scan, item.quantity, item.product)
    if len(ways) != 1:
        return [item]
    parted = [LineItem(product, count) for count, product in ways[0]]
    return [*parted[:-1], replace(item, product=parted[-1].product, quantity=parted[-1].quantity)]


def _ways(scan: Scan, count: Decimal, words: str) -> list[list[tuple[Decimal, str]]]:
    """Every way to read words as products of the price list, each with its quantity."""
    found = [[(count, words)]] if _is_product(scan, words) else []
    for inner in _INNER.finditer(words):
        if _is_product(scan, words[: inner.start()]):
            following = _ways(scan, Decimal(inner[1].replace(",", "")), words[inner.end() :])
            found += [[(count, words[: inner.start()]), *rest] for rest in following]
    return found


def _is_product(scan: Scan, words: str) -> bool:
    found = scan.names.match("product", words) if scan.names else ()
    return any(each.score >= 100 for each in found)


def _item(scan: Scan, place: int) -> tuple[LineItem, int, int] | None:
    begins = scan.begins_group(place) and scan.folded[place - 1 : place] not in ("×", "*", ".")
    if not (begins and _NUMBER.match(scan.folded, place) and scan.free(place, place + 1)):
        return _item_after(scan, place)
    quantity = _BEFORE.match(scan.folded, place) or _BARE.match(scan.folded, place)
    if quantity and _ends_item(scan, quantity.end()):
        item = _item_after(scan, place, words=True)
        if item is None and quantity.re is _BEFORE and _PRICE.match(scan.folded, quantity.end()):
            scan.keep(place, quantity.end())  # "40 seats @ $100": of what?
        return item
    if not quantity or scan.discount(place) or scan.percent(place):
        return None
    if quantity.re is _BEFORE and _UNIT.match(quantity[0]) and _counted_later(scan, quantity.end()):
        # Pro 50套 Support 10套: the last product has its quantity behind it, so all have.
        behind = _item_after(scan, place, words=True)
        if behind:
            return behind
    money = scan.amount(place)
    if quantity.re is _BARE:
        is_price = money is not None and money.end > quantity.end()
        if is_price or _TERM.match(scan.folded, place) or _counted_later(scan, quantity.end()):
            return None
    end = _product_end(scan, quantity.end())
    stretch = scan.trim(quantity.end(), end)
    if not stretch or (scan.folded[slice(*stretch)].isdigit() and scan.folded[place - 1 : place] == " "):
        return None  # GTX 500 x 5
    count = _count(quantity[1])
    return (
        _priced(scan, LineItem(scan.text.words(*stretch).strip(_QUOTES), count), place, end)
        if count
        else None
    )


def _counted_later(scan: Scan, place: int) -> bool:
    """Whether the clause has its own quantity further on: the 4090 of "RTX 4090 显卡 10张" is a model's."""
    end = next((found.start() for found in _STOP.finditer(scan.folded, place)), len(scan.folded))
    return bool(_LATER.match(scan.folded, place)) or any(
        scan.begins_group(found.start()) and _ends_item(scan, found.end())
        for found in _BEFORE.finditer(scan.folded, place, end)
    )


def _ends_item(scan: Scan, place: int) -> bool:
    """Whether nothing but a price follows a quantity, as in 显卡 10张 单价4999: the product stands before."""
    priced = _PRICE.match(scan.folded, place)
    if _is_money(scan, place) or scan.discount(place):
        return True
    if not scan.folded[place:].strip() or _STOP.match(scan.folded, place):
        return not scan.folded[place - 1].isspace() or not scan.folded[place:].strip()
    return priced is not None and scan.amount(priced.end(), bare_from=0) is not None


def _is_money(scan: Scan, place: int) -> bool:
    """Whether a price stands here by its own sign or multiplier: 900元, $99, 3万."""
    begins = place < len(scan.folded) and (scan.folded[place].isdigit() or scan.folded[place] in "$€£¥")
    piece = scan.amount(place) if begins else None
    return piece is not None and bool(_SIGNED.match(scan.folded, place, piece.end))


def _count(typed: str) -> Decimal | None:
    """A quantity in figures or characters."""
    plain = typed.replace(",", "")
    return Decimal(plain) if plain[0].isdigit() else han_number(plain)


def _item_after(scan: Scan, place: int, *, words: bool = False) -> tuple[LineItem, int, int] | None:
    """ "Pro x 50", 专业版50套: the quantity after one word of a product, or after the words of its clause."""
    if scan.folded[place].isdigit() and scan.folded[place - 1 : place].isdigit():
        return None
    found = _AFTER.match(scan.folded, place)
    if not found or not scan.free(found.start(), found.end()):
        return None
    if _MODEL.match(scan.text.words(found.start(), found.end())) and _counted_later(scan, found.end()):
        return None  # X1 3台
    start = place
    begin = max((end for _, end in scan.taken if end <= place), default=scan.start)
    while start > begin and not _STOP.match(scan.folded, start - 1) and scan.folded[start - 1] != " ":
        start -= 1
    word = scan.folded[start:place].strip()
    if words:
        start = _product_start(scan, begin, place)
    elif word.isdigit() and start > begin:
        start = scan.folded.rfind(" ", begin, start - 1) + 1 or start
    stretch = scan.trim(start, place)
    if not stretch:
        return None
    count = _count(found[1] or found[2])
    cut = scan.discount(stretch[0])
    if count is None or (cut and cut.end > place):
        return None
    return _priced(scan, LineItem(scan.text.words(*stretch).strip(_QUOTES), count), stretch[0], found.end())


def _product_start(scan: Scan, begin: int, place: int) -> int:
    """Where the words of a product begin: after a mark or the item before, and after the customer's name."""
    marks = [found.end() for found in _STOP.finditer(scan.folded, begin, place)]
    start = marks[-1] if marks else begin
    trimmed = scan.trim(start, place)
    if trimmed is None and marks:  # 专业版，50套: the product is in the clause before
        start = marks[-2] if len(marks) > 1 else begin
        trimmed = scan.trim(start, place)
    behind = any(stop <= place for _, stop in scan.taken)
    if trimmed is None or trimmed[0] > (scan.trim(scan.start, place) or trimmed)[0] or behind:
        return start
    space = scan.folded.find(" ", trimmed[0], place)
    return space if space > 0 else start


def _product_end(scan: Scan, start: int) -> int:
    """Where a product's name ends: at a mark, a price, a discount or the next quantity."""
    place = start
    while place < len(scan.folded):
        if _STOP.match(scan.folded, place) or not scan.free(place, place + 1):
            return place
        if place > start and scan.folded[place] == "(" and scan.discount(place + 1):
            return place
        if place > start and scan.folded[place - 1] == " ":
            if _TERM.match(scan.folded, place) or _is_money(scan, place):
                return place
            digit = scan.folded[place].isdigit()
            if digit and (_BEFORE.match(scan.folded, place) or scan.discount(place)):
                return place
            if _PRICE.match(scan.folded, place) and scan.amount(_after_price(scan, place), bare_from=0):
                return place
            if scan.discount(place):
                return place
        place += 1
    return place


def _after_price(scan: Scan, place: int) -> int:
    found = _PRICE.match(scan.folded, place)
    return found.end() if found else place


def _priced(scan: Scan, item: LineItem, start: int, end: int) -> tuple[LineItem, int, int]:
    """The item with its own price and discount, where they follow it directly."""
    found = _PRICE.match(scan.folded, end)
    if found and (price := scan.amount(found.end(), bare_from=0)) and len(price.readings) == 1:
        item = replace(item, unit_price=price.readings[0].value)
        each = _EACH.match(scan.folded, price.end) or _ONE.match(scan.folded, price.end)
        end = each.end() if each else price.end
    elif (bare := _MARK.match(scan.folded, end)) and _is_money(scan, bare.end()):
        price = scan.amount(bare.end())
        if price and len(price.readings) == 1:
            item = replace(item, unit_price=price.readings[0].value)
            each = _EACH.match(scan.folded, price.end) or _ONE.match(scan.folded, price.end)
            end = each.end() if each else price.end
    own = re.compile(r" ?").match(scan.folded, end)
    discount = scan.discount(own.end()) if own else None
    # A discount after the last product is the whole quote's; one before another product is this one's.
    if discount and _BEFORE.match(scan.folded, _next_word(scan, discount.end)):
        item = replace(item, discount_percent=discount.readings[0])
        end = discount.end
    return item, start, end


def _next_word(scan: Scan, place: int) -> int:
    found = re.compile(r"[\s,，;；、+]*").match(scan.folded, place)
    return found.end() if found else place
