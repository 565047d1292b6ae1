"""Laws of the plan and the pipeline: everything open is counted once, currencies never add up."""

from datetime import date

from bot.domain.money import Money
from bot.domain.periods import Period, quarter_of
from bot.domain.pipeline import PipelineFilter
from bot.reports.pipeline import pipeline
from bot.reports.plan import plan
from bot.store import models
from tests.support.factories import Factory

TODAY = date(2026, 11, 23)
QUARTER = quarter_of(TODAY)


def usd(amount: int) -> Money:
    """Dollars."""
    return Money.of(amount, "USD")


def quota(factory: Factory, amount: int, person_id: int | None, period: Period = QUARTER) -> None:
    """A quota of a person or of all."""
    factory.add(
        models.Quota(
            person_id=person_id,
            starts_on=period.start,
            ends_on=period.end,
            amount_minor=usd(amount).minor,
            currency="USD",
        )
    )


def test_the_pipeline_has_one_total_a_currency_and_counts_what_is_unknown(factory: Factory) -> None:
    ann = factory.actor("Ann")
    for name, amount, values in (
        ("a", usd(100), {"owner_id": ann.person_id}),
        ("b", Money.of(70, "CNY"), {}),
        ("c", None, {"close_on": date(2026, 11, 22)}),
        ("d", usd(5), {"stage": "Proposal", "close_on": TODAY}),
        ("e", usd(9), {"stage": "Won", "closed_on": TODAY}),
    ):
        factory.opportunity(name, amount=amount, **values)
    with factory.store.reading(factory.workspace_id) as session:
        found = pipeline(session, as_of=TODAY)
        mine = pipeline(session, as_of=TODAY, only=PipelineFilter(owner_ids=[ann.person_id or 0]))
    names = ["Qualification", "Discovery", "Proposal", "Negotiation"]
    assert [stage.stage for stage in found.stages] == names
    assert [stage.count for stage in found.stages] == [3, 0, 1, 0]
    assert (found.count, found.unknown, found.overdue) == (4, 1, 1)
    assert found.totals == (usd(105), Money.of(70, "CNY"))
    assert (mine.count, mine.totals) == (1, (usd(100),))


def test_the_plan_has_each_persons_quota_won_and_gap(factory: Factory) -> None:
    ann, bo = factory.actor("Ann"), factory.actor("Bo")
    factory.actor("Idle")
    quota(factory, 1000, ann.person_id)
    quota(factory, 500, ann.person_id, QUARTER.after)
    for owner, amount, closed in ((ann, 300, TODAY), (bo, 50, TODAY), (ann, 77, date(2026, 9, 30))):
        factory.opportunity(stage="Won", amount=usd(amount), owner_id=owner.person_id, closed_on=closed)
    factory.opportunity(amount=usd(400), owner_id=ann.person_id, close_on=date(2026, 12, 1), opened_on=TODAY)
    with factory.store.reading(factory.workspace_id) as session:
        found = plan(session, as_of=TODAY, period=QUARTER)
    lines = [(line.name, line.quota, line.won, line.gap, line.attainment) for line in found.people]
    assert lines == [
        ("Ann", usd(1000), usd(300), usd(700), 0.3),
        ("Bo", None, usd(50), None, None),
    ]
    assert found.people[0].open == usd(400)
    assert 0 < found.people[0].weighted.minor < usd(400).minor
    assert (found.overall.quota, found.overall.won) == (usd(1000), usd(350))


def test_the_workspaces_own_quota_is_the_overall_one(factory: Factory) -> None:
    ann = factory.actor("Ann")
    quota(factory, 1000, ann.person_id)
    quota(factory, 5000, None)
    with factory.store.reading(factory.workspace_id) as session:
        assert plan(session, as_of=TODAY, period=QUARTER).overall.quota == usd(5000)
