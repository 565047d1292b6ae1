"""What a logged line says by label: need: SSO, outcome: wants an offer, for 30 min, incoming."""

import re
from typing import Any

from bot.domain.activities import Direction, read_duration
from bot.handlers.lead_lines import Labelled

_NEXT = r"[,，]\s*(?:needs?|outcome|result|people|follow)"
_TO_END = rf"\s*[:：]\s*([^;；。\n]+?)(?=\s*(?:[;；。\n]|{_NEXT}|$))"
_TO_SPACE = r"\s*[:：]\s*([^\s;；。，,]+)"
_LABELS = (
    ("needs", re.compile(r"\bneeds?" + _TO_END, re.IGNORECASE)),
    ("needs", re.compile("需求" + _TO_SPACE)),
    ("outcome", re.compile(r"\b(?:outcome|result)" + _TO_END, re.IGNORECASE)),
    ("outcome", re.compile("(?:结果|结论)" + _TO_SPACE)),
    ("people", re.compile(r"\b(?:people|attendees)" + _TO_END, re.IGNORECASE)),
    ("people", re.compile("(?:参与人|参会人|在场)" + _TO_SPACE)),
)
_TELLS = (
    (
        "customer",
        re.compile(
            r"#(?:customer[ -]?)?feedback\b|\b(?:customer )?feedback(?=\s*[:：])"
            r"|#(?:客户)?反馈|客户反馈(?=\s*[:：])",
            re.IGNORECASE,
        ),
    ),
    (
        "market",
        re.compile(
            r"#market(?:[ -]?info(?:rmation)?)?\b|\bmarket(?: info(?:rmation)?)?(?=\s*[:：])"
            r"|#市场(?:信息|情报)?|市场(?:信息|情报)(?=\s*[:：])",
            re.IGNORECASE,
        ),
    ),
)
"""What an activity tells beyond itself: a hashtag, or a label before a colon."""
_TOOK = re.compile(
    r"(?:\b(?:for|took|lasted)\s+|时长|聊了|谈了|通话|开了|历时)"
    r"(\d+(?:\.\d+)?\s*(?:h|hours?|mins?|minutes?|小时|个小时|分钟)(?:\s*\d+\s*(?:mins?|minutes?|分钟))?|半个?小时)",
    re.IGNORECASE,
)
_DIRECTIONS = (
    (Direction.IN, re.compile(r"(?<![\w])(?:incoming|inbound)\b|(?:来电|对方打来|客户来电)", re.IGNORECASE)),
    (Direction.OUT, re.compile(r"(?<![\w])(?:outgoing|outbound)\b|(?:去电|主动拨打)", re.IGNORECASE)),
)
_LEFT_OVER = re.compile(r"\s*[;；,，]\s*(?=$|[;；,，])")


def labelled(text: str) -> Labelled:
    """Take needs, outcome, people, duration and direction out of a line."""
    values: dict[str, Any] = {}
    for column, pattern in _LABELS:
        if found := pattern.search(text):
            values[column] = found[1].strip()
            text = text[: found.start()] + text[found.end() :]
    if (took := _TOOK.search(text)) and (minutes := read_duration(took[1])):
        values["duration_min"] = minutes
        text = text[: took.start()] + text[took.end() :]
    for tells, pattern in _TELLS:
        if found := pattern.search(text):
            values["tells"] = tells
            text = text[: found.start()] + text[found.end() :]
            break
    for direction, pattern in _DIRECTIONS:
        if found := pattern.search(text):
            values["direction"] = direction
            # "incoming call" stays a call, 来电 is one.
            kept = "电话" if found[0].endswith("电") else ""
            text = text[: found.start()] + kept + text[found.end() :]
            break
    left = re.sub(r" (?=[:：,，;；])", "", " ".join(text.split()))
    return Labelled(_LEFT_OVER.sub("", left).strip(" ;；,，"), values)
