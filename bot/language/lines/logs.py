"""log: what happened with whom, and the next step."""

import re
from dataclasses import replace

from bot.language.lines.draft import Draft
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.lines.tasks import take_due
from bot.language.tables import TABLES

_CLAUSE = re.compile(r"(?:[^,，;；。\n.]|\.(?! ))+")
_WITH = re.compile(r"[跟和与给向对]")
_PERSON = re.compile(r"[\u3400-\u9fff](?:总|经理|主任|先生|女士)$")
_AT_COMPANY = re.compile(r"( ?(?:(?:with|to) )?[A-Z]\w+(?: [A-Z]\w+)?)( (?:at|from|of) )(?=[A-Z\d])")
_COLON = re.compile(r":(?!\d\d)")


def read_log(draft: Draft) -> str:
    """Fill the draft; every word that is no field is the activity's text."""
    scan = draft.scan
    if quoted := scan.leading_quote():
        draft.put("customer", quoted.readings[0], quoted.start, quoted.end)
    _next_step(draft)
    begin = scan.trim(scan.start, len(scan.folded))
    if begin:
        _head(draft, begin[0], bool(quoted))
    text = scan.words(scan.left())
    if text:
        draft.fields["text"] = draft.words["text"] = text
    return ""


def _next_step(draft: Draft) -> None:
    """The clause that says what to do next and when: its day is the task's, its words the task's text."""
    scan = draft.scan
    clauses = _clauses(scan)
    for start, end in reversed(clauses):
        if end - start > 200:
            continue
        step = next((place for place in range(start, end) if _is_step(scan, place, end)), None)
        if step is None and start > clauses[0][0] and _says_what_to_do(scan, start, end):
            step = start
        if step is None:
            continue
        if start == clauses[0][0] and step > start and not HAN.match(scan.folded[start]):
            start = step  # the customer stands before it
        if not scan.free(start, end):
            continue
        inner = Scan(scan.text, scan.now, scan.context, scan.language, scan.currency, scan.names, start)
        inner.folded = scan.folded[:end]
        inner.reader.lattice.text = inner.folded
        part = Draft(inner)
        take_due(part)
        if not part.has("due"):
            continue
        left = inner.left(start, end)
        words = inner.words(left)
        draft.fields.update({name: value for name, value in part.fields.items() if name == "due"})
        draft.words.update(part.words)
        draft.asks.extend(part.asks)
        draft.fields["follow_up"] = draft.words["follow_up"] = words
        scan.take(Piece(start, end, ()))
        return


def _is_step(scan: Scan, place: int, end: int) -> bool:
    found = scan.phrase("follow_up", place)
    return found is not None and found[1] <= end


def _says_what_to_do(scan: Scan, start: int, end: int) -> bool:
    """A clause that begins with a task's verb, "send the deck", or has it after the day: 周五前发方案."""
    trimmed = scan.trim(start, end)
    if trimmed is None:
        return False
    begin = trimmed[0]
    if scan.phrase("next_steps", begin):
        return True
    piece = scan.when(begin)
    if piece is None or not all(when.start > scan.now for when in piece.readings):
        return False
    if not HAN.match(scan.folded[piece.end : piece.end + 1]):
        return False
    found = scan.phrase("next_steps", piece.end)
    return found is not None and found[1] <= end


def _clauses(scan: Scan) -> list[tuple[int, int]]:
    """The parts of a line between marks; in Chinese a space divides too."""
    clauses: list[tuple[int, int]] = []
    head = _COLON.search(scan.folded, scan.start, scan.start + 80)
    if head:
        clauses.append((scan.start, head.start()))
    for found in _CLAUSE.finditer(scan.folded, head.end() if head else scan.start):
        start, end = found.span()
        if HAN.search(found[0]):
            for group in re.finditer(r"[^ ]+", found[0]):
                if HAN.search(group[0]) or not clauses:
                    clauses.append((start + group.start(), start + group.end()))
                else:
                    clauses[-1] = (clauses[-1][0], start + group.end())
        else:
            clauses.append((start, end))
    return clauses[-8:]


def _head(draft: Draft, start: int, named: bool) -> None:
    """The customer and the kind of activity, from what stands before the colon or the kind's word."""
    scan = draft.scan
    colon = _COLON.search(scan.folded, start, start + 80)
    end = colon.start() if colon else len(scan.folded)
    kind = _kind(scan, start, end if colon else min(end, start + 60))
    if kind is None:
        if colon and not named:
            _name(draft, start, end)
            scan.take(Piece(colon.start(), colon.end(), ()))
        elif not named:
            _leading(draft, start, end)
        return
    word_start, word_end, name = kind
    word_start = _happened(draft, start, word_start, word_end)
    draft.put("kind", name, word_start, word_end)
    if not named and word_start > start:
        stretch = scan.trim(start, word_start)
        if stretch:
            _name(draft, *stretch)
    elif not named:
        _leading(draft, word_end, end, after_kind=True)
    # A word that stands alone names the kind only; "met with the CFO" and 拜访采购经理 are what happened.
    following = scan.folded[word_end : word_end + 2].strip()[:1]
    alone = (
        not following
        or following in ":：,，;；-"
        or word_start == start
        or _is_noun(scan, word_start, word_end)
    )
    if alone and scan.ends_group(word_end) and scan.begins_group(word_start):
        scan.take(Piece(word_start, word_end, ()))


def _happened(draft: Draft, start: int, word_start: int, word_end: int) -> int:
    """The day that it happened, said beside the kind's word (昨天电话, "met Friday"); where the words before
    end."""
    scan = draft.scan
    past = Scan(
        scan.text, scan.now, replace(scan.context, past=True), scan.language, scan.currency, scan.names, start
    )
    for place in past.places():
        if place < start or place > word_end + 1:
            continue
        piece = past.when(place)
        if piece is not None and not piece.readings:
            scan.take(piece)
            draft.put_readings("happened_at", (), piece.start, piece.end, piece.why)
            return piece.start if piece.end <= word_start else word_start
        if piece is None or len(piece.readings) != 1 or word_start < piece.end < word_end:
            continue
        when = piece.readings[0]
        if when.start > scan.now or not (when.is_moment or when.end is None):
            continue
        scan.take(piece)
        draft.put("happened_at", when.start if when.is_moment else when.day, piece.start, piece.end)
        return piece.start if piece.end <= word_start else word_start
    return word_start


def _is_noun(scan: Scan, start: int, end: int) -> bool:
    """Whether the word is its kind's own name, as in "Acme call wants 50 seats"."""
    word = scan.folded[start:end]
    return any(word == words[0] for table in TABLES.values() for words in table["kinds"].values())


def _kind(scan: Scan, start: int, end: int) -> tuple[int, int, str] | None:
    for place in range(start, end):
        found = scan.phrase("kinds", place)
        if found and found[1] <= end and scan.free(place, found[1]):
            return place, found[1], found[0]
    return None


def _name(draft: Draft, start: int, end: int) -> tuple[int, int] | None:
    scan = draft.scan
    if prefix := _WITH.match(scan.folded, start, end):
        start = prefix.end()
    if person := _PERSON.search(scan.folded, start + 2, end):
        end = person.start()  # 华星王总: the person stays in the text
    rest = draft.name("customer", "customer", start, end)
    scan.take(Piece(start, rest[0] if rest else end, ()))
    return rest


def _leading(draft: Draft, start: int, end: int, *, after_kind: bool = False) -> None:
    """The customer where nothing marks its end: capitalised words, or the first group of characters."""
    scan = draft.scan
    if scan.names is None and (
        at_company := _AT_COMPANY.match(scan.text.typed, scan.text.origin[start] if start < end else 0)
    ):
        # "Bob at Acme": the company is the customer, the person stays in the text.
        joint = start + len(at_company[1])
        scan.take(Piece(joint, joint + len(at_company[2]), ()))
        start = joint + len(at_company[2])
    begin = re.compile(r"[\s:：,，]*(?:with |to |from |at |给|跟|和)?").match(scan.folded, start)
    place = begin.end() if begin else start
    known = _known(draft, place, end)
    if known or scan.names is not None:
        return
    typed = scan.text.words(place, end)
    capitals = re.match(r"[A-Z][\w&.'-]*(?: [A-Z0-9&][\w&.'-]*)*", typed)
    group = re.compile(r"[\u3400-\u9fff]{2,8}(?= )").match(scan.folded, place)
    stop = place + len(capitals[0]) if capitals else group.end() if group else None
    if stop is not None and stop <= end:
        draft.put("customer", scan.text.words(place, stop), place, stop)
        scan.take(Piece(start if after_kind else place, stop, ()))


def _known(draft: Draft, start: int, end: int) -> bool:
    """The longest known customer that the words begin with."""
    scan = draft.scan
    if scan.names is None:
        return False
    stops = [place for place in range(start + 1, end + 1) if place == end or scan.folded[place] in " ,，"][:6]
    for stop in reversed(stops):
        exact = [
            match
            for match in scan.names.match("customer", scan.text.words(start, stop))
            if match.score >= 100
        ]
        if exact:
            draft.put_readings("customer", [exact[0].name] if len(exact) == 1 else exact, start, stop)
            if len(exact) == 1:
                draft.matches["customer"] = exact[0]
            scan.take(Piece(start, stop, ()))
            return True
    return False
