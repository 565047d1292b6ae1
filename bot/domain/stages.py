"""Stages: what kind of step one is, what it asks, and the pipeline that a new workspace begins with."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar


class StageKind(StrEnum):
    """Whether work goes on in a stage or how it ended there."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class ForecastCategory(StrEnum):
    """How far a forecast counts on it."""

    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"
    CLOSED = "closed"
    OMITTED = "omitted"


class Need(StrEnum):
    """What may have to be known of an opportunity before it leaves a stage, besides own fields."""

    AMOUNT = "amount"
    CLOSE_ON = "close_on"
    SOURCE = "source"
    COMPETITOR = "competitor"
    PROBABILITY = "probability"
    NOTE = "note"
    CONTACT = "contact"
    DECISION_MAKER = "decision_maker"
    PRODUCTS = "products"


OWN_NEED = "custom_"
"""Before the key of a field that an admin defined, where a stage asks for it."""


class StageNames(tuple[str, ...]):
    """Names of stages in a refusal: said in the reader's language, since each reader has their own."""

    def __str__(self) -> str:
        return ", ".join(self)


class PipelineNames(tuple[str, ...]):
    """Names of pipelines in a refusal, likewise."""

    def __str__(self) -> str:
        return ", ".join(self)


FIRST_PIPELINE = "Sales"

FIRST_STAGES: tuple[tuple[str, StageKind], ...] = (
    ("Qualification", StageKind.OPEN),
    ("Discovery", StageKind.OPEN),
    ("Proposal", StageKind.OPEN),
    ("Negotiation", StageKind.OPEN),
    ("Won", StageKind.WON),
    ("Lost", StageKind.LOST),
)
"""Names are English in the store; a name that is still one of these is shown in the reader's language."""

FIRST_CATEGORIES = {
    "Proposal": ForecastCategory.BEST_CASE,
    "Negotiation": ForecastCategory.COMMIT,
}
"""Of the first pipeline's open stages; the others are of the category pipeline."""


def category_of(kind: StageKind, name: str = "") -> ForecastCategory:
    """The category that a new stage begins with."""
    ends = {StageKind.WON: ForecastCategory.CLOSED, StageKind.LOST: ForecastCategory.OMITTED}
    return ends.get(kind) or FIRST_CATEGORIES.get(name, ForecastCategory.PIPELINE)


class Step(Protocol):
    """What the way to a stage asks of one on it."""

    id: int
    kind: str
    needs: list[str]
    checks: list[str]


Stepping = TypeVar("Stepping", bound=Step)


def steps_left(stages: Sequence[Stepping], from_id: int, to_id: int) -> list[Stepping]:
    """The open stages that a move leaves or passes: none where it goes back, is lost or is reopened."""
    order = {stage.id: place for place, stage in enumerate(stages)}
    by_id = {stage.id: stage for stage in stages}
    start, goal = by_id.get(from_id), by_id.get(to_id)
    if start is None or goal is None or start.kind != StageKind.OPEN or goal.kind == StageKind.LOST:
        return []
    return [
        stage
        for stage in stages
        if stage.kind == StageKind.OPEN
        and order[stage.id] >= order[from_id]
        and (goal.kind == StageKind.WON or order[stage.id] < order[to_id])
    ]


def lacking(
    steps: Sequence[Step], filled: Collection[str], ticked: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields and the checks that the steps ask for and that are not there yet, each once."""
    needs = dict.fromkeys(need for step in steps for need in step.needs if need not in filled)
    checks = dict.fromkeys(check for step in steps for check in step.checks if check not in ticked)
    return tuple(needs), tuple(checks)
