"""Chances learned from how sales ended: the share won by stage, and how fast sales close at which age."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, pairwise
from math import exp, log
from statistics import NormalDist

from bot.domain.forecast import Share
from bot.domain.known import Sale

FEW = 10
"""A stage with so many ended sales has half its own win rate and half the overall one."""

_AGES = (0, 7, 14, 30, 60, 90, 120, 180, 365)
_CYCLE_UNTIL_KNOWN = 60
"""Days: how slowly sales close where none has closed yet."""
_PLAN_SPREAD = 0.7
"""Of the logarithm of the days to the planned one: a plan for day 30 closes between day 15 and day 60."""
_LONGEST = 3650
_SPANS = tuple(pairwise((*_AGES, 2 * _LONGEST)))


@dataclass(frozen=True)
class WinShares:
    """Win rates: overall, and by stage of all that ever were in it and have ended."""

    overall: Share
    by_stage: dict[int, Share]
    by_pipeline: dict[int, Share] = field(default_factory=dict)
    """Of what ended in each; empty where there is only one to learn from."""
    pipelines: Mapping[int, int] = field(default_factory=dict)
    """Whose stage each stage is."""

    @classmethod
    def of(
        cls, sales: Iterable[Sale], open_stages: Iterable[int], pipelines: Mapping[int, int] | None = None
    ) -> "WinShares":
        """Count what ended; `pipelines` says whose stage each one is, where there is more than one."""
        ended = [sale for sale in sales if not sale.is_open]
        counts = {stage_id: [0, 0] for stage_id in open_stages}
        for sale in ended:
            for stage_id in sale.been_in & counts.keys():
                counts[stage_id][0] += sale.is_won
                counts[stage_id][1] += 1
        shares = {stage_id: Share(won, whole) for stage_id, (won, whole) in counts.items() if whole}
        overall = Share(sum(sale.is_won for sale in ended), len(ended))
        return cls(overall, shares, _by_pipeline(ended, pipelines or {}), pipelines or {})

    @property
    def overall_chance(self) -> float:
        """The share won of all that ended; one win and one loss are added where there were only either."""
        won, ended = self.overall.part, self.overall.whole
        return won / ended if 0 < won < ended else (won + 1) / (ended + 2)

    def chance(self, stage_id: int | None) -> float:
        """The chance ever to be won from a stage, nearer to its pipeline's the fewer ended there.

        A pipeline's own is nearer to the overall one the fewer ended in it.
        """
        usual = self.overall_chance
        if stage_id is not None and (here := self.by_pipeline.get(self.pipelines.get(stage_id, 0))):
            usual = (here.part + FEW * usual) / (here.whole + FEW)
        share = self.by_stage.get(stage_id) if stage_id is not None else None
        if share is None:
            return usual
        return (share.part + FEW * usual) / (share.whole + FEW)


def _by_pipeline(ended: Iterable[Sale], pipelines: Mapping[int, int]) -> dict[int, Share]:
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for sale in ended:
        pipeline_id = pipelines.get(sale.stage_id) if sale.stage_id is not None else None
        if pipeline_id is not None:
            count = counts[pipeline_id]
            count[0] += sale.is_won
            count[1] += 1
    return {each: Share(won, whole) for each, (won, whole) in counts.items()} if len(counts) > 1 else {}


@dataclass(frozen=True)
class Pace:
    """How many of the sales of an age close in a day, by age; open ones count as not closed so far."""

    burden: tuple[float, ...]
    """For each age in days the daily rates of closing of all younger ages, summed."""
    closings: int

    @classmethod
    def of(cls, sales: Sequence[Sale], day: date) -> "Pace":
        """Learn from all sales known at the start of `day`.

        Days before the first closing are not counted: an export may simply not reach further back.
        """
        observed_from = min((sale.closed_on for sale in sales if sale.closed_on), default=day)
        closed, exposed = [0] * len(_AGES), [0.0] * len(_AGES)
        for sale in sales:
            if sale.opened_on is None or not (sale.is_open or sale.closed_on):
                continue
            youngest = max(0, (observed_from - sale.opened_on).days)
            oldest = ((sale.closed_on or day) - sale.opened_on).days + bool(sale.closed_on)
            if oldest <= youngest:
                continue
            for index, (start, end) in enumerate(_SPANS):
                if start >= oldest:
                    break
                exposed[index] += max(0, min(oldest, end) - max(youngest, start))
            if sale.closed_on:
                closed[bisect_right(_AGES, oldest - 1) - 1] += 1
        overall = (sum(closed) + 1) / (sum(exposed) + _CYCLE_UNTIL_KNOWN)
        rates = [(c + 1) / (e + 1 / overall) for c, e in zip(closed, exposed, strict=True)]
        daily = (rate for rate, (start, end) in zip(rates, _SPANS, strict=True) for _ in range(start, end))
        return cls((0.0, *accumulate(daily)), sum(closed))

    def closes_within(self, age: int, days: int) -> float:
        """The chance that a sale of this age closes within so many days."""
        return 1 - exp(self._at(age) - self._at(age + days))

    def median_days(self, age: int) -> int:
        """After how many days half of the sales of this age have closed; ten years where it is longer."""
        return min(_LONGEST, bisect_left(self.burden, self._at(age) + log(2)) - min(age, _LONGEST))

    def _at(self, age: int) -> float:
        return self.burden[min(age, len(self.burden) - 1)]


@dataclass(frozen=True)
class Timing:
    """When one open sale closes, given that it closes: by its planned day, else by the pace at its age."""

    sale: Sale
    day: date
    pace: Pace

    @property
    def median_day(self) -> date:
        """The median day of closing."""
        if self._is_planned:
            assert self.sale.close_on
            return self.sale.close_on
        return self.day + timedelta(days=self.pace.median_days(self._age))

    def closes_before(self, end: date) -> float:
        """The chance to close on the day itself or later, before `end`."""
        days = (end - self.day).days
        if days <= 0:
            return 0.0
        if self._is_planned:
            assert self.sale.close_on
            planned = (self.sale.close_on - self.day).days + 0.5
            return NormalDist().cdf((log(days) - log(planned)) / _PLAN_SPREAD)
        return self.pace.closes_within(self._age, days)

    @property
    def _is_planned(self) -> bool:
        return self.sale.close_on is not None and self.sale.close_on >= self.day

    @property
    def _age(self) -> int:
        return max(0, (self.day - (self.sale.opened_on or self.day)).days)
