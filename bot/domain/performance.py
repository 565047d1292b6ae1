"""The results of looking back: what was won, how often and how fast, by whom, against the period before."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.forecast import Share
from bot.domain.money import Money
from bot.domain.periods import Period


@dataclass(frozen=True)
class Figures:
    """What one person, or all together, did in one period."""

    won: tuple[Money, ...] = ()
    """One sum for each currency, of the known amounts."""
    won_count: int = 0
    won_unknown: int = 0
    """Sales among won_count whose amount nobody knows."""
    lost_count: int = 0
    new_count: int = 0
    """Opportunities opened in the period."""
    cycles: tuple[int, ...] = ()
    """Days from opened to won, of each sale that has both, shortest first."""
    activities: tuple[tuple[str, int], ...] = ()
    """Kind and count, most frequent first."""

    @property
    def win_rate(self) -> Share:
        """Won of won and lost."""
        return Share(self.won_count, self.won_count + self.lost_count)

    @property
    def cycle_days(self) -> float | None:
        """The median of the cycles."""
        if not self.cycles:
            return None
        middle = len(self.cycles) // 2
        return (self.cycles[middle] + self.cycles[-middle - 1]) / 2

    @property
    def activity_count(self) -> int:
        """All activities."""
        return sum(count for _, count in self.activities)

    def won_in(self, currency: str) -> Money:
        """What was won in one currency."""
        return next((money for money in self.won if money.currency == currency), Money(0, currency))


@dataclass(frozen=True)
class PersonFigures:
    """One person's figures in a period and in the one before; without a person_id nobody owns them."""

    person_id: int | None
    name: str | None
    now: Figures
    before: Figures


@dataclass(frozen=True)
class Performance:
    """A period against the one before it, overall and by person, the most won first.

    Where the period is not over, `before` is as many days of the period before, so that like meets like.
    """

    period: Period
    """As asked for, such as the whole quarter."""
    seen: Period
    """What of it is over and was counted."""
    before: Period
    currency: str
    overall: PersonFigures
    people: tuple[PersonFigures, ...]

    @property
    def is_to_date(self) -> bool:
        """True when the period is not over."""
        return self.seen != self.period


class Dimension(StrEnum):
    """What a win rate is split by."""

    SOURCE = "source"
    SALES_CHANNEL = "sales_channel"
    PARTNER = "partner"
    PERSON = "person"
    PRODUCT = "product"
    STAGE = "stage"
    CUSTOMER = "customer"
    COMPETITOR = "competitor"
    LOSS_REASON = "loss_reason"


@dataclass(frozen=True)
class RateLine:
    """One value of a dimension; its name is None where nobody has said one."""

    name: str | None
    win_rate: Share
    won: tuple[Money, ...]


@dataclass(frozen=True)
class WinRates:
    """Win rates of what ended in a period (None: ever), split by a dimension, the most ended first."""

    dimension: Dimension
    period: Period | None
    overall: Share
    lines: tuple[RateLine, ...]


class Unit(StrEnum):
    """What a metric counts."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True)
class Metric:
    """A figure that a measure can move: its value on a day is over the days that end with it."""

    key: str
    unit: Unit
    more_is_better: bool = field(default=True)


METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric("won_amount", Unit.MONEY),
        Metric("won_count", Unit.COUNT),
        Metric("win_rate", Unit.SHARE),
        Metric("cycle_days", Unit.DAYS, more_is_better=False),
        Metric("new_opportunities", Unit.COUNT),
        Metric("activities", Unit.COUNT),
        Metric("open_pipeline", Unit.MONEY),
        Metric("weighted_pipeline", Unit.MONEY),
    )
}
"""What a measure can be measured by. Shares are from 0 to 1, money in major units of the main currency."""
