"""What changed in the open pipeline since a day, and which opportunities changed it."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.known import Cutoff, known_at
from bot.domain.movements import PipelineChange, pipeline_change
from bot.domain.pipeline import EVERYTHING, PipelineFilter
from bot.reports.forecast import past_of
from bot.store import Session
from bot.store.lookbacks import matching_ids, opportunity_names


def movements(
    session: Session,
    *,
    since: date,
    as_of: date,
    only: PipelineFilter = EVERYTHING,
) -> PipelineChange:
    """From the start of `since` in the workspace's zone to now, of what the filter lets through.

    Owner, source and the like are those of now; the planned day is that of its time. `as_of` is today.
    """
    past = past_of(session)
    kinds = {stage.id: stage.kind for stage in past.stages.values()}
    cutoff = Cutoff(since, datetime.combine(since, time(), past.zone))
    ids = None if replace(only, period=None) == EVERYTHING else matching_ids(session, only)
    wanted = (
        history
        for history in past.histories
        if (ids is None or history.sale.id in ids)
        and not (history.sale.opened_on and history.sale.opened_on > as_of)
    )
    pairs = ((known_at(history, cutoff, kinds), history.sale) for history in wanted)
    return pipeline_change(pairs, since=since, until=as_of, period=only.period)


def movers(session: Session, change: PipelineChange) -> dict[int, str]:
    """What the opportunities that moved are called, by id."""
    return opportunity_names(session, {each.sale_id for each in change.movements})
