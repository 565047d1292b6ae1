"""The result of a forecast: what a period will bring, what that is made of, and what it rests on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.periods import Horizon, Period


class AmountBasis(StrEnum):
    """Where an opportunity's amount comes from; whatever is not KNOWN must be called an estimate."""

    KNOWN = "known"
    LIST_PRICE = "list_price"
    """One of its product, at the list price."""
    TYPICAL = "typical"
    """The middle one of the amounts won so far; neither its amount nor its product's price is known."""


@dataclass(frozen=True)
class Share:
    """So many of so many: a win rate with its counts."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class OpenChance:
    """One open opportunity: the chance ever to be won, to be won in the period, when and for how much."""

    id: int
    external_id: str | None
    p_win: float
    p_win_in_horizon: float
    expected_close: date
    """The median day of closing, given that it closes."""
    p50_amount: Money
    basis: AmountBasis


@dataclass(frozen=True)
class PipelineLine:
    """Open opportunities of one stage or one month, in the main currency.

    `amount` sums the known amounts alone; `estimated` those that are estimates; `weighted` is both times the
    chance ever to be won.
    """

    count: int
    unknown: int
    """How many have no amount of their own."""
    amount: Money
    estimated: Money
    weighted: Money


@dataclass(frozen=True)
class StageLine(PipelineLine):
    """The open opportunities of one stage; without a stage_id those whose stage at that day is unknown."""

    stage_id: int | None
    stage: str | None
    p_win: float
    pipeline: str | None = None
    """Only where another line's stage has the same name."""


@dataclass(frozen=True)
class MonthLine(PipelineLine):
    """The open opportunities expected to close in one month; `is_last` also holds all later ones."""

    month: date
    """Its first day."""
    by_stage: tuple[Money, ...]
    """Amounts, estimates included, in the order of the forecast's stages."""
    won: Money
    """What was won in the month so far."""
    is_last: bool = False


@dataclass(frozen=True)
class Forecast:
    """What a period will bring in the main currency, known at one day.

    p10, p50 and p90 are of the whole period, what was won in it so far included; `closed_so_far` +
    `from_open` + `from_new` is the mean. Money in other currencies is never converted: it is listed apart.
    """

    as_of: date
    horizon: Horizon
    period: Period
    currency: str
    p10: Money
    p50: Money
    p90: Money
    closed_so_far: Money
    won_count: int
    """Sales won in the period so far, in every currency."""
    won_unknown: int
    """Those of them whose amount nobody knows."""
    from_open: Money
    from_new: Money
    quota: Money | None
    probability_of_quota: float | None
    opportunities: tuple[OpenChance, ...]
    by_stage: tuple[StageLine, ...]
    by_month: tuple[MonthLine, ...]
    win_rate: Share
    """Of all that ended, in the workspace."""
    has_stage_history: bool
    """False: nothing that ended has a recorded stage, so every stage has the overall win rate."""
    at_list_price: int
    """Open opportunities without an amount, counted at their product's list price."""
    at_typical: int
    """Open opportunities without an amount or a list price, counted at the typical amount."""
    other_open: tuple[Money, ...] = ()
    other_won: tuple[Money, ...] = ()

    @property
    def mean(self) -> Money:
        """What is expected on average."""
        return self.closed_so_far + self.from_open + self.from_new

    @property
    def gap(self) -> Money | None:
        """What is still missing to the quota at this day; negative once it is exceeded."""
        return None if self.quota is None else self.quota - self.closed_so_far

    @property
    def rests_on_nothing(self) -> bool:
        """True when nothing is open and nothing ever ended: the range is only a convention."""
        return not self.opportunities and not self.win_rate.whole and not self.won_count
