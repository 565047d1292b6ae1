"""Laws of looking back: figures equal hand-written SQL, and like is compared with like."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.forecast import Share
from bot.domain.money import Money
from bot.domain.performance import METRICS, Dimension, Performance
from bot.domain.periods import Period, month_of, quarter_of, week_of
from bot.reports.performance import metric_value, performance, win_rates
from bot.store import models
from tests.support.factories import Factory
from tests.support.history import make_history, noon

TODAY = date(2026, 11, 23)
JOINED = (
    "FROM opportunities o JOIN stages s ON s.id = o.stage_id LEFT JOIN people p ON p.id = o.owner_id "
    "LEFT JOIN products d ON d.id = o.product_id WHERE o.deleted_at IS NULL "
)


def rows(factory: Factory, sql: str, **values: object) -> list[Any]:
    """Rows by hand-written SQL."""
    with factory.store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql), values)]


def look_back(factory: Factory, period: Period, today: date = TODAY, **values: Any) -> Performance:
    """The performance of a period, seen from a day."""
    with factory.store.reading(factory.workspace_id) as session:
        return performance(session, period=period, as_of=today, **values)


def test_won_by_seller_and_product_equals_sql_to_the_cent_on_both_engines(factory: Factory) -> None:
    make_history(factory, count=150)
    period = quarter_of(date(2026, 8, 1))
    found = look_back(factory, period)
    by_hand = rows(
        factory,
        f"SELECT p.name, sum(o.amount_minor), count(*) {JOINED} AND s.kind = 'won' AND o.currency = 'USD' "
        "AND o.closed_on >= :start AND o.closed_on < :end GROUP BY p.name",
        start=period.start,
        end=period.end,
    )
    mine = {each.name: each.now.won_in("USD").minor for each in found.people if each.now.won_in("USD").minor}
    assert mine == {name: int(total) for name, total, _ in by_hand}
    assert found.overall.now.won_in("USD").minor == sum(mine.values())
    with factory.store.reading(factory.workspace_id) as session:
        by_product = win_rates(session, by=Dimension.PRODUCT)
    totals = {
        line.name: money.minor for line in by_product.lines for money in line.won if money.currency == "USD"
    }
    assert totals == {
        name: int(total)
        for name, total in rows(
            factory,
            f"SELECT d.name, sum(o.amount_minor) {JOINED} AND s.kind = 'won' AND o.currency = 'USD' "
            "GROUP BY d.name",
        )
    }


@pytest.fixture
def history(sqlite_factory: Factory) -> Factory:
    """A year of sales with a history of stages."""
    make_history(sqlite_factory, with_stages=True)
    return sqlite_factory


def test_every_month_equals_sql_in_counts_and_amounts(history: Factory) -> None:
    month = month_of(date(2025, 11, 1))
    while month.start < date(2026, 11, 1):
        found = look_back(history, month)
        start, end = month.start.isoformat(), month.end.isoformat()
        ended = f"{JOINED} AND o.closed_on >= '{start}' AND o.closed_on < '{end}' AND s.kind ="
        figures = found.overall.now
        assert [(figures.won_count, figures.lost_count)] == rows(
            history, f"SELECT (SELECT count(*) {ended} 'won'), (SELECT count(*) {ended} 'lost')"
        )
        won = rows(
            history,
            f"SELECT sum(o.amount_minor), o.currency {ended} 'won' AND o.amount_minor IS NOT NULL "
            "GROUP BY o.currency",
        )
        assert sorted((money.minor, money.currency) for money in figures.won) == sorted(won)
        assert [(figures.new_count,)] == rows(
            history, f"SELECT count(*) {JOINED} AND o.opened_on >= '{start}' AND o.opened_on < '{end}'"
        )
        month = month.after


def test_a_period_that_is_not_over_is_compared_with_as_many_days(history: Factory) -> None:
    found = look_back(history, quarter_of(TODAY))
    assert found.is_to_date
    assert found.seen == Period(date(2026, 10, 1), date(2026, 11, 24))
    assert found.before == Period(date(2026, 7, 1), date(2026, 8, 24))
    over = look_back(history, week_of(TODAY).before)
    assert not over.is_to_date
    assert (over.seen, over.before) == (week_of(TODAY).before, week_of(TODAY).before.before)


def test_the_cycle_is_the_median_from_opened_to_won(sqlite_factory: Factory) -> None:
    for days in (1, 10, 40, 50):
        sqlite_factory.opportunity(
            stage="Won", opened_on=TODAY - timedelta(days=days + 1), closed_on=TODAY - timedelta(days=1)
        )
    sqlite_factory.opportunity(stage="Won", closed_on=TODAY)
    sqlite_factory.opportunity(stage="Lost", opened_on=TODAY - timedelta(days=500), closed_on=TODAY)
    figures = look_back(sqlite_factory, month_of(TODAY)).overall.now
    assert figures.cycle_days == 25
    assert (figures.won_count, figures.won_unknown) == (5, 5)
    assert figures.win_rate == Share(5, 6)


def test_an_activity_belongs_to_its_day_in_the_workspaces_zone(sqlite_factory: Factory) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.engine.connect() as connection:
        connection.execute(text("UPDATE settings SET zone = 'Asia/Shanghai'"))
        connection.commit()
    for kind, moment in (
        ("call", datetime(2026, 10, 31, 17, tzinfo=UTC)),
        ("call", noon(TODAY)),
        ("visit", datetime(2026, 10, 31, 15, tzinfo=UTC)),
    ):
        sqlite_factory.add(models.Activity(kind=kind, text="x", happened_at=moment, person_id=ann.person_id))
    found = look_back(sqlite_factory, month_of(TODAY))
    assert found.overall.now.activities == (("call", 2),)
    assert found.overall.before.activities == ()
    assert [each.name for each in found.people] == ["Ann"]


def test_people_come_by_what_they_won_and_nobodys_last(history: Factory) -> None:
    found = look_back(history, quarter_of(date(2026, 8, 1)))
    won = [each.now.won_in("USD").minor for each in found.people if each.name]
    assert won == sorted(won, reverse=True)
    assert [each.name for each in found.people].count(None) == 1
    assert found.people[-1].name is None


def test_win_rates_by_any_dimension_count_every_ended_sale(history: Factory) -> None:
    ended = rows(history, f"SELECT sum(s.kind = 'won'), count(*) {JOINED} AND s.kind != 'open'")[0]
    with history.store.reading(history.workspace_id) as session:
        for dimension in set(Dimension) - {Dimension.STAGE}:
            found = win_rates(session, by=dimension)
            assert (found.overall.part, found.overall.whole) == ended
            assert sum(line.win_rate.whole for line in found.lines) == ended[1]
        by_stage = {line.name: line.win_rate for line in win_rates(session, by=Dimension.STAGE).lines}
    assert by_stage["Qualification"] == Share(*ended)
    assert by_stage["Proposal"].whole < ended[1]


def test_a_metric_is_measured_over_the_days_that_end_with_the_day_itself(sqlite_factory: Factory) -> None:
    ann, bo = sqlite_factory.actor("Ann"), sqlite_factory.actor("Bo")
    for owner, days_ago, amount in ((ann, 0, "100.50"), (ann, 29, "10"), (ann, 30, "7"), (bo, 3, "1000")):
        closed = TODAY - timedelta(days=days_ago)
        sqlite_factory.opportunity(
            stage="Won",
            amount=Money.of(amount, "USD"),
            owner_id=owner.person_id,
            closed_on=closed,
            opened_on=closed,
        )
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        value = metric_value(session, "won_amount", as_of=TODAY, days=30, person_id=ann.person_id)
        assert value == Decimal("110.50")
        assert metric_value(session, "won_amount", as_of=TODAY, days=30) == Decimal("1110.50")
        assert metric_value(session, "won_count", as_of=TODAY, days=30) == 3
        assert metric_value(session, "win_rate", as_of=TODAY, days=30) == 1
        assert metric_value(session, "win_rate", as_of=TODAY - timedelta(days=365), days=30) is None
        assert metric_value(session, "cycle_days", as_of=TODAY, days=30) == 0
        for key in METRICS:
            metric_value(session, key, as_of=TODAY, days=30, person_id=bo.person_id)
