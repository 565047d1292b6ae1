"""Of a lead or contact: which words are the person, the company and the title."""

import re

from bot.language.lines.draft import Draft
from bot.language.lines.stretches import HAN

Part = tuple[int, int]

_DIVIDE = re.compile(r" ?[,，、;；()（）] ?| (?:at|from|of|@) | - ")
_TITLE = re.compile(
    r"(?:.*\b(?:ceo|cto|cfo|coo|cio|cmo|vp|svp|evp|president|founder|director|manager|head|lead|officer|buyer"
    r"|engineer|owner|partner|sales|purchasing|procurement|marketing|assistant|consultant|architect)\b.*"
    r"|.{0,10}(?:经理|总监|主任|总裁|总经理|董事长|负责人|主管|专员|工程师|采购|助理|部长|科长|处长|院长|校长|厂长|老板))",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r".*(?:公司|集团|科技|股份|银行|医院|大学|学院|学校|厂|中心|研究院|研究所|实业|网络|信息|软件|电子|机械|重工|制造"
    r"|贸易|商贸|物流|汽车|地产|证券|保险|基金|传媒|文化|教育|药业|食品|能源|电力|酒店|超市|协会|局)$"
    r"|.*\b(?:inc|ltd|llc|corp|co|gmbh|plc|ag|group|company|labs|systems|software|university|bank)\.?$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[\u3400-\u9fff]{1,3}(?:总|先生|女士|小姐|经理|主任|老师|工|博士|教授|太太)")


def read_person(verb: str, draft: Draft, start: int, end: int) -> tuple[Part | None, list[Part]]:
    """Settle the words between two places: "Jane Doe, VP Sales, Globex", 张三 华星科技 采购经理.

    Gives back the words that name a lead's company, or its person where none is said, and those that fit
    nothing.
    """
    parts = _parts(draft, start, end)
    titles = [part for part in parts[1:] if _is(_TITLE, draft, part)]
    named = [part for part in parts if part not in titles]
    first, second = named[0], named[1] if len(named) > 1 else None
    if second and _company_first(draft, first, second):
        first, second = second, first
    rest = [part for part in parts if part not in (first, second)]
    if verb == "lead":
        if second:
            draft.put("contact", draft.scan.text.words(*first), *first)
        return second or first, rest
    if titles and not draft.has("title"):
        draft.put("title", draft.scan.text.words(*titles[0]), *titles[0])
        rest.remove(titles[0])
    if second and not draft.has("customer"):
        draft.name("customer", "customer", *second)
    left = draft.name("contact", "contact", *first)
    return None, [left, *rest] if left else rest


def _company_first(draft: Draft, first: Part, second: Part) -> bool:
    """华星科技 张三, "Globex - Jane Doe": the company before the person."""
    if _is(_COMPANY, draft, second):
        return False
    scan = draft.scan
    dashed = scan.folded[first[1] : second[0]] == " - " and " " not in scan.folded[slice(*first)]
    return _is(_COMPANY, draft, first) or (dashed and " " in scan.folded[slice(*second)])


def _is(pattern: re.Pattern[str], draft: Draft, part: tuple[int, int]) -> bool:
    return bool(pattern.fullmatch(draft.scan.text.words(*part)))


def _parts(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    """The words between marks; in Chinese a space divides too, where a name stands by itself."""
    scan = draft.scan
    parts: list[tuple[int, int]] = []
    begin = start
    for found in [*_DIVIDE.finditer(scan.folded, start, end), None]:
        stop = found.start() if found else end
        parts.extend(_by_spaces(draft, begin, stop))
        begin = found.end() if found else end
    return [part for part in parts if part] or [(start, end)]


def _by_spaces(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    trimmed = draft.scan.trim(start, end)
    if trimmed is None:
        return []
    words = [
        (trimmed[0] + word.start(), trimmed[0] + word.end())
        for word in re.finditer(r"[^ ]+", draft.scan.folded[slice(*trimmed)])
    ]
    chinese = [bool(HAN.search(draft.scan.folded[slice(*word)])) for word in words]
    if len(words) > 1 and all(chinese) and (len(words) > 2 or _are_two(draft, words)):
        return words
    return [trimmed]


def _are_two(draft: Draft, words: list[tuple[int, int]]) -> bool:
    """Whether two groups are a person and a company or title."""
    first, second = words
    if _is(_PERSON, draft, first) or _is(_COMPANY, draft, first) or _is(_COMPANY, draft, second):
        return True
    lengths = [end - start for start, end in words]
    return lengths[0] <= 3 and (lengths[1] >= 4 or _is(_TITLE, draft, second))
