"""What the charts show: figures whose names are already in the reader's language; one currency a chart."""

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.money import Money


@dataclass(frozen=True)
class Picture:
    """A drawn chart: PNG bytes at twice screen resolution, and `alt`, the same figures as text."""

    png: bytes
    alt: str
    title: str


@dataclass(frozen=True)
class ForecastMonth:
    """One month of the plan by close date.

    `by_stage` has the open amount of every stage of the figures, in their order; `weighted` is the same
    pipeline weighted by the chance to win it; `won` is what closed in the month so far.
    """

    label: str
    by_stage: tuple[Money, ...]
    weighted: Money
    won: Money

    @property
    def open(self) -> Money:
        """The open amount of all stages."""
        return sum(self.by_stage[1:], self.by_stage[0])

    @property
    def expected(self) -> Money:
        """What the month brings: won, and the open pipeline weighted."""
        return self.won + self.weighted


@dataclass(frozen=True)
class ForecastFigures:
    """Open pipeline by stage (first to last) and month, and how the plan's period stands.

    `won`, `weighted` and `quota` are those of the period that title or subtitle name, which may be shorter
    or longer than the months shown.
    """

    title: str
    subtitle: str
    stages: tuple[str, ...]
    months: tuple[ForecastMonth, ...]
    won: Money
    weighted: Money
    quota: Money | None = None
    note: str = ""

    @property
    def expected(self) -> Money:
        """What the period brings: won so far, and its open pipeline weighted."""
        return self.won + self.weighted


@dataclass(frozen=True)
class PersonFigures:
    """What one person won in the period and in the one before, and the period's quota where there is one."""

    name: str
    won: Money
    before: Money
    quota: Money | None = None


@dataclass(frozen=True)
class PerformanceFigures:
    """Won by person; `period` and `before` name the two periods ("Q4 2026", "Q3 2026")."""

    title: str
    subtitle: str
    period: str
    before: str
    people: tuple[PersonFigures, ...]
    note: str = ""


@dataclass(frozen=True)
class FunnelStage:
    """One stage: how many opportunities are in it and their amount, None where no amount is known.

    `conversion` is the share (0 to 1) of those that left this stage which went on to the next, None where no
    history says.
    """

    label: str
    count: int
    amount: Money | None
    conversion: Decimal | None = None
    is_won: bool = False
    group: str = ""
    """Stages of one group stand together: its pipeline, where there are several."""


@dataclass(frozen=True)
class FunnelFigures:
    """The pipeline by stage, first to last; a won stage may close it."""

    title: str
    subtitle: str
    stages: tuple[FunnelStage, ...]
    note: str = ""


@dataclass(frozen=True)
class BridgeStep:
    """One step between the two totals of a bridge; `amount` is positive, `adds` says in which direction."""

    label: str
    count: int
    amount: Money
    adds: bool
    is_won: bool = False


@dataclass(frozen=True)
class BridgeFigures:
    """From one total to another by steps that sum exactly; the totals' labels name their moments."""

    title: str
    subtitle: str
    before_label: str
    before: Money
    steps: tuple[BridgeStep, ...]
    after_label: str
    after: Money
    note: str = ""


@dataclass(frozen=True)
class WinFigures:
    """One sale that was won: `headline` is its amount, or a word where amounts are not told.

    `facts` are labels and values (who, after how long); `won` is what the period that `period` names has
    brought so far, this sale included, and `quota` what it is to bring; None where amounts are not told.
    """

    title: str
    subtitle: str
    headline: str
    facts: tuple[tuple[str, str], ...]
    period: str = ""
    won: Money | None = None
    quota: Money | None = None
