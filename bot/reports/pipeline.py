"""The open pipeline by stage."""

from collections.abc import Collection
from datetime import date

from bot.domain.money import Money, totals
from bot.domain.pipeline import OpenPipeline, PipelineStage
from bot.store import Session
from bot.store.figures import stage_rows
from bot.store.lookbacks import open_sums


def pipeline(session: Session, *, as_of: date, owner_ids: Collection[int] | None = None) -> OpenPipeline:
    """What is open now, by stage; with `owner_ids` of their opportunities alone. `as_of` is today."""
    sums = open_sums(session, today=as_of, owner_ids=owner_ids)
    stages = []
    for stage in stage_rows(session).values():
        inside = [each for each in sums if each.stage_id == stage.id]
        if inside or (stage.is_open and not stage.is_removed):
            stages.append(
                PipelineStage(
                    stage.id,
                    stage.name,
                    sum(each.count for each in inside),
                    tuple(Money(each.minor, each.currency) for each in inside if each.known),
                    sum(each.count - each.known for each in inside),
                    sum(each.overdue for each in inside),
                )
            )
    return OpenPipeline(tuple(stages), totals(money for stage in stages for money in stage.totals))
