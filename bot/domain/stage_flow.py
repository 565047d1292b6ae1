"""How opportunities go through their stages: how many go on from each, and how long they stay."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from bot.domain.stages import StageKind


@dataclass(frozen=True)
class StageFlow:
    """What history says of one open stage."""

    left: int
    """Opportunities that have left it for good."""
    went_on: int
    """Those of them that went to a later open stage or were won."""
    days: float
    """The median of how long these stayed, in days, all their visits together."""

    @property
    def conversion(self) -> float:
        """The share that went on."""
        return self.went_on / self.left


def stage_flows(
    histories: Iterable[Sequence[tuple[datetime, int]]], kinds: Mapping[int, StageKind]
) -> dict[int, StageFlow]:
    """By open stage that somebody has left; `kinds` has every stage in the order of its pipeline.

    A history is when one opportunity entered which stage, oldest first. Each opportunity counts once for a
    stage, by how it left it last: going back and forth is neither progress nor loss.
    """
    order = {stage_id: place for place, stage_id in enumerate(kinds)}
    stays: dict[int, list[float]] = defaultdict(list)
    went_on: dict[int, int] = defaultdict(int)
    for moves in histories:
        days: dict[int, float] = defaultdict(float)
        onward: dict[int, bool] = {}
        for (entered, stage_id), (left, next_id) in pairwise(moves):
            if kinds.get(stage_id) != StageKind.OPEN or next_id not in kinds:
                continue
            days[stage_id] += (left - entered).total_seconds() / 86400
            onward[stage_id] = kinds[next_id] == StageKind.WON or (
                kinds[next_id] == StageKind.OPEN and order[next_id] > order[stage_id]
            )
        is_in = moves[-1][1] if moves else None
        for stage_id, goes_on in onward.items():
            if stage_id != is_in:
                stays[stage_id].append(days[stage_id])
                went_on[stage_id] += goes_on
    return {
        stage_id: StageFlow(len(stays[stage_id]), went_on[stage_id], median(stays[stage_id]))
        for stage_id in kinds
        if stage_id in stays
    }
