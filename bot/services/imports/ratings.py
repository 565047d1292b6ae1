"""What customers said of us: scores of satisfaction and recommendation, of another system or of an export."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.satisfaction import RatingKind, likely_kind
from bot.services.imports.batch import Batch
from bot.services.imports.known import Known
from bot.services.imports.matching import Records, Written, fill, without_repeats
from bot.services.imports.refusals import CellMissing
from bot.services.imports.rows import Failure, Record
from bot.services.satisfaction import RatedInFuture, ScoreOutOfScale
from bot.store.models import Rating


def import_ratings(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update scores, each of its own day; without a kind the scale follows from the score.

    A score of nobody is of the customer's owner, as one that is recorded by hand.
    """
    records = without_repeats(batch.records, failures, known.report)
    known.meet_people(record.get("person") for record in records)
    customers = known.meet_customers(record.get("customer") for record in records)
    products = known.meet_products(record.get("product") for record in records)
    here = Records(known.session, Rating, records, _key)
    written = Written(known.session, known.report)
    for record in records:
        step()
        try:
            kind, rated_at = _checked(record, batch, now)
            person_id = known.person_id(record.get("person"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        customer, score = customers[record.values["customer"]], record.values["score"]
        rating = here.of(record, (customer.id, kind, score, rated_at))
        is_new = rating is None
        rating = rating or Rating(
            kind=kind, score=score, rated_at=rated_at, customer_id=customer.id, person_id=customer.owner_id
        )
        product = products.get(record.values.get("product", ""))
        fill(rating, {"kind": kind, "score": score, "rated_at": rated_at, "customer_id": customer.id})
        fill(rating, {name: record.get(name) for name in ("comment", "external_id")})
        fill(rating, {"person_id": person_id, "product_id": product.id if product else None})
        written.take(rating, is_new=is_new)
    written.keep()


def _key(rating: Any) -> tuple[Any, ...]:
    return rating.customer_id, rating.kind, rating.score, rating.rated_at


def _checked(record: Record, batch: Batch, now: datetime) -> tuple[RatingKind, datetime]:
    """Which scale and when. Raises CellMissing, ScoreOutOfScale and RatedInFuture."""
    for wanted in ("customer", "rated_at"):
        if record.get(wanted) is None:
            raise CellMissing(column=wanted)
    score, rated_at = record.values["score"], batch.start_of(record.values["rated_at"])
    kind = RatingKind(record.get("kind") or likely_kind(score))
    if not kind.has(score):
        raise ScoreOutOfScale(typed=str(score))
    if rated_at > now:
        raise RatedInFuture(at=rated_at)
    return kind, rated_at
