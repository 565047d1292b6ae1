"""The sales plan: what of the quotas falls into a period, and how far each person has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.periods import Period


@dataclass(frozen=True)
class PlannedAmount:
    """A quota: whose (neither: the workspace's), from when until before when, how much."""

    person_id: int | None
    team_id: int | None
    starts_on: date
    ends_on: date
    amount: Money


@dataclass(frozen=True)
class PlanLine:
    """How one person, or all together, stand in a period, in the main currency.

    Without a quota, gap, attainment and need are None.
    """

    person_id: int | None
    name: str | None
    quota: Money | None
    won: Money
    open: Money
    """All open opportunities, estimates included."""
    weighted: Money
    """What they bring in the period on average: each times its chance to be won in it."""
    win_rate: float

    @property
    def gap(self) -> Money | None:
        """What is still missing; negative once the quota is exceeded."""
        return None if self.quota is None else self.quota - self.won

    @property
    def attainment(self) -> float | None:
        """Won as a share of the quota."""
        return self.won.minor / self.quota.minor if self.quota and self.quota.minor else None

    @property
    def needed(self) -> Money | None:
        """Open pipeline still to be found, at the present win rate, to close the gap; zero if none."""
        if self.gap is None:
            return None
        missing = max(0, self.gap.minor - self.weighted.minor)
        return Money(round(missing / self.win_rate), self.gap.currency)


@dataclass(frozen=True)
class Plan:
    """The plan of a period: overall, and by person in the order of names, whoever has a quota or sales."""

    period: Period
    as_of: date
    currency: str
    overall: PlanLine
    people: tuple[PlanLine, ...]


def quota_in(quotas: Iterable[PlannedAmount], period: Period, currency: str) -> Money | None:
    """What of the quotas falls into the period, month by month; None where no quota touches it.

    A quota in another currency is left out, since nothing converts it.
    """
    parts = [
        quota.amount.times(share)
        for quota in quotas
        if quota.amount.currency == currency and (share := _share(quota, period))
    ]
    return Money(sum(part.minor for part in parts), currency) if parts else None


def workspace_quotas(quotas: Iterable[PlannedAmount]) -> list[PlannedAmount]:
    """The quotas that make up the whole: the workspace's own, else the people's, else the teams'."""
    every = list(quotas)
    own = [quota for quota in every if quota.person_id is None and quota.team_id is None]
    return own or [quota for quota in every if quota.person_id is not None] or every


def _share(quota: PlannedAmount, period: Period) -> Decimal:
    """The part of the quota's days that lie in the period; all whole months count alike."""
    start, end = max(quota.starts_on, period.start), min(quota.ends_on, period.end)
    if start >= end:
        return Decimal(0)
    return _length(start, end) / _length(quota.starts_on, quota.ends_on)


def _length(start: date, end: date) -> Decimal:
    """Months from start to end; days of a month that is not whole count as a share of it."""
    return _position(end) - _position(start)


def _position(day: date) -> Decimal:
    days_in_month = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    return day.year * 12 + day.month + Decimal(day.day - 1) / days_in_month
