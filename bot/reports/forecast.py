"""The forecast of a period: won so far, what is open, what is new, the range of all, against the quota."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import sqrt
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.chances import Pace, Timing, WinShares
from bot.domain.credit import apportion, with_owner
from bot.domain.forecast import AmountBasis, Forecast, MonthLine, OpenChance, PipelineLine, StageLine
from bot.domain.known import Cutoff, Sale, SaleHistory, all_known_at
from bot.domain.money import Money, totals
from bot.domain.outlook import MODEL_DOUBT, Bet, new_sales, outlook
from bot.domain.periods import Horizon, Period, add_months, month_of, period_of
from bot.domain.plans import PlannedAmount, quota_in, workspace_quotas
from bot.domain.values import Value, Values
from bot.store import Session
from bot.store.credit import credit_shares
from bot.store.figures import StageRow, list_prices, sale_histories, sales_now, stage_rows
from bot.store.plans import quotas_in
from bot.store.workspaces import workspace_settings

MONTHS = 6
"""The plan by month shows so many; the last holds all later ones."""


@dataclass(frozen=True)
class Past:
    """All that forecasts of a workspace are made from, read once."""

    currency: str
    fiscal_start_month: int
    zone: ZoneInfo
    stages: Mapping[int, StageRow]
    prices: Mapping[int, Money]
    histories: Sequence[SaleHistory]

    def known_at(self, day: date) -> list[Sale]:
        """Every sale as it was known at the start of the day in the workspace's zone."""
        cutoff = Cutoff(day, datetime.combine(day, time(), self.zone))
        return all_known_at(self.histories, cutoff, {stage.id: stage.kind for stage in self.stages.values()})


@dataclass(frozen=True)
class OpenSale:
    """An open sale with its chances in one period."""

    sale: Sale
    value: Value
    p_win: float
    p_win_in_horizon: float
    closes: date


def forecast(
    session: Session, *, as_of: date, horizon: Horizon, owner_ids: Collection[int] | None = None
) -> Forecast:
    """What the horizon's period will bring, as the sales stand now; `as_of` is today in the workspace's zone.

    With `owner_ids` it is of the sales in which they have credit, with their part of each (and of their
    quotas); win rates are always the workspace's.
    """
    settings = workspace_settings(session)
    period = period_of(horizon, as_of, settings.fiscal_start_month)
    return _forecast(
        [sale for sale in sales_now(session) if not sale.opened_on or sale.opened_on <= as_of],
        as_of=as_of,
        known_until=as_of + timedelta(days=1),
        horizon=horizon,
        period=period,
        currency=settings.currency,
        stages=stage_rows(session),
        prices=list_prices(session),
        quotas=quotas_in(session, period),
        owner_ids=owner_ids,
        credit=credit_shares(session) if owner_ids is not None else {},
    )


def forecast_known_at(session: Session, past: Past, *, as_of: date, horizon: Horizon) -> Forecast:
    """The forecast as it would have been made at the start of `as_of`: nothing dated later counts."""
    period = period_of(horizon, as_of, past.fiscal_start_month)
    return _forecast(
        past.known_at(as_of),
        as_of=as_of,
        known_until=as_of,
        horizon=horizon,
        period=period,
        currency=past.currency,
        stages=past.stages,
        prices=past.prices,
        quotas=quotas_in(session, period),
        owner_ids=None,
    )


def past_of(session: Session) -> Past:
    """Read what forecasts at past days need."""
    settings = workspace_settings(session)
    return Past(
        settings.currency,
        settings.fiscal_start_month,
        ZoneInfo(settings.zone),
        stage_rows(session),
        list_prices(session),
        sale_histories(session),
    )


def won_in(past: Past, period: Period) -> Money:
    """What was won in a period that is over, in the main currency, by all that is known now."""
    sales = [history.sale for history in past.histories]
    won = [sale for sale in sales if sale.is_won and sale.closed_on and sale.closed_on in period]
    return Money(sum(sale.amount_minor or 0 for sale in won if sale.currency == past.currency), past.currency)


def _forecast(
    everything: Sequence[Sale],
    *,
    as_of: date,
    known_until: date,
    horizon: Horizon,
    period: Period,
    currency: str,
    stages: Mapping[int, StageRow],
    prices: Mapping[int, Money],
    quotas: Sequence[PlannedAmount],
    owner_ids: Collection[int] | None,
    credit: Mapping[int, Mapping[int | None, Decimal]] = MappingProxyType({}),
) -> Forecast:
    shares = WinShares.of(
        everything,
        [stage.id for stage in stages.values() if stage.is_open],
        {stage.id: stage.pipeline_id for stage in stages.values()},
    )
    pace, values = Pace.of(everything, known_until), Values.of(everything, prices)
    sales = list(everything) if owner_ids is None else list(_credited(everything, owner_ids, credit))
    every_open = [open_sale(sale, as_of, period, shares, pace, values) for sale in sales if sale.is_open]
    open_here = [each for each in every_open if each.value.money.currency == currency]
    won = [sale for sale in sales if sale.is_won and sale.closed_on and sale.closed_on < known_until]
    won_here = [sale for sale in won if sale.currency == currency]
    won_in_period = [sale for sale in won if sale.closed_on and sale.closed_on in period]
    won_owned = [sale for sale in won_in_period if owner_ids is None or sale.owner_id in owner_ids]
    closed = sum(sale.amount_minor or 0 for sale in won_in_period if sale.currency == currency)
    new = new_sales(
        [sale for sale in sales if sale.currency == currency],
        as_of,
        period,
        pace=pace,
        chance=shares.overall_chance,
        typical=values.typical_in(currency).minor,
    )
    bets = [Bet(each.p_win_in_horizon, each.value.money.minor, each.value.spread) for each in open_here]
    to_come = outlook(bets, new, doubt=_doubt(shares, pace))
    quota = quota_in(
        workspace_quotas(quotas)
        if owner_ids is None
        else [each for each in quotas if each.person_id in owner_ids],
        period,
        currency,
    )
    by_stage = _by_stage(open_here, stages, shares, currency)
    return Forecast(
        as_of=as_of,
        horizon=horizon,
        period=period,
        currency=currency,
        p10=Money(closed + to_come.p10, currency),
        p50=Money(closed + to_come.p50, currency),
        p90=Money(closed + to_come.p90, currency),
        closed_so_far=Money(closed, currency),
        won_count=len(won_owned),
        won_unknown=sum(sale.amount_minor is None for sale in won_owned),
        from_open=Money(round(sum(bet.chance * bet.amount for bet in bets)), currency),
        from_new=Money(round(new.mean), currency),
        quota=quota,
        probability_of_quota=None if quota is None else to_come.reaches(quota.minor - closed),
        opportunities=tuple(_chance(each) for each in every_open),
        by_stage=by_stage,
        by_month=_by_month(open_here, [line.stage_id for line in by_stage], won_here, as_of, currency),
        win_rate=shares.overall,
        has_stage_history=bool(shares.by_stage),
        at_list_price=sum(each.value.basis == AmountBasis.LIST_PRICE for each in every_open),
        at_typical=sum(each.value.basis == AmountBasis.TYPICAL for each in every_open),
        other_open=totals(
            each.value.money
            for each in every_open
            if each.value.money.currency != currency and each.value.basis == AmountBasis.KNOWN
        ),
        other_won=totals(
            Money(sale.amount_minor, sale.currency)
            for sale in won_in_period
            if sale.currency != currency and sale.amount_minor is not None
        ),
    )


def _credited(
    sales: Iterable[Sale],
    owner_ids: Collection[int],
    credit: Mapping[int, Mapping[int | None, Decimal]],
) -> Iterator[Sale]:
    """The sales in which these people have credit, each with their part of its amount.

    One whose amount nobody knows is its owner's.
    """
    for sale in sales:
        if sale.id not in credit or sale.amount_minor is None:
            if sale.owner_id in owner_ids:
                yield sale
            continue
        parts = apportion(sale.amount_minor, with_owner(sale.owner_id, credit[sale.id]))
        theirs = [part for who, part in parts.items() if who in owner_ids]
        if theirs:
            yield replace(sale, amount_minor=sum(theirs))


def open_sale(
    sale: Sale, as_of: date, period: Period, shares: WinShares, pace: Pace, values: Values
) -> OpenSale:
    timing = Timing(sale, as_of, pace)
    p_win = shares.chance(sale.stage_id)
    in_period = timing.closes_before(period.end) - timing.closes_before(period.start)
    return OpenSale(sale, values.of_sale(sale), p_win, p_win * in_period, timing.median_day)


def _chance(each: OpenSale) -> OpenChance:
    return OpenChance(
        each.sale.id,
        each.sale.external_id,
        each.p_win,
        each.p_win_in_horizon,
        each.closes,
        each.value.money,
        each.value.basis,
    )


def _doubt(shares: WinShares, pace: Pace) -> float:
    """How unsure the win rates and the pace are together: the more ended, the less."""
    chance, ended = shares.overall_chance, shares.overall.whole
    return sqrt((1 - chance) / chance / (ended + 2) + 1 / (pace.closings + 2) + MODEL_DOUBT**2)


def _by_stage(
    opened: Sequence[OpenSale], stages: Mapping[int, StageRow], shares: WinShares, currency: str
) -> tuple[StageLine, ...]:
    lines = []
    for stage_id in (*stages, None):
        inside = [each for each in opened if each.sale.stage_id == stage_id]
        if inside:
            stage = stages[stage_id] if stage_id is not None else None
            sums = vars(_sums(inside, currency))
            lines.append(
                StageLine(
                    **sums,
                    stage_id=stage_id,
                    stage=stage.name if stage else None,
                    pipeline=stage.pipeline if stage else None,
                    p_win=shares.chance(stage_id),
                )
            )
    named = Counter(line.stage for line in lines)
    return tuple(line if named[line.stage] > 1 else replace(line, pipeline=None) for line in lines)


def _by_month(
    opened: Sequence[OpenSale],
    stage_ids: Sequence[int | None],
    won: Sequence[Sale],
    as_of: date,
    currency: str,
) -> tuple[MonthLine, ...]:
    """From the month of `as_of` to the last one with a closing, at least three, the later ones together."""
    last = add_months(as_of, MONTHS - 1)
    placed = [(min(each.closes.replace(day=1), last), each) for each in opened]
    shown = max((month for month, _ in placed), default=as_of)
    lines = []
    for step in range(MONTHS):
        month = month_of(add_months(as_of, step))
        if step > 2 and month.start > shown:
            break
        inside = [each for start, each in placed if start == month.start]
        by_stage = tuple(
            Money(sum(each.value.money.minor for each in inside if each.sale.stage_id == stage_id), currency)
            for stage_id in stage_ids
        )
        won_minor = sum(sale.amount_minor or 0 for sale in won if sale.closed_on and sale.closed_on in month)
        lines.append(
            MonthLine(
                **vars(_sums(inside, currency)),
                month=month.start,
                by_stage=by_stage,
                won=Money(won_minor, currency),
                is_last=step == MONTHS - 1,
            )
        )
    return tuple(lines)


def _sums(opened: Sequence[OpenSale], currency: str) -> PipelineLine:
    known = [each for each in opened if each.value.basis == AmountBasis.KNOWN]
    estimated = sum(each.value.money.minor for each in opened if each.value.basis != AmountBasis.KNOWN)
    weighted = sum(each.value.money.minor * each.p_win for each in opened)
    return PipelineLine(
        count=len(opened),
        unknown=len(opened) - len(known),
        amount=Money(sum(each.value.money.minor for each in known), currency),
        estimated=Money(estimated, currency),
        weighted=Money(round(weighted), currency),
    )
