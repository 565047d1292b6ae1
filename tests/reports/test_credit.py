"""Reports by person with split credit: everybody has their share, and no total changes."""

from datetime import date, datetime
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.performance import Dimension
from bot.domain.periods import Grain, Horizon, Period
from bot.domain.roles import Role
from bot.reports.forecast import forecast
from bot.reports.performance import performance, win_rates
from bot.reports.plan import plan
from bot.services.collaborators import add_collaborator, split_credit
from bot.services.pipelines import make_pipeline
from bot.store.days import won_totals
from bot.store.forecast_categories import category_sums
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity
from bot.store.pipelines import list_stages
from tests.support.factories import Factory

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)


def test_reports_by_person_follow_the_split_and_their_totals_stay_to_the_cent(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, bo, cy = (sqlite_factory.actor(name) for name in ("Ann", "Bo", "Cy"))
    today, whose = now.date(), {each.person_id or 0: each.name for each in (ann, bo, cy)}
    closed = {"owner_id": ann.person_id, "opened_on": today, "closed_on": today, "closed_at": now}
    sold = sqlite_factory.opportunity(
        stage="Won", amount=Money(100_01, "USD"), customer_id=sqlite_factory.customer().id, **closed
    )
    sqlite_factory.opportunity(stage="Won", amount=Money(50_00, "USD"), **closed)
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        before = performance(session, period=QUARTER, as_of=today).overall
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        opportunity = access_opportunity(session, sold.id)
        for each in (bo, cy):
            add_collaborator(session, ann, opportunity, person_id=each.person_id, role=None, now=now)
        third = Decimal("33.33")
        shares = {ann.person_id or 0: Decimal("33.34"), bo.person_id or 0: third, cy.person_id or 0: third}
        split_credit(session, ann, opportunity, shares, now=now)
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        found = performance(session, period=QUARTER, as_of=today)
        planned = plan(session, as_of=today, period=QUARTER)
        rates = win_rates(session, by=Dimension.PERSON)
        by_day = {name: won_totals(session, [person_id], QUARTER) for person_id, name in whose.items()}
    assert found.overall == before
    expected = {"Ann": 33_35 + 50_00, "Bo": 33_33, "Cy": 33_33}
    assert {each.name: each.now.won_in("USD").minor for each in found.people} == expected
    assert {line.name: line.won.minor for line in planned.people} == expected
    assert planned.overall.won.minor == sum(expected.values()) == 150_01
    assert {line.name: sum(each.minor for each in line.won) for line in rates.lines} == expected
    assert {name: sum(each.minor for each in won) for name, won in by_day.items()} == expected
    assert {each.name: each.now.won_count for each in found.people} == {"Ann": 2, "Bo": 0, "Cy": 0}


def test_a_persons_forecast_has_their_part_of_what_is_won_and_open_and_the_parts_make_the_whole(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, bo = (sqlite_factory.actor(name) for name in ("Ann", "Bo"))
    today = now.date()
    ended = {"closed_on": today, "closed_at": now}
    values = {"owner_id": ann.person_id, "opened_on": today, "customer_id": sqlite_factory.customer().id}
    won = sqlite_factory.opportunity(stage="Won", amount=Money(100_01, "USD"), **values, **ended)
    opened = sqlite_factory.opportunity(amount=Money(301_00, "USD"), close_on=today, **values)
    sqlite_factory.opportunity(amount=Money(50_00, "USD"), close_on=today, **values)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        for each in (won, opened):
            opportunity = access_opportunity(session, each.id)
            add_collaborator(session, ann, opportunity, person_id=bo.person_id, role=None, now=now)
            shares = {ann.person_id or 0: Decimal(50), bo.person_id or 0: Decimal(50)}
            split_credit(session, ann, opportunity, shares, now=now)
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        whole, *parts = (
            forecast(session, as_of=today, horizon=Horizon.QUARTER, owner_ids=who)
            for who in (None, [ann.person_id or 0], [bo.person_id or 0])
        )
        said = [
            sum(each.minor for each in category_sums(session, QUARTER, who))
            for who in (None, [ann.person_id or 0], [bo.person_id or 0])
        ]
    assert sum(each.closed_so_far.minor for each in parts) == whole.closed_so_far.minor == 100_01
    assert [each.won_count for each in parts] == [1, 0]
    opens = [sum(line.amount.minor for line in each.by_stage) for each in (whole, *parts)]
    assert opens == said == [351_00, 200_50, 150_50]


def test_stages_of_one_name_are_told_apart_by_their_pipelines(sqlite_factory: Factory, now: datetime) -> None:
    ada = sqlite_factory.actor("Ada", Role.ADMIN)
    with sqlite_factory.store.transaction(ada, now=now, how="test") as session:
        other = make_pipeline(session, ada, name="Renewals", stages=["Proposal"])
        stage = list_stages(session, other.id)[0]
    sqlite_factory.opportunity(stage="Proposal", amount=Money(10_00, "USD"))
    sqlite_factory.opportunity(amount=Money(10_00, "USD"))
    sqlite_factory.add(Opportunity(name="Again", stage_id=stage.id, currency="USD", amount_minor=5_00))
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        found = forecast(session, as_of=now.date(), horizon=Horizon.QUARTER)
    named = [(line.pipeline, line.stage) for line in found.by_stage]
    assert named == [(None, "Qualification"), ("Sales", "Proposal"), ("Renewals", "Proposal")]
