"""The sales plan of a period: who has which quota, how far they have come, and what is missing."""

from datetime import date, timedelta

from bot.domain.chances import Pace, WinShares
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.plans import Plan, PlanLine, quota_in, workspace_quotas
from bot.domain.values import Values
from bot.reports.forecast import open_sale
from bot.store import Session
from bot.store.figures import list_prices, sales_now, stage_rows
from bot.store.lookbacks import person_names
from bot.store.plans import quotas_in
from bot.store.workspaces import workspace_settings


def plan(session: Session, *, as_of: date, period: Period) -> Plan:
    """Quotas and how they stand in the period, as sales are now; `as_of` is today."""
    currency = workspace_settings(session).currency
    sales, quotas = sales_now(session), quotas_in(session, period)
    open_stages = [stage.id for stage in stage_rows(session).values() if stage.is_open]
    shares = WinShares.of(sales, open_stages)
    pace = Pace.of(sales, as_of + timedelta(days=1))
    values = Values.of(sales, list_prices(session))
    opened = [
        open_sale(sale, as_of, period, shares, pace, values)
        for sale in sales
        if sale.is_open and sale.currency == currency
    ]
    won = [
        sale
        for sale in sales
        if sale.is_won and sale.closed_on and sale.closed_on in period and sale.currency == currency
    ]

    def line(name: str | None, person_id: int | None, quota: Money | None, *, everyone: bool) -> PlanLine:
        theirs = [each for each in opened if everyone or each.sale.owner_id == person_id]
        sold = [sale for sale in won if everyone or sale.owner_id == person_id]
        return PlanLine(
            person_id,
            name,
            quota,
            won=Money(sum(sale.amount_minor or 0 for sale in sold), currency),
            open=Money(sum(each.value.money.minor for each in theirs), currency),
            weighted=Money(
                round(sum(each.value.money.minor * each.p_win_in_horizon for each in theirs)), currency
            ),
            win_rate=shares.overall_chance,
        )

    sellers = {quota.person_id for quota in quotas} | {sale.owner_id for sale in won}
    sellers |= {each.sale.owner_id for each in opened}
    people = []
    for person_id, name in person_names(session).items():
        if person_id in sellers:
            own = [quota for quota in quotas if quota.person_id == person_id]
            people.append(line(name, person_id, quota_in(own, period, currency), everyone=False))
    overall = line(None, None, quota_in(workspace_quotas(quotas), period, currency), everyone=True)
    return Plan(period, as_of, currency, overall, tuple(people))
