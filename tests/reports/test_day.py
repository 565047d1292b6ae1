"""Laws of the day: nothing open is lost between its pages, and totals are per currency."""

from datetime import date, datetime, timedelta

from bot.domain.money import Money
from bot.reports.day import day, week
from bot.services.tasks import make_task
from bot.store import models
from tests.support.factories import Factory


def test_what_is_over_due_and_ahead_stands_apart_in_the_persons_own_zone(
    sqlite_factory: Factory, now: datetime
) -> None:
    lei = sqlite_factory.actor("Lei", zone="Asia/Shanghai")
    with sqlite_factory.store.transaction(lei, now=now, how="test") as session:
        make_task(session, lei, text="today", now=now, due=date(2026, 11, 23))
        make_task(session, lei, text="tonight", now=now, due=now + timedelta(hours=5))
        make_task(session, lei, text="tomorrow in Shanghai", now=now, due=now + timedelta(hours=8))
        make_task(session, lei, text="someday", now=now)
    with sqlite_factory.store.reading(lei.workspace_id) as session:
        found = day(session, lei, now=now + timedelta(hours=6))
    assert [task.text for task in found.overdue] == ["tonight"]
    assert [task.text for task in found.due] == ["today"]
    assert [task.text for task in found.ahead] == ["tomorrow in Shanghai", "someday"]


def test_every_open_task_and_opportunity_is_on_exactly_one_page(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann = sqlite_factory.actor("Ann")
    for number in range(12):
        sqlite_factory.opportunity(f"sale {number}", owner_id=ann.person_id)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        for number in range(19):
            make_task(session, ann, text=f"task {number}", now=now, due=date(2026, 12, 1))
    tasks, sales = [], []
    with sqlite_factory.store.reading(ann.workspace_id) as session:
        for first in (0, 8, 16):
            found = day(session, ann, now=now, first_task=first)
            tasks += [task.id for task in (*found.overdue, *found.due, *found.ahead)]
        for first in (0, 5, 10):
            found = day(session, ann, now=now, first_opportunity=first)
            sales += [each.id for each in found.opportunities]
        emptied = day(session, ann, now=now, first_task=80)
    assert len(tasks) == len(set(tasks)) == 19
    assert len(sales) == len(set(sales)) == 12
    assert emptied.first_task == 16


def test_the_week_ends_on_sunday_for_tasks_and_closings(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    sqlite_factory.opportunity("sunday", owner_id=ann.person_id, close_on=date(2026, 11, 29))
    sqlite_factory.opportunity("monday", owner_id=ann.person_id, close_on=date(2026, 11, 30))
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        make_task(session, ann, text="sunday", now=now, due=date(2026, 11, 29))
        make_task(session, ann, text="monday", now=now, due=date(2026, 11, 30))
    with sqlite_factory.store.reading(ann.workspace_id) as session:
        found = week(session, ann, now=now)
    assert [task.text for task in found.ahead] == ["sunday"]
    assert [each.name for each in found.opportunities] == ["sunday"]
    assert (found.task_count, found.opportunity_count) == (1, 1)


def test_figures_are_the_persons_own_and_never_added_across_currencies(
    factory: Factory, now: datetime
) -> None:
    ann, bo = factory.actor("Ann"), factory.actor("Bo")
    for owner in (ann, bo):
        for amount in (Money.of(100, "USD"), Money.of(70, "CNY"), Money.of(30, "USD"), None):
            factory.opportunity("open", owner_id=owner.person_id, amount=amount)
        factory.opportunity(
            "won",
            stage="Won",
            owner_id=owner.person_id,
            amount=Money.of(40, "USD"),
            closed_on=date(2026, 10, 1),
        )
        factory.opportunity(
            "won before",
            stage="Won",
            owner_id=owner.person_id,
            amount=Money.of(9, "USD"),
            closed_on=date(2026, 9, 30),
        )
    factory.add(
        models.Quota(
            person_id=ann.person_id,
            starts_on=date(2026, 10, 1),
            ends_on=date(2027, 1, 1),
            amount_minor=16_000,
            currency="USD",
        )
    )
    with factory.store.reading(ann.workspace_id) as session:
        figures = day(session, ann, now=now).figures
    assert figures.open_count == 4
    assert figures.open_totals == (Money.of(70, "CNY"), Money.of(130, "USD"))
    assert figures.won == (Money.of(40, "USD"),)
    assert figures.attainment == 0.25
