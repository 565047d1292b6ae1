"""Laws of the forecast: it says what is won, knows nothing of the future, and adds up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.forecast import AmountBasis, Forecast, Share
from bot.domain.money import Money
from bot.domain.periods import Horizon
from bot.reports.forecast import forecast, forecast_known_at, past_of
from bot.store import Session, Store, models
from tests.support.factories import Factory
from tests.support.history import LAST, make_history, noon

TODAY = date(2026, 11, 23)
USD = "USD"


def now_of(factory: Factory, horizon: Horizon = Horizon.QUARTER, **values: object) -> Forecast:
    """The forecast of the factory's workspace as sales are now."""
    with factory.store.reading(factory.workspace_id) as session:
        return forecast(session, as_of=TODAY, horizon=horizon, **values)  # type: ignore[arg-type]


def known(factory: Factory, day: date, horizon: Horizon = Horizon.QUARTER) -> Forecast:
    """The forecast as of the start of a day."""
    with factory.store.reading(factory.workspace_id) as session:
        return forecast_known_at(session, past_of(session), as_of=day, horizon=horizon)


def every_horizon(factory: Factory, day: date) -> list[Forecast]:
    """The forecasts of all horizons as of the start of a day."""
    with factory.store.reading(factory.workspace_id) as session:
        past = past_of(session)
        return [forecast_known_at(session, past, as_of=day, horizon=horizon) for horizon in Horizon]


@pytest.fixture
def history(sqlite_factory: Factory) -> Factory:
    """A year of sales without a history of stages."""
    make_history(sqlite_factory)
    return sqlite_factory


def by_hand(factory: Factory, sql: str, **values: object) -> int:
    """One number by hand-written SQL."""
    with factory.store.engine.connect() as connection:
        return int(connection.execute(text(sql), values).scalar() or 0)


def test_won_so_far_is_the_sum_by_hand_to_the_cent_on_both_engines(factory: Factory) -> None:
    make_history(factory, count=120)
    won = by_hand(
        factory,
        "SELECT sum(o.amount_minor) FROM opportunities o JOIN stages s ON s.id = o.stage_id "
        "WHERE s.kind = 'won' AND o.currency = 'USD' AND o.closed_on >= :start AND o.closed_on <= :today",
        start=date(2026, 10, 1),
        today=TODAY,
    )
    found = now_of(factory)
    assert found.closed_so_far == Money(won, USD)
    assert won > 0
    assert found.other_won == known(factory, TODAY).other_won


def test_the_weighted_pipeline_is_amount_times_the_overall_win_rate_where_no_stages_are_recorded(
    history: Factory,
) -> None:
    ended = "FROM opportunities o JOIN stages s ON s.id = o.stage_id WHERE s.kind IN ('won', 'lost')"
    won, whole = (
        by_hand(history, f"SELECT sum(s.kind = 'won') {ended}"),
        by_hand(history, f"SELECT count(*) {ended}"),
    )
    found = now_of(history)
    assert found.win_rate == Share(won, whole)
    assert not found.has_stage_history
    assert {each.p_win for each in found.opportunities} == {won / whole}
    for line in found.by_stage:
        assert line.weighted.minor == pytest.approx((line.amount + line.estimated).minor * won / whole, abs=1)


def test_a_recorded_history_gives_each_stage_its_own_win_rate(sqlite_factory: Factory) -> None:
    make_history(sqlite_factory, with_stages=True)
    found = now_of(sqlite_factory)
    assert found.has_stage_history
    assert len({line.p_win for line in found.by_stage}) == 2
    assert [line.stage for line in found.by_stage] == ["Qualification", "Proposal"]


def test_unknown_amounts_are_estimated_and_counted_never_zero(history: Factory) -> None:
    found = now_of(history)
    unknown = by_hand(
        history,
        "SELECT count(*) FROM opportunities o JOIN stages s ON s.id = o.stage_id "
        "WHERE s.kind = 'open' AND o.amount_minor IS NULL",
    )
    assert found.at_list_price + found.at_typical == unknown
    assert found.at_list_price > 0 < found.at_typical
    assert all(each.p50_amount.minor > 0 for each in found.opportunities)
    estimated = [each for each in found.opportunities if each.basis == AmountBasis.LIST_PRICE]
    assert {each.p50_amount.minor for each in estimated} == {4821_00, 550_00}
    for line in found.by_stage:
        assert line.count > line.unknown > 0


def test_stages_and_months_hold_every_open_sale_of_the_main_currency_once(history: Factory) -> None:
    found = now_of(history)
    count = by_hand(
        history,
        "SELECT count(*) FROM opportunities o JOIN stages s ON s.id = o.stage_id "
        "WHERE s.kind = 'open' AND o.currency = 'USD'",
    )
    assert sum(line.count for line in found.by_stage) == count
    assert sum(line.count for line in found.by_month) == count
    stages = zip(*(line.by_stage for line in found.by_month), strict=True)
    for line, cells in zip(found.by_stage, stages, strict=True):
        assert sum(cell.minor for cell in cells) == (line.amount + line.estimated).minor
    assert all(money.currency == "CNY" for money in found.other_open)


@pytest.mark.parametrize("horizon", list(Horizon))
def test_the_range_is_ordered_and_never_below_what_is_won(history: Factory, horizon: Horizon) -> None:
    found = now_of(history, horizon)
    assert found.closed_so_far.minor <= found.p10.minor <= found.p50.minor <= found.p90.minor
    assert found.p10.minor < found.mean.minor < found.p90.minor
    for each in found.opportunities:
        assert 0 <= each.p_win_in_horizon <= each.p_win < 1
        assert each.expected_close >= TODAY


def test_a_quota_gives_gap_and_probability(history: Factory) -> None:
    assert now_of(history).quota is None
    found = now_of(history)
    for target in (found.closed_so_far, found.p50, found.p90):
        quota = models.Quota(
            starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 1), amount_minor=target.minor, currency=USD
        )
        history.add(quota)
        with_quota = now_of(history)
        assert with_quota.gap == target - found.closed_so_far
        expected = {found.closed_so_far: 1.0, found.p50: 0.5, found.p90: 0.1}[target]
        assert with_quota.probability_of_quota == pytest.approx(expected, abs=0.02)
        with history.store.transaction(history.shell, now=history.now, how="test") as session:
            session.get_one(models.Quota, quota.id).deleted_at = history.now


def test_a_person_s_forecast_has_their_sales_and_the_workspaces_win_rate(history: Factory) -> None:
    every = now_of(history)
    with history.store.engine.connect() as connection:
        people = [row[0] for row in connection.execute(text("SELECT id FROM people ORDER BY id"))]
    parts = [now_of(history, owner_ids=[person]) for person in people]
    assert {part.win_rate for part in parts} == {every.win_rate}
    assert sum(len(part.opportunities) for part in parts) < len(every.opportunities)
    assert sum(part.closed_so_far.minor for part in parts) <= every.closed_so_far.minor


def test_with_no_history_the_range_is_wide_and_nothing_is_missing(sqlite_factory: Factory) -> None:
    found = known(sqlite_factory, TODAY)
    assert found.rests_on_nothing
    assert 0 <= found.p10.minor < found.p50.minor < found.p90.minor
    sqlite_factory.opportunity(amount=Money.of(1000, USD), opened_on=date(2026, 11, 1))
    found = now_of(sqlite_factory)
    assert len(found.opportunities) == 1
    assert found.opportunities[0].p_win == 0.5
    assert found.p90.minor > 4 * found.p10.minor


DAY = date(2026, 8, 17)


FUTURES: dict[str, Callable[[Factory], None]] = {}


def future(change: Callable[[Factory], None]) -> Callable[[Factory], None]:
    """Something that happens on DAY or later."""
    FUTURES[change.__name__] = change
    return change


@future
def a_sale_opens(factory: Factory) -> None:
    factory.opportunity("New", amount=Money.of(99_999, USD), opened_on=DAY)


@future
def an_open_sale_is_won(factory: Factory) -> None:
    with factory.store.transaction(factory.shell, now=noon(DAY), how="test") as session:
        won = next(stage for stage in factory.stages() if stage.is_won)
        sale = _open_sales(factory, session)[0]
        move = models.StageChange(opportunity_id=sale.id, to_stage_id=won.id, at=noon(DAY))
        session.add(move)
        sale.stage_id, sale.closed_on, sale.amount_minor = won.id, DAY, 77_777_00


@future
def an_open_sale_moves_and_grows(factory: Factory) -> None:
    with factory.store.transaction(factory.shell, now=noon(DAY), how="test") as session:
        sale = _open_sales(factory, session)[1]
        stage = factory.stages()[3]
        session.add(models.StageChange(opportunity_id=sale.id, to_stage_id=stage.id, at=noon(DAY)))
        sale.stage_id, sale.amount_minor, sale.close_on = stage.id, 88_888_00, DAY + timedelta(days=9)


@future
def a_won_sale_is_corrected(factory: Factory) -> None:
    with factory.store.transaction(factory.shell, now=noon(DAY), how="test") as session:
        won = [stage.id for stage in factory.stages() if stage.is_won]
        sale = next(
            each
            for each in _all_sales(session)
            if each.stage_id in won and each.currency == USD and each.closed_on and each.closed_on < DAY
        )
        sale.amount_minor = 66_666_00


def _all_sales(session: Session) -> list[models.Opportunity]:
    return list(session.scalars(select(models.Opportunity).order_by(models.Opportunity.id)))


def _open_sales(factory: Factory, session: Session) -> list[models.Opportunity]:
    open_ids = [stage.id for stage in factory.stages() if stage.is_open]
    return [sale for sale in _all_sales(session) if sale.stage_id in open_ids and sale.opened_on < DAY]


@pytest.mark.parametrize("name", FUTURES)
@pytest.mark.parametrize("with_stages", [False, True])
def test_nothing_dated_on_or_after_the_day_changes_its_forecast(
    sqlite_factory: Factory, name: str, with_stages: bool
) -> None:
    make_history(sqlite_factory, count=150, with_stages=with_stages)
    before = every_horizon(sqlite_factory, DAY)
    later = now_of(sqlite_factory)
    FUTURES[name](sqlite_factory)
    assert every_horizon(sqlite_factory, DAY) == before
    assert now_of(sqlite_factory) != later


@pytest.mark.parametrize("horizon", list(Horizon))
def test_an_export_of_the_day_and_a_later_one_know_the_same(
    sqlite_store: Store, now: datetime, horizon: Horizon
) -> None:
    """What closed later was open on the day, its amount unknown; what opened later was not there."""
    found = []
    for exported_on in (DAY, LAST + timedelta(days=1)):
        factory = Factory(sqlite_store, now)
        make_history(factory, count=150, exported_on=exported_on)
        one = known(factory, DAY, horizon)
        rows = [replace(each, id=0) for each in one.opportunities]
        found.append((replace(one, opportunities=(), by_stage=()), rows))
    assert found[0] == found[1]
    assert found[0][1]


def test_the_same_question_gets_the_same_answer(history: Factory) -> None:
    assert known(history, DAY) == known(history, DAY)
    assert now_of(history) == now_of(history)


def test_what_is_dated_before_the_day_counts_whenever_it_was_written_down(history: Factory) -> None:
    before = known(history, DAY)
    won = next(stage for stage in history.stages() if stage.is_won)
    with history.store.transaction(
        history.shell, now=datetime(2026, 12, 1, tzinfo=UTC), how="import"
    ) as session:
        session.add(
            models.Opportunity(
                name="Late",
                stage_id=won.id,
                currency=USD,
                amount_minor=1234_00,
                opened_on=DAY - timedelta(days=9),
                closed_on=DAY - timedelta(days=1),
            )
        )
    after = known(history, DAY)
    assert after.closed_so_far - before.closed_so_far == Money(1234_00, USD)
