"""Satisfaction: the scores that customers give, and what they come to, with how sure that is."""

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from bot.domain.forecast import Share

FEW = 30
"""Below so many answers a figure is shown with its range."""

_Z = NormalDist().inv_cdf(0.975)


class RatingKind(StrEnum):
    """What was asked: how satisfied (1 to 5), or how likely to recommend us (0 to 10)."""

    CSAT = "csat"
    NPS = "nps"

    @property
    def lowest(self) -> int:
        """The lowest score."""
        return 1 if self == RatingKind.CSAT else 0

    @property
    def highest(self) -> int:
        """The highest score."""
        return 5 if self == RatingKind.CSAT else 10

    def has(self, score: int) -> bool:
        """Whether the score is one of its scale."""
        return self.lowest <= score <= self.highest


class Mood(StrEnum):
    """What a score means: 4 and 5 of CSAT, 9 and 10 of NPS are good; up to 2, up to 6 are bad."""

    GOOD = "good"
    MIDDLING = "middling"
    BAD = "bad"


def mood(kind: RatingKind, score: int) -> Mood:
    """What one score means."""
    good, bad = (4, 2) if kind == RatingKind.CSAT else (9, 6)
    return Mood.GOOD if score >= good else Mood.BAD if score <= bad else Mood.MIDDLING


def likely_kind(score: int) -> RatingKind:
    """The scale of a score that names none: beyond that of satisfaction only NPS is left."""
    return RatingKind.CSAT if RatingKind.CSAT.has(score) else RatingKind.NPS


@dataclass(frozen=True)
class Range:
    """Where the true value lies in 19 of 20 cases."""

    low: float
    high: float


@dataclass(frozen=True)
class Satisfied:
    """CSAT scores together: their mean, and the share of 4 and 5."""

    count: int
    mean: float
    share: Share

    @property
    def range(self) -> Range:
        """Wilson's interval of the share; it needs no more than few answers."""
        n, p = self.share.whole, self.share.part / self.share.whole
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * (p * (1 - p) / n + _Z**2 / (4 * n**2)) ** 0.5
        return Range(max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Recommended:
    """NPS scores together: who recommends us less who does not, from -100 to 100."""

    count: int
    promoters: int
    detractors: int

    @property
    def score(self) -> int:
        """The net promoter score."""
        return round(100 * (self.promoters - self.detractors) / self.count)

    @property
    def range(self) -> Range:
        """Adjusted Wald (three answers added, as Agresti and Min do for a difference of shares).

        The plain interval has no width where all agree, however few they are.
        """
        n = self.count + 3
        good, bad = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        half = _Z * ((good + bad - (good - bad) ** 2) / n) ** 0.5
        low, high = 100 * (good - bad - half), 100 * (good - bad + half)
        return Range(max(-100.0, min(low, self.score)), min(100.0, max(high, self.score)))


@dataclass(frozen=True)
class Scores:
    """What the scores of one customer, person or product come to; its name is None where nobody is named."""

    name: str | None
    csat: Satisfied | None
    nps: Recommended | None

    @property
    def count(self) -> int:
        """All answers."""
        return (self.csat.count if self.csat else 0) + (self.nps.count if self.nps else 0)


@dataclass(frozen=True)
class SatisfactionReport:
    """All scores of a period, and by person, product and customer, the most answers first."""

    overall: Scores
    by_person: tuple[Scores, ...]
    by_product: tuple[Scores, ...]
    by_customer: tuple[Scores, ...]
