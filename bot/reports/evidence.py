"""Whether a period differs from the one before by more than chance. For the worker: scipy loads slowly."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from bot.domain.performance import Figures, Performance

LIKELY_CHANCE = 0.05
"""A difference that chance makes in more than one of twenty cases proves nothing."""


@dataclass(frozen=True)
class Evidence:
    """How often chance alone makes a metric differ so; None where there is too little to say."""

    metric: str
    p_value: float | None

    @property
    def is_more_than_chance(self) -> bool:
        """True when the difference is worth acting on."""
        return self.p_value is not None and self.p_value < LIKELY_CHANCE


def evidence(found: Performance) -> tuple[Evidence, ...]:
    """Of the win rate, the counts and the cycle of all together, period against period."""
    now, before = found.overall.now, found.overall.before
    days = (found.seen.days, found.before.days)
    return (
        Evidence("win_rate", _of_rates(now, before)),
        Evidence("won_count", _of_counts(now.won_count, before.won_count, *days)),
        Evidence("new_opportunities", _of_counts(now.new_count, before.new_count, *days)),
        Evidence("activities", _of_counts(now.activity_count, before.activity_count, *days)),
        Evidence("cycle_days", _of_samples(now.cycles, before.cycles)),
    )


def _of_rates(now: Figures, before: Figures) -> float | None:
    """Fisher's exact test: won and lost, now and before."""
    if not now.win_rate.whole or not before.win_rate.whole:
        return None
    table = [[now.won_count, now.lost_count], [before.won_count, before.lost_count]]
    return float(stats.fisher_exact(table).pvalue)


def _of_counts(now: int, before: int, days_now: int, days_before: int) -> float | None:
    """Two Poisson counts: given their sum, chance shares it by the length of the periods."""
    if not now + before:
        return None
    return float(stats.binomtest(now, now + before, days_now / (days_now + days_before)).pvalue)


def _of_samples(now: Sequence[int], before: Sequence[int]) -> float | None:
    """Mann and Whitney's rank test, which asks for no shape of the cycles."""
    if len(now) < 3 or len(before) < 3:
        return None
    return float(stats.mannwhitneyu(now, before).pvalue)
