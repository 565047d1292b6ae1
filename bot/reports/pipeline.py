"""The open pipeline by stage."""

from collections.abc import Sequence
from datetime import date

from bot.domain.money import Money, totals
from bot.domain.pipeline import EVERYTHING, OpenPipeline, PipelineFilter, PipelineStage
from bot.domain.rates import Converted
from bot.reports.stage_flows import flows_of
from bot.store import Session
from bot.store.figures import stage_rows
from bot.store.lookbacks import open_amounts, open_sums
from bot.store.rates import known_rates
from bot.store.workspaces import workspace_settings


def pipeline(session: Session, *, as_of: date, only: PipelineFilter = EVERYTHING) -> OpenPipeline:
    """What is open now, by stage, as far as the filter lets it through. `as_of` is today.

    How long a stage takes and how many go on is always of everybody's: one person's are too few to tell.
    """
    every = stage_rows(session).values()
    sums = open_sums(session, [each.id for each in every if each.is_open], today=as_of, only=only)
    flows = flows_of(session, every)
    rows = [each for each in every if only.pipeline_id in (None, each.pipeline_id)]
    inside_of = {each.stage_id for each in sums}
    shown = [each for each in rows if each.id in inside_of or (each.is_open and not each.is_removed)]
    several = len({each.pipeline_id for each in shown}) > 1
    stages = []
    for stage in shown:
        inside = [each for each in sums if each.stage_id == stage.id]
        stages.append(
            PipelineStage(
                stage.id,
                stage.name,
                sum(each.count for each in inside),
                tuple(Money(each.minor, each.currency) for each in inside if each.known),
                sum(each.count - each.known for each in inside),
                sum(each.overdue for each in inside),
                stage.pipeline if several else None,
                flows.get(stage.id),
            )
        )
    sums_now = totals(money for stage in stages for money in stage.totals)
    return OpenPipeline(tuple(stages), sums_now, *_in_one(session, sums_now, only, as_of))


def _in_one(
    session: Session, amounts: Sequence[Money], only: PipelineFilter, as_of: date
) -> tuple[Money | None, tuple[Converted, ...]]:
    currency = workspace_settings(session).currency
    others = [money for money in amounts if money.currency != currency]
    if not others:
        return (amounts[0] if amounts else Money(0, currency)), ()
    rates = known_rates(session)
    minor = sum(money.minor for money in amounts if money.currency == currency)
    for money, count in open_amounts(session, only=only, but=currency):
        found = rates.convert(money, currency, as_of)
        if found is None:
            return None, ()
        minor += count * found.money.minor
    converted = [rates.convert(money, currency, as_of) for money in others]
    return Money(minor, currency), tuple(filter(None, converted))
