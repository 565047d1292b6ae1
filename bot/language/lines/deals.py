"""deal, customer, lead and contact: a name, then whatever else was said of it."""

import re
from dataclasses import replace

from bot.language.lines.channels import read_channel
from bot.language.lines.closing import take_closing_day, take_figures
from bot.language.lines.draft import Draft
from bot.language.lines.labels import (
    first_place,
    label_after,
    label_before,
    skip_to_value,
    take_labelled,
    take_source,
    take_stage,
    take_value,
)
from bot.language.lines.people import TITLED, person_behind, read_person
from bot.language.lines.profiles import read_profile, read_website
from bot.language.lines.quotes import items_in_row
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.lines.worth import take_quantities

_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}")
# The digits of a mention, <@U0123456789>, are no phone, nor are those of a day.
_PHONE = re.compile(r"(?<!\d)(?!\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))\+?\d[\d ()-]{6,18}\d(?!\d)(?![^\s<>]*>)")
_LEADING = re.compile(r"(?:(?:for|with) |(?:a |the )?new (?=[A-Z]))")
_AT_COMPANY = re.compile(r"([A-Z][\w.'-]*(?: [A-Z][\w.'-]*)?) (?:at|from|@) (?=[A-Z\d])")
_COMMA = re.compile(r" ?[,，;；](?! ?(?:inc|ltd|llc|llp|co|corp|gmbh|plc|s\.?a|ag|pte|limited)\b)")
_UNCOUNTED = (
    r"%|折|[kKmM万千亿元]|个月|年|天|个?(?:用户|席位|坐席|账号)"
    r"|(?:seats?|users?|licen[cs]es?|people|months?|years?|yrs?|days?|weeks?)\b"
)
_AT_PRICE = re.compile(r"(?:(?<![a-z])at |@ ?|单价[:：]? ?)[$€£¥]?\d[\d.,]*(?<![.,])")
_WITH = re.compile(
    r"(?:(?<![a-z])(?:with|including) |(?:包含|包括|含|产品[:：]?) ?)"
    rf"(?=(?:\d[\d,]*+|[一二两三四五六七八九十百千]++) ?+(?!{_UNCOUNTED}))"
)
"""What comes behind it is counted: products, not seats, years or percent."""
_SUBJECT = {"deal": "customer", "customer": "customer", "lead": "customer", "contact": "contact"}


def read_record(verb: str, draft: Draft) -> str:
    """Fill the draft; what is left is the note."""
    scan = draft.scan
    first = _quoted_name(draft, verb)
    if not first and verb in ("deal", "lead"):
        take_leading(draft)
    if verb in ("contact", "lead", "customer"):
        _addresses(draft)
        read_profile(verb, draft)
        if verb == "customer":
            read_website(draft)
    else:
        _set_aside(scan, _PHONE)
        _set_aside(scan, _EMAIL)
    if verb in ("deal", "customer"):
        read_channel(draft)
    if verb == "deal":
        _take_lines(draft)
    named = _named_by_figure(scan) if verb == "deal" and not first else None
    if verb in ("deal", "lead"):
        take_quantities(draft)
    take_labelled(draft)
    if mention := scan.first(scan.mention):
        scan.take(Piece(label_before(scan, "owner", mention.start), mention.end, ()))
        draft.put("owner", mention.readings[0], mention.start, mention.end)
    if verb in ("deal", "lead"):
        take_figures(draft)
    if verb == "deal":
        take_closing_day(draft)
        take_stage(draft)
    take_source(draft)
    if named:
        scan.kept.remove(named)
    left = scan.left()
    if not first and left and (verb == "deal" or left[0][0] <= first_place(scan)):
        start, end = left.pop(0)
        if verb in ("contact", "lead"):
            subject, left = read_person(verb, draft, [(start, end), *left])
            if subject is None:
                return scan.words(left)
            start, end = subject
        if verb == "customer":
            comma = _COMMA.search(scan.folded, start, end)
            beyond, end = end, comma.start() if comma else end
            if comma and (noted := scan.trim(comma.end(), beyond)):
                left.insert(0, noted)
        if verb == "deal":
            start, end = _contact_first(draft, start, end)
        rest = draft.name("customer", "customer", start, end, cut=verb == "deal")
        if rest:
            left.insert(0, rest)
    if verb == "deal":
        left = _contact_apart(draft, left)
    return scan.words(left)


def _take_lines(draft: Draft) -> None:
    """ "with 50 Pro at 120, 10 Team", 含50套专业版: products, whose sum is the amount."""
    scan = draft.scan
    found = _WITH.search(scan.folded, scan.start)
    if not found or not scan.free(found.start(), found.end()):
        return
    # "at 10" behind a product is its price, and no hour.
    prices = [each.span() for each in _AT_PRICE.finditer(scan.folded, found.end())]
    for price in prices:
        scan.keep(*price)
    take_labelled(draft)
    take_closing_day(draft)
    for price in prices:
        scan.kept.remove(price)
    before, scan.start = scan.start, found.end()
    items, first = items_in_row(scan)
    scan.start = before
    if items:
        scan.take(Piece(found.start(), found.end(), ()))
        draft.fields["lines"] = tuple(items)
        draft.words["lines"] = scan.text.words(first, max(end for start, end in scan.taken if start >= first))


def _contact_first(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Where the customer begins and ends beside its contact: "Bob at Acme", 华星王总, 华星的王总."""
    scan = draft.scan
    typed = scan.text.words(start, end)
    if draft.has("contact") or _is_known(draft, start, end):
        return start, end
    if at_company := _AT_COMPANY.match(typed):
        draft.put("contact", at_company[1], start, start + at_company.end(1))
        return start + at_company.end(), end
    group = re.compile(r"[^\s,，;；、]+").match(scan.folded, start, end)
    if group and (behind := person_behind(group[0])):
        begins = start + behind
        draft.put("contact", scan.text.words(begins, group.end()), begins, group.end())
        scan.take(Piece(begins, group.end(), ()))
        if rest := scan.trim(group.end(), end):
            scan.keep(*rest)
        before = begins - 1 if scan.folded[begins - 1] == "的" else begins
        return start, before
    return start, end


def _is_known(draft: Draft, start: int, end: int) -> bool:
    names = draft.scan.names
    return names is not None and any(
        each.score >= 100 for each in names.match("customer", draft.scan.text.words(start, end))
    )


def _contact_apart(draft: Draft, left: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A person with a title who stands apart is the contact: the 王总 of 华星 王总 12万."""
    scan = draft.scan
    if draft.has("contact"):
        return left
    for index, (start, end) in enumerate(left):
        for group in re.finditer(r"[^\s,，;；、]+", scan.folded[start:end]):
            if TITLED.fullmatch(group[0]):
                begins, ends = start + group.start(), start + group.end()
                draft.put("contact", scan.text.words(begins, ends), begins, ends)
                sides = [scan.trim(start, begins), scan.trim(ends, end)]
                return [*left[:index], *(side for side in sides if side), *left[index + 1 :]]
    return left


def take_leading(draft: Draft) -> None:
    """What stands before the name: "for", "new", a date, a source or another labelled field."""
    scan = draft.scan
    while True:
        first = first_place(scan)
        if word := _LEADING.match(
            scan.text.typed, scan.text.origin[first] if first < len(scan.folded) else 0
        ):
            scan.start = first + len(word[0])
            continue
        end = _leading_field(draft, first)
        if end is None:
            return
        scan.start = end


def _leading_field(draft: Draft, first: int) -> int | None:
    """Where a field that the line begins with ends, where a name follows it."""
    scan = draft.scan
    if first >= len(scan.folded) or scan.text.words(first, first + 1).isupper():
        piece = scan.when(first) if first < len(scan.folded) else None
        if not piece or not any(char.isdigit() for char in scan.folded[first : piece.end]):
            return None
    label = scan.phrase("labels", first)
    if label and label[0] in ("close_on", "source", "competitor", "probability", "amount", "contact"):
        taken, kept = dict(draft.fields), dict(draft.words)
        piece = take_value(draft, label[0], skip_to_value(scan, label[1]))
        if piece and label[0] == "competitor" and " " in scan.folded[piece.start : piece.end]:
            piece = replace(piece, end=scan.folded.index(" ", piece.start))  # the rest is the customer
            draft.put("competitor", scan.text.words(piece.start, piece.end), piece.start, piece.end)
        if piece and _name_follows(scan, piece.end):
            scan.take(Piece(first, piece.end, ()))
            return piece.end
        draft.fields, draft.words = taken, kept
        return None
    source = scan.phrase("sources", first)
    if source and scan.ends_group(source[1]) and _name_follows(scan, source[1]):
        draft.put("source", scan.text.words(first, source[1]), first, source[1])
        scan.take(Piece(first, source[1], ()))
        return source[1]
    piece = scan.when(first)
    if not piece or not piece.readings:
        return None
    end = label_after(scan, "close_on", piece.end)
    end -= scan.folded[end - 1] == " "
    following = scan.folded[end : end + 2]
    if following[:1] not in tuple(" ,，;；、") or not _name_follows(scan, end):
        return None
    if following[0] == " " and not HAN.search(following) and any(each.end for each in piece.readings):
        return None  # Q1 Labs
    scan.take(Piece(piece.start, end, ()))
    draft.put_day("close_on", piece)
    return end


def _name_follows(scan: Scan, place: int) -> bool:
    """Whether a word comes that can be a name: no date, no amount, no label."""
    later = False
    name = False
    for group in re.compile(r"[^\s,，;；、]+").finditer(scan.folded, place):
        begins = group.start()
        if when := scan.when(begins):
            later = later or (bool(when.readings) and scan.ends_group(when.end))
        elif not (scan.amount(begins, bare_from=1) or scan.percent(begins) or scan.phrase("labels", begins)):
            name = True
    return name and not later


def _set_aside(scan: Scan, pattern: re.Pattern[str]) -> None:
    """Phones and addresses of a deal are no amounts; they stay in its note."""
    for found in pattern.finditer(scan.folded, scan.start):
        if pattern is _EMAIL or len(re.sub(r"\D", "", found[0])) >= 10:
            scan.keep(found.start(), found.end())


def _named_by_figure(scan: Scan) -> tuple[int, int] | None:
    """A name that looks like an amount (3M, 360, 7-11) stands first, before the amount or nothing else."""
    first = first_place(scan)
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
