"""Ready scorecards: six plain questions, BANT and MEDDIC; their words are translated when they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n.messages import N_


@dataclass(frozen=True)
class ReadyCriterion:
    """One question of a ready scorecard; `words` are further names that people type for it."""

    key: str
    name: str
    levels: tuple[str, ...]
    words: tuple[str, ...] = ()


_NEED = ReadyCriterion(
    "need",
    N_("Need"),
    (
        N_("No need known yet"),
        N_("A wish, nothing presses"),
        N_("A problem that they want solved"),
        N_("A problem that costs them money now"),
    ),
    ("needs", "痛点需求"),
)
_BUDGET = ReadyCriterion(
    "budget",
    N_("Budget"),
    (
        N_("Nothing known about money"),
        N_("Money would have to be found"),
        N_("Budget is planned"),
        N_("Budget is approved"),
    ),
    ("money", "资金"),
)
_AUTHORITY = ReadyCriterion(
    "authority",
    N_("Decision power"),
    (
        N_("We do not know who decides"),
        N_("We talk to users only"),
        N_("We talk to somebody with influence"),
        N_("We talk to who decides"),
    ),
    ("authority", "decider", "决策人"),
)
_TIMING = ReadyCriterion(
    "timing",
    N_("Timing"),
    (
        N_("No date in sight"),
        N_("Some time within a year"),
        N_("They named a date"),
        N_("They must keep a date"),
    ),
    ("time", "timeline", "时间"),
)
_COMPETITION = ReadyCriterion(
    "competition",
    N_("Competition"),
    (
        N_("We do not know who else is in"),
        N_("Somebody else is ahead"),
        N_("We are level"),
        N_("We are ahead, or alone"),
    ),
    ("competitors", "竞争"),
)
_RELATIONSHIP = ReadyCriterion(
    "relationship",
    N_("Relationship"),
    (
        N_("Nobody there knows us"),
        N_("They answer us"),
        N_("They tell us what happens inside"),
        N_("Somebody there sells for us"),
    ),
    ("relation", "relations", "客情", "关系"),
)
_METRICS = ReadyCriterion(
    "metrics",
    N_("Metrics"),
    (
        N_("No figures yet"),
        N_("They named a goal"),
        N_("The gain stands in figures"),
        N_("They confirmed the figures"),
    ),
    ("指标",),
)
_ECONOMIC_BUYER = ReadyCriterion(
    "economic_buyer",
    N_("Economic buyer"),
    (
        N_("We do not know who signs"),
        N_("We know the name"),
        N_("We have met"),
        N_("They are for us"),
    ),
    ("buyer", "决策者"),
)
_DECISION_CRITERIA = ReadyCriterion(
    "decision_criteria",
    N_("Decision criteria"),
    (
        N_("We do not know what they choose by"),
        N_("We know some of it"),
        N_("We have all of it in writing"),
        N_("It speaks for us"),
    ),
    ("criteria", "标准"),
)
_DECISION_PROCESS = ReadyCriterion(
    "decision_process",
    N_("Decision process"),
    (
        N_("We do not know how they decide"),
        N_("We know the steps"),
        N_("We know the steps and their dates"),
        N_("We agreed on a plan with them"),
    ),
    ("process", "流程"),
)
_PAIN = ReadyCriterion(
    "pain",
    N_("Pain"),
    (
        N_("No pain found"),
        N_("They mentioned one"),
        N_("They say what it costs"),
        N_("It must go now"),
    ),
)
_CHAMPION = ReadyCriterion(
    "champion",
    N_("Champion"),
    (
        N_("Nobody speaks for us"),
        N_("Somebody likes us"),
        N_("Somebody with influence helps us"),
        N_("They sell for us when we are away"),
    ),
    ("coach", "支持者"),
)

SIX = "six"
TEMPLATES: Mapping[str, tuple[str, tuple[ReadyCriterion, ...]]] = {
    SIX: (
        N_("Six questions"),
        (_NEED, _BUDGET, _AUTHORITY, _TIMING, _COMPETITION, _RELATIONSHIP),
    ),
    "bant": ("BANT", (_BUDGET, _AUTHORITY, _NEED, _TIMING)),
    "meddic": (
        "MEDDIC",
        (_METRICS, _ECONOMIC_BUYER, _DECISION_CRITERIA, _DECISION_PROCESS, _PAIN, _CHAMPION),
    ),
}
"""By key: the name, and the questions. A workspace that never chose has the first."""

READY: Mapping[str, ReadyCriterion] = {
    each.key: each for _name, criteria in TEMPLATES.values() for each in criteria
}
"""Every ready question by its key."""

TEXTS = frozenset(text for each in READY.values() for text in (each.name, *each.levels))
"""What is shown in the reader's language; all other names stand as an admin wrote them."""
