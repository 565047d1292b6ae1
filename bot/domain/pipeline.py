"""The open pipeline: how many opportunities stand where, and for how much, currency by currency."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.rates import Converted
from bot.domain.stage_flow import StageFlow


@dataclass(frozen=True)
class PipelineFilter:
    """Which opportunities are looked at: all of them where nothing is set; all that is set must hold."""

    owner_ids: Collection[int] | None = None
    period: Period | None = None
    """Planned to close in it."""
    source: str | None = None
    competitor: str | None = None
    product_id: int | None = None
    sales_channel: str | None = None
    pipeline_id: int | None = None


EVERYTHING = PipelineFilter()


@dataclass(frozen=True)
class PipelineStage:
    """The open opportunities of one stage. `totals` has one sum for each currency, of known amounts."""

    stage_id: int
    stage: str
    count: int
    totals: tuple[Money, ...]
    unknown: int
    """How many have no amount."""
    overdue: int
    """How many have a planned day that is over."""
    pipeline: str | None = None
    """Whose stage it is, where there is more than one pipeline to tell apart."""
    flow: StageFlow | None = None
    """How opportunities have gone on from it so far; None where none has left it."""


@dataclass(frozen=True)
class OpenPipeline:
    """Every open stage in the order of the pipeline, empty ones too, and all of them together."""

    stages: tuple[PipelineStage, ...]
    totals: tuple[Money, ...]
    in_one: Money | None = None
    """All of it in the workspace's currency, each opportunity rounded once; None where a rate is missing."""
    converted: tuple[Converted, ...] = ()
    """What stands in another currency, one for each, with the rate that was taken."""

    @property
    def count(self) -> int:
        """Open opportunities."""
        return sum(stage.count for stage in self.stages)

    @property
    def unknown(self) -> int:
        """Those without an amount."""
        return sum(stage.unknown for stage in self.stages)

    @property
    def overdue(self) -> int:
        """Those whose planned day is over."""
        return sum(stage.overdue for stage in self.stages)
