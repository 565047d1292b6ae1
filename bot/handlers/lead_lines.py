"""What `/crm lead …` says beside a name: what to do with a lead, or what is known of it by label."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.handlers.interaction import Interaction
from bot.store.leads import find_open_leads_begun, search_open_leads
from bot.store.models import Lead
from bot.views.text import plain

LISTS = {
    "near": ("list", "open", "列表", "线索"),
    "mine": ("mine", "my", "我的"),
    "pool": ("pool", "公海"),
    "all": ("all", "全部", "所有"),
}
"""After `/crm lead` these alone ask for a list."""

DEEDS = {
    "claim": ("claim", "take", "领取", "认领"),
    "release": ("release", "return", "pool", "退回公海", "放回公海", "退回", "放回", "公海"),
    "assign": ("assign", "give", "分配", "指派", "转给"),
    "convert": ("convert", "转为商机", "转商机", "转化"),
    "qualify": ("qualify", "评估", "甄别"),
    "disqualify": ("disqualify", "drop", "放弃", "无效"),
    "rules": ("rules", "policy", "分配规则", "规则", "分配设置"),
    "away": ("away", "absent", "请假", "休假", "外出"),
    "back": ("back", "i am back", "销假", "回来", "回来了", "返岗", "结束"),
}
"""After `/crm lead` these say what to do; the lead's name follows."""

_NAMELESS = frozenset(["rules", "away", "back"])

_WORD = r"[\s:：]*(?:\"([^\"]+)\"|“([^”]+)”|([^\s,，;；]+))"
_LABELS = {
    "campaign": re.compile(r"(?:\bcampaign|市场活动|活动)" + _WORD, re.IGNORECASE),
    "region": re.compile(r"(?:\bregion|区域|地区|大区)" + _WORD, re.IGNORECASE),
    "size": re.compile(
        r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d{1,8})\s*(?:people\b|employees\b|staff\b|人规模|人(?=[\s,，;；。]|$))",
        re.IGNORECASE,
    ),
    "budget": re.compile(r"(?:\bbudget|预算)[\s:：]*(?:of |是|约)?([^\s,，;；]+)", re.IGNORECASE),
}


@dataclass(frozen=True)
class Deed:
    """What a line asks to do with a lead: `leads` are those that its words can mean, `rest` what follows."""

    name: str
    typed: str
    leads: tuple[Lead, ...] = ()
    rest: str = ""


@dataclass(frozen=True)
class Labelled:
    """A line without what stood in it by label, and that by column, as typed."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


def whose_list(text: str) -> str | None:
    """Whose leads the words ask for; None where they ask for no list."""
    return next((whose for whose, words in LISTS.items() if text.casefold() in words), None)


def deed_of(interaction: Interaction) -> Deed | None:
    """What the line asks to do; None where it only names a lead."""
    text = interaction.text.strip()
    for name, words in DEEDS.items():
        for word in words:
            if not _begins(text, word):
                continue
            rest = text[len(word) :].strip(" :：")
            if name in _NAMELESS:
                return Deed(name, rest)
            return _about(interaction, name, rest) if rest else Deed(name, "")
    return None


def _begins(text: str, word: str) -> bool:
    if not text.casefold().startswith(word):
        return False
    following = text[len(word) : len(word) + 1]
    return not following or following in " :：" or not word.isascii()


def _about(interaction: Interaction, name: str, typed: str) -> Deed:
    """The lead whose name begins the words, the longest such; else those that have the words in theirs."""
    begun = find_open_leads_begun(interaction.session, plain(typed))
    if begun:
        length = len(begun[0].name)
        leads = tuple(each for each in begun if len(each.name) == length)
        return Deed(name, typed, leads, plain(typed)[length:].strip(" :：,，"))
    return Deed(name, typed, tuple(search_open_leads(interaction.session, plain(typed), limit=5)))


def labelled(text: str) -> Labelled:
    """Take campaign, region, size and budget out of a line."""
    values: dict[str, Any] = {}
    for column, pattern in _LABELS.items():
        found = pattern.search(text)
        if found:
            values[column] = next(each for each in found.groups() if each)
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return Labelled(" ".join(text.split()), values)
