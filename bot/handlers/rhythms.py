"""What a digest tells and how often it comes, as people type it or choose it in the form."""

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
