"""Of a lead or contact: which words are the person, the company and the title."""

import re

from bot.language.lines.draft import Draft
from bot.language.lines.stretches import HAN

Part = tuple[int, int]

_DIVIDE = re.compile(
    r" ?[,，、;；()（）] ?| (?:at|from|of|@) | - | (?=c[a-z]o(?: [a-z]|$))|(?<= c[efotim]o) (?=[a-z])"
)
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
SURNAME = (
    "(?:欧阳|上官|司马|诸葛|皇甫|东方|慕容|令狐|司徒|端木|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
    "戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康"
    "伍余元顾孟黄穆萧尹姚邵汪祁毛米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡"
    "凌霍虞万支柯管卢莫房解应宗丁邓单洪包左石崔吉龚程邢裴陆荣翁甄曲家封靳焦侯全班宁仇甘武符刘景詹龙叶黎薄白怀蒲"
    "赖卓屠蒙池乔闻党翟谭申桑桂牛边尚农温庄晏柴瞿阎连习艾容古易廖耿匡文聂关荆游权盖桓])"
)
_HONORIFIC = (
    "(?:总|总监|总经理|经理|主任|先生|女士|小姐|老师|董|部长|科长|处长|院长|校长|厂长|老板|博士|教授)"
)
TITLED = re.compile(rf"{SURNAME}[\u3400-\u9fff]{{0,2}}{_HONORIFIC}|{SURNAME}工")
"""A person by surname and title: 王总, 李建国经理."""
_FULL_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}")
_NAMED = re.compile(rf"{SURNAME}[\u3400-\u9fff]{{1,2}}")


def person_behind(group: str) -> int | None:
    """Where a person with a title begins behind a name in one group: the 王总 of 华星王总."""
    return next((start for start in range(len(group) - 2, 1, -1) if TITLED.fullmatch(group, start)), None)


def read_person(verb: str, draft: Draft, stretches: list[Part]) -> tuple[Part | None, list[Part]]:
    """Settle the words of some stretches: "Jane Doe, VP Sales, Globex", 张三 华星科技 采购经理.

    Gives back the words that name a lead's company, or its person where none is said, and those that fit
    nothing.
    """
    parts = _parts(draft, *stretches[0])
    # "Jane Doe jane@acme.com Acme": what stands behind an address or a title may be the company.
    later = [part for part in stretches[1:] if len(parts) == 1 and _may_be_company(draft, part)][:1]
    parts += later
    titles = [part for part in parts[1:] if _is(_TITLE, draft, part)]
    named = [part for part in parts if part not in titles]
    first, second = named[0], named[1] if len(named) > 1 else None
    if second and _company_first(draft, first, second):
        first, second = second, first
    rest = [part for part in parts if part not in (first, second)]
    rest += [part for part in stretches[1:] if part not in later]
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


def _may_be_company(draft: Draft, part: Part) -> bool:
    words = draft.scan.text.words(*part)
    return _is(_COMPANY, draft, part) or bool(re.fullmatch(r"[A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*)?", words))


def _company_first(draft: Draft, first: Part, second: Part) -> bool:
    """华星科技 张三, "Globex - Jane Doe": the company before the person."""
    if _is(_COMPANY, draft, second):
        return False
    if _is(TITLED, draft, first) != _is(TITLED, draft, second):
        return _is(TITLED, draft, second)
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
    whole = [part for part in parts if part] or [(start, end)]
    return (_before_known(draft, whole[0]) if len(whole) == 1 else []) or whole


def _before_known(draft: Draft, part: Part) -> list[Part]:
    """ "Jane Doe Acme", 李娜 华星: what looks like a person's name before a customer that is known.

    Not "Acme North America": behind a known name a new one may go on.
    """
    scan, names = draft.scan, draft.scan.names
    if names is None or _is_known(draft, part):
        return []
    for space in re.finditer(" ", scan.folded[slice(*part)]):
        place = part[0] + space.start()
        person, company = (part[0], place), (place + 1, part[1])
        is_person = _is(_FULL_NAME, draft, person) or _is(_NAMED, draft, person)
        is_other = _is(_COMPANY, draft, person) or _is(_TITLE, draft, person)
        if is_person and not is_other and _is_known(draft, company):
            return [person, company]
    return []


def _is_known(draft: Draft, part: Part) -> bool:
    names = draft.scan.names
    found = names.match("customer", draft.scan.text.words(*part)) if names else ()
    return sum(each.score >= 100 for each in found) == 1


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
    if any(chinese) and not all(chinese):
        return _by_script(draft, words, chinese) or [trimmed]
    return [trimmed]


def _by_script(draft: Draft, words: list[Part], chinese: list[bool]) -> list[Part]:
    """ "Jane Doe 华星科技": the Latin words are one part, beside a Chinese company or person."""
    if not any(_is(pattern, draft, part) for pattern in (_COMPANY, TITLED, _TITLE) for part in words):
        return []
    parts: list[Part] = []
    for index, (start, end) in enumerate(words):
        if index and not chinese[index] and not chinese[index - 1]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _are_two(draft: Draft, words: list[tuple[int, int]]) -> bool:
    """Whether two groups are a person and a company or title."""
    _first, second = words
    if any(_is(pattern, draft, part) for pattern in (_PERSON, _COMPANY, TITLED) for part in words):
        return True
    lengths = [end - start for start, end in words]
    return lengths[0] <= 3 and (lengths[1] >= 4 or _is(_TITLE, draft, second))
