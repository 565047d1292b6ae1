"""Quotes with their lines."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.errors import Refusal
from bot.domain.quotes import QuoteState
from bot.store.models import Quote, QuoteLine


class UnknownQuote(Refusal):
    """No such quote: deleted, undone, or never there."""

    message = "This quote is no longer here; it was deleted or undone. `/crm quote` makes a new one."


def _whole() -> Select[Quote]:
    return select(Quote).options(
        joinedload(Quote.customer),
        joinedload(Quote.opportunity),
        selectinload(Quote.lines).joinedload(QuoteLine.product),
    )


def access_quote(session: Session, quote_id: int) -> Quote:
    """The quote with customer and lines, or UnknownQuote."""
    wanted = _whole().where(Quote.id == quote_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownQuote
    return found


def find_quote_numbered(session: Session, number: str) -> Quote | None:
    """The quote of a number such as Q-2026-0001, with customer and lines."""
    return session.scalars(_whole().where(Quote.number == number.upper())).one_or_none()


def list_quotes(
    session: Session,
    *,
    customer_id: int | None = None,
    owner_id: int | None = None,
    limit: int = 10,
    offset: int = 0,
) -> Sequence[Quote]:
    """Quotes with whose they are, without their lines, the newest first."""
    wanted = select(Quote).options(joinedload(Quote.customer))
    if customer_id is not None:
        wanted = wanted.where(Quote.customer_id == customer_id)
    if owner_id is not None:
        wanted = wanted.where(Quote.owner_id == owner_id)
    return session.scalars(wanted.order_by(Quote.id.desc()).limit(limit).offset(offset)).all()


def list_expiring(session: Session, owner_id: int, *, first: date, last: date) -> Sequence[Quote]:
    """A person's quotes without an answer that hold until a day between these, the nearest first."""
    wanted = select(Quote).options(joinedload(Quote.customer)).where(
        Quote.owner_id == owner_id,
        Quote.state.in_((QuoteState.DRAFT, QuoteState.SENT)),
        Quote.valid_until.between(first, last),
    )  # fmt: skip
    return session.scalars(wanted.order_by(Quote.valid_until, Quote.id)).all()


def count_quotes(session: Session) -> int:
    """How many quotes were ever made, undone ones too: the next number follows."""
    wanted = select(func.count()).select_from(Quote).execution_options(include_deleted=True)
    return session.scalar(wanted) or 0
