"""What was won, how often and how fast, by whom: a period against the one before it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.credit import apportion, with_owner
from bot.domain.forecast import Share
from bot.domain.money import Money, totals
from bot.domain.performance import (
    METRICS,
    Dimension,
    Figures,
    Performance,
    PersonFigures,
    RateLine,
    WinRates,
)
from bot.domain.periods import Horizon, Period, last_days
from bot.reports.forecast import forecast
from bot.store import Session
from bot.store.credit import credit_shares
from bot.store.lookbacks import (
    ActivityRow,
    SaleRow,
    activities_between,
    entered_stages,
    person_names,
    sale_rows,
    team_ids,
)
from bot.store.workspaces import workspace_settings


def performance(
    session: Session, *, period: Period, as_of: date, owner_ids: Collection[int] | None = None
) -> Performance:
    """The period against the one before it; where it is not over, against as many days of that one.

    `as_of` is today in the workspace's zone, and counts. With `owner_ids` of these people alone.
    """
    settings = workspace_settings(session)
    seen = period.until(as_of + timedelta(days=1))
    before = period.before
    if seen != period:
        before = Period(before.start, min(before.end, before.start + timedelta(days=seen.days)))
    rows = sale_rows(session, since=before.start, until=seen.end)
    activities = _activities(session, before.start, seen.end, ZoneInfo(settings.zone))
    credited = list(_credited(session, rows))
    if owner_ids is not None:
        credited = [(who, row) for who, row in credited if who in owner_ids]
        rows = [row for row in rows if row.owner_id in owner_ids]
        activities = [row for row in activities if row.person_id in owner_ids]

    def figures(person_id: int | None, name: str | None, *, everyone: bool) -> PersonFigures:
        theirs = [row for row in rows if everyone or row.owner_id == person_id]
        done = [row for row in activities if everyone or row.person_id == person_id]
        shares = [row for who, row in credited if everyone or who == person_id]
        now, earlier = (_figures(theirs, done, each, shares) for each in (seen, before))
        return PersonFigures(person_id, name, now, earlier)

    names = person_names(session)
    active = {row.owner_id for row in rows} | {row.person_id for row in activities}
    active |= {who for who, _row in credited}
    people = [
        figures(person_id, None if person_id is None else names.get(person_id), everyone=False)
        for person_id in active
    ]
    people.sort(key=lambda each: _rank(each, settings.currency))
    return Performance(
        period, seen, before, settings.currency, figures(None, None, everyone=True), tuple(people)
    )


def win_rates(session: Session, *, by: Dimension, period: Period | None = None) -> WinRates:
    """The win rate of what ended in the period (without one: ever) by one dimension."""
    rows = [
        row
        for row in sale_rows(session)
        if row.has_ended and (period is None or (row.closed_on and row.closed_on in period))
    ]
    groups: dict[str | None, list[SaleRow]] = {}
    for row, name in _named(session, rows, by):
        groups.setdefault(name, []).append(row)
    worth = groups
    if by == Dimension.PERSON:
        names, worth = person_names(session), {}
        for who, row in _credited(session, rows):
            worth.setdefault(names.get(who or 0), []).append(row)
    lines = [
        RateLine(
            name,
            _share(groups.get(name, [])),
            totals(row.amount for row in worth.get(name, []) if row.is_won and row.amount),
        )
        for name in dict.fromkeys((*groups, *worth))
    ]
    lines.sort(key=lambda line: (line.name is None, -line.win_rate.whole, line.name or ""))
    return WinRates(by, period, _share(rows), tuple(lines))


def metric_value(
    session: Session,
    key: str,
    *,
    as_of: date,
    days: int,
    person_id: int | None = None,
    team_id: int | None = None,
) -> Decimal | None:
    """A metric's value on a day, over the days that end with it, of a person, a team or all.

    None where it is unknown. Money is in major units of the main currency, a share from 0 to 1. What is open
    is always what is open now.
    """
    owner_ids: Collection[int] | None = None
    if person_id is not None:
        owner_ids = [person_id]
    elif team_id is not None:
        owner_ids = team_ids(session, team_id)
    if key in ("open_pipeline", "weighted_pipeline"):
        stages = forecast(session, as_of=as_of, horizon=Horizon.QUARTER, owner_ids=owner_ids).by_stage
        parts = [
            line.weighted if key == "weighted_pipeline" else line.amount + line.estimated for line in stages
        ]
        currency = workspace_settings(session).currency
        return Money(sum(part.minor for part in parts), currency).amount
    found = performance(session, period=last_days(as_of, days), as_of=as_of, owner_ids=owner_ids)
    return _value(METRICS[key].key, found.overall.now, found.currency)


def _activities(session: Session, start: date, end: date, zone: ZoneInfo) -> list[ActivityRow]:
    return activities_between(
        session, datetime.combine(start, time(), zone), datetime.combine(end, time(), zone), zone
    )


def _credited(session: Session, rows: Iterable[SaleRow]) -> Iterator[tuple[int | None, SaleRow]]:
    """Every row with whose it is; one whose credit is split once for each, with their part of its amount."""
    shares = credit_shares(session)
    for row in rows:
        if row.id not in shares or row.amount is None:
            yield row.owner_id, row
            continue
        parts = apportion(row.amount.minor, with_owner(row.owner_id, shares[row.id]))
        for who, minor in parts.items():
            yield who, replace(row, amount=Money(minor, row.amount.currency))


def _figures(
    rows: Sequence[SaleRow], activities: Iterable[ActivityRow], period: Period, shares: Iterable[SaleRow]
) -> Figures:
    """Counts are of whoever owns a sale, amounts of whoever has credit for it: `shares`."""
    ended = [row for row in rows if row.has_ended and row.closed_on and row.closed_on in period]
    won = [row for row in ended if row.is_won]
    kinds = Counter(row.kind for row in activities if row.on in period)
    return Figures(
        won=totals(
            row.amount
            for row in shares
            if row.is_won and row.amount and row.closed_on and row.closed_on in period
        ),
        won_count=len(won),
        won_unknown=sum(row.amount is None for row in won),
        lost_count=len(ended) - len(won),
        new_count=sum(row.opened_on is not None and row.opened_on in period for row in rows),
        cycles=tuple(
            sorted((row.closed_on - row.opened_on).days for row in won if row.opened_on and row.closed_on)
        ),
        activities=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
    )


def _rank(each: PersonFigures, currency: str) -> tuple[object, ...]:
    return (each.name is None, -each.now.won_in(currency).minor, -each.now.won_count, each.name or "")


def _share(rows: Sequence[SaleRow]) -> Share:
    return Share(sum(row.is_won for row in rows), len(rows))


def _named(session: Session, rows: Sequence[SaleRow], by: Dimension) -> Iterable[tuple[SaleRow, str | None]]:
    """Every row with its value of the dimension; by stage with each open stage that it has been in."""
    if by == Dimension.STAGE:
        entered: Mapping[int, Sequence[str | None]] = entered_stages(session)
        return [(row, name) for row in rows for name in entered.get(row.id, (None,))]
    return [(row, getattr(row, by.value)) for row in rows]


def _value(key: str, figures: Figures, currency: str) -> Decimal | None:
    share = figures.win_rate.value
    match key:
        case "won_amount":
            return figures.won_in(currency).amount
        case "won_count":
            return Decimal(figures.won_count)
        case "win_rate":
            return None if share is None else Decimal(str(round(share, 4)))
        case "cycle_days":
            return None if figures.cycle_days is None else Decimal(str(figures.cycle_days))
        case "new_opportunities":
            return Decimal(figures.new_count)
    return Decimal(figures.activity_count)
