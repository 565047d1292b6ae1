"""log: what happened with whom, and the next step."""

import re
from dataclasses import replace

from bot.language.lines.draft import Draft
from bot.language.lines.people import TITLED, person_behind
from bot.language.lines.scan import HAN, Piece, Scan
from bot.language.lines.tasks import take_due
from bot.language.tables import TABLES

_CLAUSE = re.compile(r"(?:[^,，;；。\n.]|\.(?! ))+")
_WITH = re.compile(r"[跟和与给向对]")
_PERSON = re.compile(r"[\u3400-\u9fff](?:总|经理|主任|先生|女士)$")
_AT_COMPANY = re.compile(
    r"( ?(?:(?:[a-z]+ ){0,2}(?:with|to) )?[A-Z]\w+(?: [A-Z]\w+)?)( (?:at|from|of) )(?=[A-Z\d])"
)
_COLON = re.compile(r"(?<!\d):|:(?!\d\d)")
_SPOKE = r"(?:(?:spoke|talked|chatted|caught up|checked in|touched base) )?"
_LEADS = re.compile(rf"[了过]?[\s:：,，]*{_SPOKE}(?:with |to |from |at |给|跟|和)?")
_OBJECT = re.compile(r"[\u3400-\u9fff]{2,8}(?=[ ,，、。;；]|$)")
_NO_CUSTOMER = re.compile(r".*[部方户人员导板司家场厂会]|.*(?:经理|总|主任|采购|领导|客户|现场)|[了过完].*")
_NO_NAME = re.compile(
    r"(?:(?:i|we|just|had|have|did|made|a|an|the|quick|short|long|good|great|another|first|second|intro) ?)+"
)
_HELPERS = re.compile(r"(?:will|'ll|need|needs|should|must|to|please|and|then|let's|shall|can|i|we|me)$")


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
        start = _from_step(scan, start, end, step)
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


def _from_step(scan: Scan, start: int, end: int, step: int) -> int:
    """Where the next step begins in a clause that says something else before it: "wants 50 seats follow up
    Fri", 要50套 Fri 3pm 跟进."""
    words = scan.folded[start:step].split()
    if len(words) < (1 if HAN.search(scan.folded, start, end) else 3) or _HELPERS.match(words[-1]):
        return start
    days = [
        place
        for place in range(start, step)
        if scan.folded[place] != " " and scan.begins_group(place) and scan.when(place)
    ]
    begins = min([*days, step])
    return begins if begins == step or HAN.match(scan.folded[step]) else start


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
    if not HAN.match(scan.folded[piece.end : piece.end + 1]) or _is_rather_past(scan, begin, piece):
        return False
    found = scan.phrase("next_steps", piece.end)
    return found is not None and found[1] <= end


def _is_rather_past(scan: Scan, place: int, ahead: Piece) -> bool:
    """Whether a day without a year was a few weeks ago, and else would be most of a year ahead."""
    past = _past(scan, scan.start).when(place)
    return bool(
        past
        and past.readings
        and (scan.now - past.readings[0].start).days < 60
        and (ahead.readings[0].start - scan.now).days > 180
    )


def _past(scan: Scan, start: int) -> Scan:
    """The same line read as what has happened."""
    context = replace(scan.context, past=True)
    return Scan(scan.text, scan.now, context, scan.language, scan.currency, scan.names, start)


def _clauses(scan: Scan) -> list[tuple[int, int]]:
    """The parts of a line between marks; in Chinese a space divides too."""
    clauses: list[tuple[int, int]] = []
    head = _COLON.search(scan.folded, scan.start, scan.start + 80)
    if head:
        clauses.append((scan.start, head.start()))
    for found in _CLAUSE.finditer(scan.folded, head.end() if head else scan.start):
        start, end = found.span()
        if HAN.search(found[0]):
            before = False
            for index, group in enumerate(re.finditer(r"[^ ]+", found[0])):
                chinese = bool(HAN.search(group[0]))
                if index == 0 or (chinese and before):
                    clauses.append((start + group.start(), start + group.end()))
                else:
                    clauses[-1] = (clauses[-1][0], start + group.end())
                before = chinese
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
    start, word_start = _happened(draft, start, word_start, word_end)
    draft.put("kind", name, word_start, word_end)
    stretch = scan.trim(start, word_start) if word_start > start else None
    if stretch and _NO_NAME.fullmatch(scan.text.words(*stretch)):
        scan.take(Piece(*stretch, ()))
        stretch = None
    if stretch and not named:
        _name(draft, *stretch)
    elif not named:
        _leading(draft, word_end, end, after_kind=True)
        _happened_behind(draft, word_end)
    # A word that stands alone names the kind only; "met with the CFO" and 拜访采购经理 are what happened.
    following = scan.folded[word_end : word_end + 2].strip()[:1]
    alone = (
        not following
        or (HAN.match(following) and not scan.free(word_end, word_end + 1))
        or following in ":：,，;；-"
        or word_start == (scan.trim(start, word_end) or (start,))[0]
        or _is_noun(scan, word_start, word_end)
    )
    ends = scan.ends_group(word_end) or not scan.free(word_end, word_end + 1)
    begins = scan.begins_group(word_start) or not scan.free(word_start - 1, word_start)
    if alone and ends and begins:
        scan.take(Piece(word_start, word_end, ()))


def _happened(draft: Draft, start: int, word_start: int, word_end: int) -> tuple[int, int]:
    """The day that it happened, said beside the kind's word (昨天电话, "met Friday"); where the words between
    which the customer stands begin and end."""
    scan, past = draft.scan, _past(draft.scan, start)
    beyond = start
    for place in past.places():
        if place < beyond:
            continue
        if place > word_end + 1:
            break
        piece = past.when(place)
        if piece is None:
            continue
        beyond = piece.end
        if (
            not scan.free(piece.start, piece.end)
            or _is_name(past, piece)
            or word_start < piece.end < word_end
        ):
            continue
        if not piece.readings:
            scan.take(piece)
            draft.put_readings("happened_at", (), piece.start, piece.end, piece.why)
        elif not _put_happened(draft, piece):
            continue
        if piece.start == start:
            return min(piece.end, word_start), word_start
        return start, piece.start if piece.end <= word_start else word_start
    return start, word_start


def _is_name(past: Scan, piece: Piece) -> bool:
    """Whether the day is the beginning of a name, as of 下周一科技, and no verb follows it."""
    verb = past.phrase("kinds", piece.end) or _WITH.match(past.folded, piece.end)
    return verb is None and HAN.match(past.folded[piece.end : piece.end + 1] or " ") is not None


def _happened_behind(draft: Draft, word_end: int) -> None:
    """The day behind the customer: "met Acme yesterday"."""
    scan = draft.scan
    if draft.has("happened_at") or not draft.has("customer"):
        return
    for end in sorted(end for _, end in scan.taken if end > word_end):
        place = end + (scan.folded[end : end + 1] == " ")
        piece = _past(scan, scan.start).when(place)
        if piece and piece.readings and scan.free(piece.start, piece.end) and _put_happened(draft, piece):
            return


def _put_happened(draft: Draft, piece: Piece) -> bool:
    """The day where it is one that is over; an hour that is still to come today is none."""
    scan = draft.scan
    when = piece.readings[0]
    if len(piece.readings) != 1 or when.start > scan.now or not (when.is_moment or when.end is None):
        return False
    ahead = scan.when(piece.start)
    if when.is_moment and ahead and ahead.end == piece.end and ahead.readings:
        coming = ahead.readings[0].start
        if when.start < scan.now < coming and coming.date() == scan.now.date():
            return False
    scan.take(piece)
    draft.put("happened_at", when.start if when.is_moment else when.day, piece.start, piece.end)
    return True


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
    whom = scan.folded[start:end].lstrip("跟和与给向对")
    if TITLED.fullmatch(whom) and person_behind(whom) is None:
        return None  # 跟王总电话 names no customer
    begins = start
    if prefix := _WITH.match(scan.folded, start, end):
        start = prefix.end()
    if person := _PERSON.search(scan.folded, start + 2, end):
        end = person.start()  # 华星王总: the person stays in the text
    rest = draft.name("customer", "customer", start, end, cut=True)
    scan.take(Piece(begins, rest[0] if rest else end, ()))
    return rest


def _leading(draft: Draft, start: int, end: int, *, after_kind: bool = False) -> None:
    """The customer where nothing marks its end: capitalised words, or the first group of characters."""
    scan = draft.scan
    at_company = _AT_COMPANY.match(scan.text.typed, scan.text.origin[start] if start < end else 0)
    if at_company:
        # "Bob at Acme": the company is the customer, the person stays in the text.
        joint = start + len(at_company[1])
        company = joint + len(at_company[2])
        if scan.names is None or _known(draft, company, end):
            scan.take(Piece(joint, company, ()))
            start = company
    begin = _LEADS.match(scan.folded, start)
    place = begin.end() if begin else start
    if draft.has("customer") or _known(draft, place, end) or scan.names is not None:
        return
    typed = scan.text.words(place, end)
    capitals = re.match(r"[A-Z][\w&.'-]*(?: [A-Z0-9&][\w&.'-]*)*", typed)
    group = re.compile(r"[\u3400-\u9fff]{2,8}(?= )").match(scan.folded, place)
    if group is None and after_kind and (said := _OBJECT.match(scan.folded, place)):
        group = None if _NO_CUSTOMER.fullmatch(said[0]) else said
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
