"""Reports by person with split credit: everybody has their share, and no total changes."""

from datetime import date, datetime
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.performance import Dimension
from bot.domain.periods import Grain, Period
from bot.reports.performance import performance, win_rates
from bot.reports.plan import plan
from bot.services.collaborators import add_collaborator, split_credit
from bot.store.days import won_totals
from bot.store.opportunities import access_opportunity
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
