"""The sales plan of a period: who has which quota, how far they have come, and what is missing."""

from datetime import date, timedelta

from bot.domain.chances import Pace, WinShares
from bot.domain.credit import apportion, with_owner
from bot.domain.known import Sale
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.plans import Plan, PlanLine, quota_in, workspace_quotas
from bot.domain.values import Values
from bot.reports.forecast import open_sale
from bot.store import Session
from bot.store.credit import credit_shares
from bot.store.figures import list_prices, sales_now, stage_rows
from bot.store.lookbacks import person_names
from bot.store.plans import quotas_in
from bot.store.workspaces import workspace_settings


def plan(session: Session, *, as_of: date, period: Period) -> Plan:
    """Quotas and how they stand in the period, as sales are now; `as_of` is today."""
    currency = workspace_settings(session).currency
    sales, quotas = sales_now(session), quotas_in(session, period)
    stages = stage_rows(session).values()
    pipelines = {stage.id: stage.pipeline_id for stage in stages}
    shares = WinShares.of(sales, [stage.id for stage in stages if stage.is_open], pipelines)
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

    credit = credit_shares(session)

    def part_of(sale: Sale, minor: int, person_id: int | None) -> int:
        """What of an amount is somebody's: all of it their own, of a split one their share."""
        if sale.id not in credit:
            return minor if sale.owner_id == person_id else 0
        return apportion(minor, with_owner(sale.owner_id, credit[sale.id])).get(person_id, 0)

    def line(name: str | None, person_id: int | None, quota: Money | None, *, everyone: bool) -> PlanLine:
        def part(sale: Sale, minor: int) -> int:
            return minor if everyone else part_of(sale, minor, person_id)

        return PlanLine(
            person_id,
            name,
            quota,
            won=Money(sum(part(sale, sale.amount_minor or 0) for sale in won), currency),
            open=Money(sum(part(each.sale, each.value.money.minor) for each in opened), currency),
            weighted=Money(
                round(
                    sum(part(each.sale, each.value.money.minor) * each.p_win_in_horizon for each in opened)
                ),
                currency,
            ),
            win_rate=shares.overall_chance,
        )

    sellers = {quota.person_id for quota in quotas} | {sale.owner_id for sale in won}
    sellers |= {each.sale.owner_id for each in opened}
    sellers |= {who for each in (*won, *(other.sale for other in opened)) for who in credit.get(each.id, ())}
    people = []
    for person_id, name in person_names(session).items():
        if person_id in sellers:
            own = [quota for quota in quotas if quota.person_id == person_id]
            people.append(line(name, person_id, quota_in(own, period, currency), everyone=False))
    overall = line(None, None, quota_in(workspace_quotas(quotas), period, currency), everyone=True)
    return Plan(period, as_of, currency, overall, tuple(people))
