"""The range of what a period may still bring: many scenarios of what is open and of what is not there yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist, mean, pvariance, quantiles

from bot.domain.chances import Pace
from bot.domain.known import Sale
from bot.domain.periods import Period

SCENARIOS = 2000
_SINGLE = 40
"""So many of the weightiest open sales are won or lost one by one; the rest together."""
MODEL_DOUBT = 0.15
"""How wrong, as a share, any forecast may be whatever the history says."""
_LATELY = 91
"""Days: new sales come as often as they came in these."""
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Bet:
    """An open sale in a period: the chance that it is won then, its amount, and how unsure the amount is."""

    chance: float
    amount: float
    spread: float
    """Standard deviation of the amount, as a share of it."""


@dataclass(frozen=True)
class NewSales:
    """What sales not yet opened will bring within a period."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class Outlook:
    """What is still to come in a period, in minor units, without what was won in it already."""

    p10: int
    p50: int
    p90: int
    scenarios: tuple[int, ...]

    def reaches(self, minor: int) -> float:
        """The chance that at least so much comes; 1 where nothing is missing."""
        if minor <= 0:
            return 1.0
        return sum(each >= minor for each in self.scenarios) / len(self.scenarios)


def outlook(bets: Sequence[Bet], new: NewSales, *, doubt: float) -> Outlook:
    """The range of bets and new sales. `doubt`: how unsure the win rates are altogether, as a share of them.

    The scenarios are drawn from a fixed seed, so the same sales give the same range.
    """
    random = Random(0)
    by_weight = sorted(bets, key=lambda bet: (-bet.chance * bet.amount, -bet.amount))
    single, rest = by_weight[:_SINGLE], by_weight[_SINGLE:]
    rest_mean = sum(bet.chance * bet.amount for bet in rest)
    rest_deviation = sqrt(sum(_variance(bet) for bet in rest))
    amounts = [(bet.chance, _LogNormal.of(bet.amount, bet.amount * bet.spread)) for bet in single]
    lucks, news = _LogNormal.of(1.0, doubt), _LogNormal.of(new.mean, new.deviation)
    drawn = []
    for _ in range(SCENARIOS):
        luck = lucks.draw(random)
        total = max(0.0, rest_mean * luck + rest_deviation * _standard(random)) if rest else 0.0
        for chance, amount in amounts:
            if random.random() < chance * luck:
                total += amount.draw(random)
        drawn.append(round(total + news.draw(random)))
    drawn.sort()
    tenths = quantiles(drawn, n=10)
    return Outlook(round(tenths[0]), round(tenths[4]), round(tenths[8]), tuple(drawn))


def new_sales(
    sales: Sequence[Sale], day: date, period: Period, *, pace: Pace, chance: float, typical: int
) -> NewSales:
    """What sales opened from `day` on will bring in the period: as many as lately, won as often and as fast.

    `chance` is the overall one to be won, `typical` the amount in minor units where none was won yet. With no
    past the range is wide: one sale a quarter.
    """
    opened = [sale.opened_on for sale in sales if sale.opened_on]
    lately = min(_LATELY, max(1, (day - min(opened, default=day)).days))
    count = sum(day - timedelta(days=lately) <= each < day for each in opened)
    a_day = count / lately if count else 1 / _LATELY
    last, first = (period.end - day).days, max(0, (period.start - day).days)
    closed_in_time = sum(
        pace.closes_within(0, last - offset) - pace.closes_within(0, max(0, first - offset))
        for offset in range(last)
    )
    expected = a_day * closed_in_time * chance
    won = [sale.amount_minor for sale in sales if sale.is_won and sale.amount_minor] or [typical]
    amount = mean(won)
    by_number = expected * (amount**2 + (pvariance(won) if len(won) > 1 else amount**2))
    return NewSales(
        expected * amount, sqrt(by_number + (expected * amount) ** 2 * (1 / (count + 1) + MODEL_DOUBT**2))
    )


def _variance(bet: Bet) -> float:
    second = bet.amount**2 * (1 + bet.spread**2)
    return bet.chance * second - (bet.chance * bet.amount) ** 2


def _standard(random: Random) -> float:
    return _NORMAL.inv_cdf(random.random() or 0.5)


@dataclass(frozen=True)
class _LogNormal:
    """A positive quantity; without spread it is a plain number."""

    middle: float
    centre: float = 0.0
    width: float = 0.0

    @classmethod
    def of(cls, mean: float, deviation: float) -> "_LogNormal":
        """The one with this mean and standard deviation."""
        if mean <= 0 or deviation <= 0:
            return cls(max(0.0, mean))
        square = log(1 + (deviation / mean) ** 2)
        return cls(mean, log(mean) - square / 2, sqrt(square))

    def draw(self, random: Random) -> float:
        """One draw of it."""
        return exp(self.centre + self.width * _standard(random)) if self.width else self.middle
