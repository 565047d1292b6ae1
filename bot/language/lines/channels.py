"""Through which channel is sold: via partner Ingram share 15%, channel direct, 渠道 经销 伟仕佳杰."""

import re

from bot.language.lines.draft import Draft, name_end
from bot.language.lines.scan import Piece, Scan
from bot.language.values import Ask

_CHANNEL = re.compile(r"(?:(?:sales )?channel(?![a-z])|(?:销售)?渠道)[ :：=]*")
_PARTNER = re.compile(
    r"(?:(?:via|through|by) )?(?:channel partner|partner|reseller|distributor) ?[:=]? (?=\S)"
    r"|(?:通过|经由|经|走)?(?:经销商|代理商|分销商|渠道商|渠道伙伴|合作伙伴|伙伴)[ :：]*(?=\S)"
)
_SHARE = re.compile(
    r"(?:partner(?:'s)? share|share|commission|伙伴分成|分成|返点|佣金)[ :：=]*(?:of |is |为)?"
)
_AND = re.compile(r"[ ,，:：]*(?:(?:via|through|partner|伙伴)[ :：]+)?")


def read_channel(draft: Draft) -> None:
    """Fill the draft with sales_channel, partner and partner_percent."""
    scan = draft.scan
    _share(draft)
    begins = scan.trim(scan.start, len(scan.folded))
    first = begins[0] if begins else scan.start
    for found in _CHANNEL.finditer(scan.folded, first + 1):
        channel = _channel_at(scan, found.end()) if _is_free_label(scan, found.start(), found.end()) else None
        if channel is None:
            continue
        name, end = channel
        draft.put("sales_channel", name, found.start(), end)
        scan.take(Piece(found.start(), end, ()))
        beyond = _AND.match(scan.folded, end)
        if name != "direct" and beyond:
            _partner(draft, beyond.end())
        return
    for found in _PARTNER.finditer(scan.folded, first + 1):
        if not _is_free_label(scan, found.start(), found.end()) or _is_capital(scan, found.start()):
            continue
        if _partner(draft, found.end()):
            scan.take(Piece(found.start(), found.end(), ()))
            draft.put("sales_channel", "distribution", found.start(), found.end())
            return


def _is_free_label(scan: Scan, start: int, end: int) -> bool:
    return scan.begins_group(start) and scan.free(start, end)


def _is_capital(scan: Scan, place: int) -> bool:
    """Partner in a name, such as Acme Partner Program."""
    return scan.text.words(place, place + 1).isupper()


def _channel_at(scan: Scan, place: int) -> tuple[str, int] | None:
    """A usual channel by its words, else one that the workspace calls so."""
    if found := scan.phrase("sales_channels", place):
        return found
    if scan.names is None:
        return None
    for end in _word_ends(scan, place):
        known = scan.names.match("sales_channel", scan.text.words(place, end))
        if known:
            return known[0].name, end
    return None


def _word_ends(scan: Scan, place: int) -> list[int]:
    """Where the words from a place end, the longest first, four at most."""
    ends: list[int] = []
    word = re.compile(r" ?[^\s,，;；。:：]+")
    while len(ends) < 4 and (found := word.match(scan.folded, place)):
        place = found.end()
        ends.append(place)
    return ends[::-1]


def _partner(draft: Draft, place: int) -> bool:
    """The partner's name at a place: in quotes, a known one, else what looks like one name."""
    scan = draft.scan
    if not scan.folded[place : place + 1].strip() or not scan.free(place, place + 1):
        return False
    if quoted := scan.quoted(place):
        draft.put("partner", quoted.readings[0], place, quoted.end)
        scan.take(quoted)
        return True
    if scan.amount(place) or scan.when(place):
        return False
    if any(scan.phrase(section, place) for section in ("labels", "sources", "stages")):
        return False
    for end in _word_ends(scan, place):
        known = scan.names.match("customer", scan.text.words(place, end)) if scan.names else ()
        exact = [each for each in known if each.score >= 100]
        if len(exact) == 1:
            draft.put("partner", exact[0].name, place, end)
            draft.matches["partner"] = exact[0]
            scan.take(Piece(place, end, ()))
            return True
    typed = scan.text.words(place, len(scan.folded))
    if not (typed[0].isupper() or "\u3400" <= typed[0] <= "\u9fff"):
        return False
    # What was typed may be longer than its folded form.
    end = min(
        [place + name_end(typed), len(scan.folded), *(start for start, _ in scan.taken if start >= place)]
    )
    name = scan.text.words(place, end)
    draft.put("partner", name, place, end)
    near = tuple(scan.names.match("customer", name)) if scan.names else ()
    if near:
        draft.asks.append(Ask("partner", near, name))
    scan.take(Piece(place, end, ()))
    return True


def _share(draft: Draft) -> None:
    """The partner's part of the amount, in percent."""
    scan = draft.scan
    for found in _SHARE.finditer(scan.folded, scan.start):
        percent = scan.percent(found.end()) if _is_free_label(scan, found.start(), found.end()) else None
        if percent and percent.readings:
            draft.put("partner_percent", percent.readings[0], found.start(), percent.end)
            scan.take(Piece(found.start(), percent.end, ()))
            return
