"""Exchange rates: read whole, found by pair and day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.rates import Rate, Rates
from bot.store.models import ExchangeRate


def known_rates(session: Session) -> Rates:
    """Every rate of the workspace."""
    rows = session.execute(
        select(ExchangeRate.base, ExchangeRate.quote, ExchangeRate.on_day, ExchangeRate.value)
    )
    return Rates(Rate(*row) for row in rows)


def find_rate(session: Session, base: str, quote: str, on: date) -> ExchangeRate | None:
    """The row of a pair and day, a deleted one too: the pair has one row a day."""
    wanted = select(ExchangeRate).where(
        ExchangeRate.base == base, ExchangeRate.quote == quote, ExchangeRate.on_day == on
    )
    return session.scalars(wanted.execution_options(include_deleted=True)).one_or_none()


def newest_rates(session: Session, *, limit: int = 20) -> list[Rate]:
    """The newest rate of every pair, by pair."""
    rows = session.execute(
        select(ExchangeRate.base, ExchangeRate.quote, ExchangeRate.on_day, ExchangeRate.value).order_by(
            ExchangeRate.base, ExchangeRate.quote, ExchangeRate.on_day
        )
    )
    newest = {(row.base, row.quote): Rate(*row) for row in rows}
    return list(newest.values())[:limit]


def rates_by_key(session: Session) -> dict[tuple[str, str, date], ExchangeRate]:
    """Every row by pair and day, deleted ones too."""
    rows = session.scalars(select(ExchangeRate).execution_options(include_deleted=True))
    return {(row.base, row.quote, row.on_day): row for row in rows}
