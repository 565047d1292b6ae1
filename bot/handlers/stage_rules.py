"""What a stage asks, expects and counts as, said in a line: `/crm pipelines Proposal expects 14 days`."""

import re
from collections.abc import Callable
from typing import Any

from bot.domain.custom_fields import spoken_labels
from bot.domain.errors import Refusal
from bot.domain.stages import OWN_NEED
from bot.handlers.forecast_categories import read_category
from bot.handlers.interaction import Interaction
from bot.handlers.pipeline_shape import called, own_fields
from bot.handlers.tasks import person_named
from bot.i18n import translate
from bot.services.pipelines import NotExpectedDays
from bot.store.models import Stage
from bot.views.moves import need_name
from bot.views.words import NEEDS

_NOTHING = frozenset(
    ["nothing", "none", "no more", "nobody", "any time", "无", "没有", "不要求", "不限", "无人", "不用审批"]
)


class NoNeed(Refusal):
    """A word for nothing that a stage can ask for."""

    message = "A stage cannot ask for “{typed}”. It can ask for: {needs}"


class EndAsksNothing(Refusal):
    """A rule of work for a stage in which none goes on."""

    message = "In {stage} no work goes on, so that it asks and expects nothing. Choose an open stage."


def _needs(interaction: Interaction, typed: str) -> dict[str, Any]:
    """What it asks for before one moves on from it: these things and no others."""
    own = own_fields(interaction)
    named = {OWN_NEED + each.key: set(spoken_labels(each.name)) for each in own}
    for need, english in NEEDS.items():
        for said in (english, translate("zh-CN", english)):
            named.setdefault(need.value, set()).update({said.casefold(), said.casefold().removeprefix("a ")})
    needs = []
    for word in _parts(typed, r"[,，、;；]|\band\b"):
        found = next((need for need, said in named.items() if word.casefold() in said), None)
        if found is None:
            known = (need_name(need, own, interaction.actor.locale) for need in named)
            separator = "、" if interaction.language == "zh" else ", "
            raise NoNeed(typed=word, needs=separator.join(filter(None, known)))
        needs.append(found)
    return {"needs": list(dict.fromkeys(needs))}


def _checks(interaction: Interaction, typed: str) -> dict[str, Any]:
    """What has to be ticked: these checks and no others, behind semicolons or commas."""
    return {
        "checks": list(dict.fromkeys(_parts(typed, r"[;；]" if re.search("[;；]", typed) else r"[,，、]")))
    }


def _days(interaction: Interaction, typed: str) -> dict[str, Any]:
    """For how long work in it usually goes on."""
    if typed.casefold() in _NOTHING:
        return {"expected_days": None}
    number = re.fullmatch(r"(\d{1,6}) ?(?:days?|天|日)?", typed, re.IGNORECASE | re.ASCII)
    if number is None:
        raise NotExpectedDays(field="expected_days", typed=typed)
    return {"expected_days": int(number[1])}


def _category(interaction: Interaction, typed: str) -> dict[str, Any]:
    """What an opportunity in it counts as."""
    return {"category": read_category(interaction, typed)}


def _approver(interaction: Interaction, typed: str) -> dict[str, Any]:
    """Who says yes before an opportunity comes into it."""
    person = None if typed.casefold() in _NOTHING else person_named(interaction, typed)
    return {"approver_id": person.id if person else None}


def _parts(typed: str, between: str) -> list[str]:
    parts = [] if typed.casefold() in _NOTHING else re.split(between, typed)
    return list(filter(None, (each.strip() for each in parts)))


_Rule = Callable[[Interaction, str], dict[str, Any]]

_RULES: tuple[tuple[str, str, _Rule], ...] = (
    (r"(?:approver|approved by|guarded by)", r"(?:审批人|批准人)", _approver),
    (r"(?:expects?|expected|takes?)", r"(?:预计|期限)(?:天数)?", _days),
    (r"(?:counts? as|forecast(?: category)?|category)", r"(?:预测类别|类别|算作)", _category),
    (r"(?:checks?|ticks?)", r"(?:须勾选|勾选|核对)", _checks),
    (r"(?:asks?(?: for)?|needs?|requires?)", r"(?:必填|须填|要求)", _needs),
)
"""The words behind a stage's name, English and Chinese, and what the rest of the line sets."""

_PATTERNS = tuple(
    (
        re.compile(
            rf"(?P<en>.+?)\s+{english}\s*[:：]?\s+(?P<what>.+)|(?P<zh>.+?)\s*{chinese}\s*[:：]?\s*(?P<zh_what>.+)",
            re.IGNORECASE,
        ),
        rule,
    )
    for english, chinese, rule in _RULES
)


def read_rule(text: str) -> tuple[str, str, _Rule] | None:
    """The stage that a line names, what is said of it, and the rule that reads it; None for other lines."""
    for pattern, rule in _PATTERNS:
        if said := pattern.fullmatch(text):
            stage, what = (each.strip() for each in said.groups() if each is not None)
            return stage, what, rule
    return None


def ruled(interaction: Interaction, stage: Stage, what: str, rule: _Rule) -> dict[str, Any]:
    """The columns of a stage that the line sets. Raises EndAsksNothing and what says why it is no rule."""
    if not stage.is_open and not (stage.is_won and rule is _approver):
        raise EndAsksNothing(stage=called(interaction, stage))
    return rule(interaction, what)
