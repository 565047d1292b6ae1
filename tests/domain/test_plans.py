"""Laws of the plan: quotas divide by months, and what is missing is counted once."""

from datetime import date

from bot.domain.money import Money
from bot.domain.periods import Period, month_of, quarter_of
from bot.domain.plans import PlanLine, PlannedAmount, quota_in, workspace_quotas

NOVEMBER = month_of(date(2026, 11, 1))
QUARTER = quarter_of(date(2026, 11, 1))


def quota(minor: int, *, person: int | None = None, team: int | None = None, **values: str) -> PlannedAmount:
    """A quota of the fourth quarter."""
    money = Money(minor, values.get("currency", "USD"))
    return PlannedAmount(person, team, QUARTER.start, QUARTER.end, money)


def test_each_month_of_a_quarter_has_a_third_of_its_quota() -> None:
    months = [month_of(date(2026, month, 1)) for month in (10, 11, 12)]
    assert [quota_in([quota(300_00)], month, "USD") for month in months] == [Money(100_00, "USD")] * 3
    assert quota_in([quota(300_00)], QUARTER, "USD") == Money(300_00, "USD")


def test_a_period_without_a_quota_has_none_rather_than_zero() -> None:
    assert quota_in([quota(300_00)], QUARTER.after, "USD") is None
    assert quota_in([], QUARTER, "USD") is None


def test_a_quota_in_another_currency_is_not_added() -> None:
    assert quota_in([quota(300_00), quota(9_00, currency="CNY")], QUARTER, "USD") == Money(300_00, "USD")


def test_half_a_month_takes_its_share_of_the_days() -> None:
    half = Period(date(2026, 11, 1), date(2026, 11, 16))
    assert quota_in([quota(300_00)], half, "USD") == Money(50_00, "USD")


def test_the_whole_is_the_workspaces_own_quota_else_the_sum_of_peoples() -> None:
    people = [quota(1, person=1), quota(2, person=2), quota(3, team=1)]
    assert workspace_quotas(people) == people[:2]
    assert workspace_quotas([*people, quota(9)]) == [quota(9)]
    assert workspace_quotas(people[2:]) == people[2:]


def test_what_is_needed_is_the_gap_beyond_the_weighted_pipeline_at_the_win_rate() -> None:
    usd = [Money(minor, "USD") for minor in (1000, 400, 500, 200)]
    line = PlanLine(1, "Ann", usd[0], won=usd[1], open=usd[2], weighted=usd[3], win_rate=0.5)
    assert (line.gap, line.attainment, line.needed) == (Money(600, "USD"), 0.4, Money(800, "USD"))
    rich = PlanLine(1, "Ann", usd[0], won=Money(1500, "USD"), open=usd[2], weighted=usd[3], win_rate=0.5)
    assert (rich.gap, rich.needed) == (Money(-500, "USD"), Money(0, "USD"))
