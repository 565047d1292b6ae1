"""Who wrote, as a message says it: company, name, phone and mail address, in English and Chinese."""

import re
from dataclasses import dataclass

_MAIL = re.compile(r"[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_DAY = re.compile(r"\b(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\b")
_PHONE = re.compile(
    r"(?<![A-Za-z0-9@.])(?:\+\d{1,3}[\s-]?)?"
    r"(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\(?0\d{2,3}\)?[\s-]?\d{7,8}|\(?\d{2,4}\)?(?:[\s.-]\d{2,4}){2,4})"
    r"(?![A-Za-z0-9@])"
)
_PHONE_SAID = re.compile(r"(?:phone|tel|mobile|call|电话|手机)\D{0,8}(\+?\d{7,13})(?!\d)", re.IGNORECASE)
_NOT_COMPANIES = frozenset(
    [
        *(
            "gmail",
            "googlemail",
            "outlook",
            "hotmail",
            "live",
            "msn",
            "yahoo",
            "icloud",
            "me",
            "aol",
            "proton",
        ),
        *("protonmail", "gmx", "web", "mail", "email", "qq", "foxmail", "163", "126", "yeah", "sina", "sohu"),
        *("139", "189", "aliyun", "example"),
    ]
)
_LABELS = {
    "company": re.compile(
        r"^\W*(?:company|organi[sz]ation|firm|公司|公司名称|单位|企业)\s*[:：]\s*(.+)$", re.I | re.M
    ),
    "name": re.compile(r"^\W*(?:name|contact|from|姓名|联系人|名字)\s*[:：]\s*(.+)$", re.I | re.M),
}
_ZH_FORMS = "股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|科技|医院|大学|银行|工厂|事务所|研究院"
_ZH_COMPANY = re.compile(rf"[\u4e00-\u9fff\w（）()·&]{{2,30}}?(?:{_ZH_FORMS})")
_ZH_BEFORE = re.compile(
    r"^.*(?:我是|我们是|这里是|这边是|来自|代表|你好|您好|就职于|认识的|遇到的|联系了|拜访了|在)"
)
_ZH_NAME = (
    re.compile(
        r"(?:我叫|姓名是|名叫|联系人是|联系人|请联系|找)\s*([\u4e00-\u9fff]{2,4}?)"
        r"(?=[\s,，。；;、:：电手邮的（(]|$)"
    ),
    re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{1,3}(?:经理|总监|主任|老师|先生|女士|工程师|总))"),
    re.compile(r"(?:公司|集团|科技|银行|大学|医院)的?([\u4e00-\u9fff]{2,3})(?=[\s,，。；;、:：]|$)"),
)
_WORD = r"[A-Z][\w&'.-]*[\w&]"
_EN_FORMS = (
    "(?:Inc|Ltd|LLC|GmbH|AG|Corp|Corporation|Co|Company|Group|Holdings|PLC|Technologies|Systems|Labs"
    "|Industries)"
)
_EN_COMPANY = (
    re.compile(rf"\b({_WORD}(?: (?:& )?{_WORD}){{0,3}},? {_EN_FORMS}\b\.?)"),
    re.compile(rf"\b(?:from|at|with|of|for|[Cc]alled|[Mm]et|[Vv]isited) ({_WORD}(?: (?:& )?{_WORD}){{0,3}})"),
)
_EN_NAME = (
    re.compile(
        r"\b(?:[Ii]'m|[Ii] am|[Mm]y name is|[Tt]his is|[Cc]ontact|[Rr]egards,?|[Tt]hanks,?|[Ss]peak to)\s+"
        rf"({_WORD}(?: {_WORD}){{0,2}})"
    ),
    re.compile(rf"({_WORD}(?: {_WORD}){{1,2}})\s*<?[\w.+-]+@"),
    re.compile(rf"^\s*({_WORD} {_WORD})\s*(?:,|from|at)\b", re.M),
)  # fmt: skip
_NO_NAMES = frozenset(
    [
        *(
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "January",
            "February",
        ),
        *("March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
        *("Q1", "Q2", "Q3", "Q4", "Hi", "Hello", "Dear", "The", "We", "CRM"),
    ]
)


@dataclass(frozen=True)
class Signature:
    """What was found of who wrote; None where nothing was."""

    company: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


def read_signature(text: str) -> Signature:
    """Company, name, phone and mail address in a message, each the first that looks like it."""
    mail = _MAIL.search(text)
    numbers = _DAY.sub(" ", _MAIL.sub(" ", text))
    phone = _PHONE.search(numbers)
    said = _PHONE_SAID.search(numbers)
    name = _labelled("name", text) or _name(text)
    company = _labelled("company", text) or _company(text, name)
    if company is None and mail:
        company = _of_domain(mail["domain"])
    return Signature(
        company, name, phone[0].strip() if phone else said[1] if said else None, mail[0] if mail else None
    )


def _labelled(what: str, text: str) -> str | None:
    found = _LABELS[what].search(text)
    value = re.split(r"[,，;；<(（]", found[1])[0].strip() if found else ""
    return value if value and not _MAIL.search(value) else None


def _company(text: str, name: str | None) -> str | None:
    found = _ZH_COMPANY.search(text)
    if found:
        value = _ZH_BEFORE.sub("", found[0]).strip("的是 ")
        return value or None
    for pattern in _EN_COMPANY:
        for match in pattern.finditer(text):
            value = match[1].rstrip(".,")
            if value != name and value.split()[0] not in _NO_NAMES:
                return value
    return None


def _name(text: str) -> str | None:
    for pattern in (*_ZH_NAME, *_EN_NAME):
        for match in pattern.finditer(text):
            value = match[1].strip(" .,")
            if value.split()[0] not in _NO_NAMES:
                return value
    return None


def _of_domain(domain: str) -> str | None:
    """Whose a mail domain is: ocean-labs.com → Ocean Labs; none for a free provider of mail."""
    parts = [part for part in domain.lower().split(".") if part not in ("mail", "www")]
    place = -3 if len(parts) > 2 and parts[-2] in ("co", "com", "net", "org", "ac") else -2
    owner = parts[place] if len(parts) >= -place else parts[0]
    return None if owner in _NOT_COMPANIES else owner.replace("-", " ").title()
