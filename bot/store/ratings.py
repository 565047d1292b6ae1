"""Ratings: found by id, by customer, by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.satisfaction import RatingKind
from bot.store.models import Customer, Person, Product, Rating


class UnknownRating(Refusal):
    """No such rating: deleted, undone, or never there."""

    message = "This score is no longer here; it was deleted or undone."


def access_rating(session: Session, rating_id: int) -> Rating:
    """The rating with what its card shows, or UnknownRating."""
    wanted = select(Rating).where(Rating.id == rating_id)
    loaded = wanted.options(
        joinedload(Rating.customer), joinedload(Rating.person), joinedload(Rating.product)
    )
    found = session.scalars(loaded.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownRating
    return found


def list_ratings(session: Session, *, customer_id: int, limit: int = 10) -> Sequence[Rating]:
    """What a customer said, the latest first."""
    wanted = select(Rating).where(Rating.customer_id == customer_id)
    loaded = wanted.options(joinedload(Rating.person), joinedload(Rating.product))
    return session.scalars(loaded.order_by(Rating.rated_at.desc(), Rating.id.desc()).limit(limit)).all()


@dataclass(frozen=True)
class RatingRow:
    """One score with the names that a report splits it by."""

    kind: RatingKind
    score: int
    person: str | None
    product: str | None
    customer: str


def scores_given(session: Session, customer_id: int) -> list[tuple[RatingKind, int]]:
    """Every score that a customer ever gave, and of which kind."""
    wanted = select(Rating.kind, Rating.score).where(Rating.customer_id == customer_id)
    return [(RatingKind(kind), score) for kind, score in session.execute(wanted.order_by(Rating.id))]


def rating_rows(
    session: Session,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    person_id: int | None = None,
) -> list[RatingRow]:
    """The scores given from one moment to before another; of one person alone if named."""
    query = (
        select(
            Rating.kind,
            Rating.score,
            Person.name.label("person"),
            Product.name.label("product"),
            Customer.name.label("customer"),
        )
        .join(Customer, Customer.id == Rating.customer_id)
        .outerjoin(Person, Person.id == Rating.person_id)
        .outerjoin(Product, Product.id == Rating.product_id)
        .order_by(Rating.id)
    )
    if start is not None:
        query = query.where(Rating.rated_at >= start)
    if end is not None:
        query = query.where(Rating.rated_at < end)
    if person_id is not None:
        query = query.where(Rating.person_id == person_id)
    rows = session.execute(query)
    return [RatingRow(RatingKind(row.kind), row.score, row.person, row.product, row.customer) for row in rows]
