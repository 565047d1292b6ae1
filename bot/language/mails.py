"""Mails: an .eml file, or a forwarded one pasted as text, as sender, people, subject, date and words."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

LONGEST_TEXT = 2800


@dataclass(frozen=True)
class Mail:
    """One mail; `at` is None where nobody can read its date."""

    sender: str
    """The address; empty where only a name is known."""
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    at: datetime | None
    text: str
    message_id: str | None = None

    def kept(self) -> dict[str, Any]:
        """The mail as JSON."""
        return asdict(self) | {"at": self.at.isoformat() if self.at else None}

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Mail":
        """The mail that was kept as JSON."""
        at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
        return cls(**{**kept, "at": at, "recipients": tuple(kept["recipients"])})

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everybody's address, the sender's first."""
        return tuple(each for each in (self.sender, *self.recipients) if each)


def read_mail(content: bytes) -> Mail | None:
    """An .eml file; None for what has neither sender nor subject."""
    message = message_from_bytes(content, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"]):
        return None
    name, address = parseaddr(str(message["from"] or ""))
    others = getaddresses(
        [str(each) for each in (message.get_all("to") or []) + (message.get_all("cc") or [])]
    )
    return Mail(
        sender=address.lower(),
        sender_name=name or address,
        recipients=tuple(each.lower() for _name, each in others if each)[:20],
        subject=_one_line(str(message["subject"] or "")),
        at=_date(str(message["date"] or ""), UTC),
        text=_body(message)[:LONGEST_TEXT].strip(),
        message_id=_one_line(str(message["message-id"] or ""))[:250] or None,
    )


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError):
        raw = part.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    content = _without_tags(content) if part.get_content_type() == "text/html" else content
    return content.replace("\0", "").replace("\r\n", "\n")


class _Words(HTMLParser):
    """The words of a page, without its styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script", "head")
        if tag in ("br", "p", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "head")

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.words.append(data)


def _without_tags(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_HEADER = re.compile(
    r"^[>\s*]*(?P<name>from|date|sent|to|cc|subject|发件人|日期|发送时间|时间|收件人|抄送|主题)\**\s*[:：]\**\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_MEANS = {"发件人": "from", "sent": "date", "日期": "date", "发送时间": "date", "时间": "date"} | {
    "收件人": "to", "cc": "to", "抄送": "to", "主题": "subject",
}  # fmt: skip
_ZH_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\D*?(上午|下午|晚上)?\s*(\d{1,2})[:：](\d{2})")
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})")


def read_forwarded(text: str, zone: tzinfo = UTC) -> Mail | None:
    """A forwarded mail in a message; None for what is none: it names its sender, and its subject or date.

    A date that names no zone is in `zone`, that of whoever forwards it.
    """
    said: dict[str, str] = {}
    lines = text.splitlines()
    last = -1
    for place, line in enumerate(lines[:60]):
        found = _HEADER.match(line)
        if found:
            said.setdefault(_MEANS.get(name := found["name"].lower(), name), found["value"].strip(" *"))
            last = place
        elif last >= 0 and line.strip(" >") and place > last + 1:
            break
    if "from" not in said or not ("subject" in said or "date" in said):
        return None
    name, address = parseaddr(said["from"].replace("[", "<").replace("]", ">").replace("mailto:", ""))
    words = "\n".join(line.lstrip("> ") for line in lines[last + 1 :]).strip()
    return Mail(
        sender=address.lower() if "@" in address else "",
        sender_name=name or address or said["from"],
        recipients=tuple(each.lower() for _name, each in getaddresses([said.get("to", "")]) if "@" in each)[
            :20
        ],
        subject=_one_line(said.get("subject", "")),
        at=_date(said.get("date", ""), zone),
        text=words[:LONGEST_TEXT],
    )


def _date(typed: str, zone: tzinfo) -> datetime | None:
    if found := _ZH_DATE.search(typed):
        year, month, day, half, hour, minute = found.groups()
        later = 12 if half in ("下午", "晚上") and int(hour) < 12 else 0
        return _moment(zone, int(year), int(month), int(day), int(hour) + later, int(minute))
    if found := _ISO_DATE.search(typed):
        return _moment(zone, *(int(each) for each in found.groups()))
    try:
        read = parsedate_to_datetime(typed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _moment(zone: tzinfo, *parts: int) -> datetime | None:
    try:
        return datetime(*parts, tzinfo=zone)  # type: ignore[misc,arg-type]  # Year to minute.
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:500]
