"""Mail addresses and websites as they are compared: the domain that an organisation has of its own."""

import re

_FREE = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "ymail.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "proton.me",
        "protonmail.com",
        "zoho.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "139.com",
        "189.cn",
        "21cn.com",
        "tom.com",
        "wo.cn",
        "naver.com",
        "daum.net",
        "orange.fr",
        "free.fr",
        "t-online.de",
        "libero.it",
        "btinternet.com",
    ]
)
"""Providers at which anybody can have an address."""

_DOMAIN = re.compile(r"(?:[\w.+-]+@|(?:https?://)?(?:www\.)?)((?:[\w-]+\.)+[a-z]{2,})(?:[/:?].*)?", re.I)


def own_domain(address: str) -> str | None:
    """The domain of a mail address or website; None for a free provider's, and for what is neither."""
    found = _DOMAIN.fullmatch(address.strip())
    domain = found[1].casefold() if found else ""
    return domain if domain and domain not in _FREE else None
