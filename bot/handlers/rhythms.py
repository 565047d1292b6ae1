"""What a digest tells and how often it comes, as people type it or choose it in the form."""

import re
from datetime import time

from bot.domain.errors import Refusal
from bot.language import Recurrence, verb_of
from bot.services.schedules import DigestKind

_KINDS = {
    "forecast": DigestKind.FORECAST,
    "report": DigestKind.PERFORMANCE,
    "pipeline": DigestKind.PIPELINE,
    "signals": DigestKind.SIGNALS,
    "plan": DigestKind.PLAN,
    "satisfaction": DigestKind.SATISFACTION,
}
"""By the verb that shows the same figures."""

_PERFORMANCE = frozenset(["performance", "summary", "业绩", "业绩汇总", "业绩总结", "周报", "月报", "绩效"])
_CHANGES = frozenset(["changes", "what changed", "pipeline changes", "变化", "变动", "漏斗变化", "商机变化"])
_CHANNELS = frozenset(["channels", "by channel", "partners", "渠道", "按渠道", "渠道业绩"])


_FILLERS = frozenset(["", "summary", "digest", "report", "chart", "汇总", "总结", "简报", "报告", "图"])
"""Behind a digest's name these say nothing more."""
_ABOUT = re.compile(r"(?:(?:of|for|about|only)\s+|只看|关于|@)\s*@?\s*(.+)", re.IGNORECASE)


class WeekdayMissing(Refusal):
    """A weekly digest on no day."""

    message = "Choose at least one weekday."


def kind_of(typed: str) -> DigestKind | None:
    """What the words name; None where they name nothing of it."""
    words = typed.casefold().strip()
    if words in _PERFORMANCE or words.split(" ")[0] in _PERFORMANCE:
        return DigestKind.PERFORMANCE
    if words in _CHANGES:
        return DigestKind.CHANGES
    if words in _CHANNELS:
        return DigestKind.CHANNELS
    return _KINDS.get(verb_of(words) or verb_of(words.split(" ")[0]) or "")


def beyond_kind(typed: str) -> tuple[str, bool]:
    """The words behind a digest's name, and whether they say whose it is; empty where they say nothing."""
    words = typed.strip()
    whole = words.casefold()
    if whole in _PERFORMANCE | _CHANGES | _CHANNELS or verb_of(whole):
        return "", False
    rest = words.partition(" ")[2].strip()
    whose = _ABOUT.fullmatch(rest)
    return ("", False) if rest.casefold() in _FILLERS else (whose[1] if whose else rest, bool(whose))


def recurrence_of(rhythm: str, at: time) -> Recurrence:
    """When a choice of the form comes."""
    match rhythm:
        case "daily":
            return Recurrence("daily", at)
        case "weekdays":
            return Recurrence("weekdays", at)
        case "month_start":
            return Recurrence("monthly", at, day=1, working=True)
        case "month_end":
            return Recurrence("monthly", at, day=-1, working=True)
        case "quarter_end":
            return Recurrence("quarterly", at, day=-1, working=True)
    return Recurrence("weekly", at)
