"""Segments, and the customers in them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select, text
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store.models import Activity, Customer, Segment


class UnknownSegment(Refusal):
    """No such segment: deleted, undone, or never there."""

    message = "This segment is no longer here; it was deleted or undone. See `/crm customer segments`"


COUNTED = 1000
"""Customers of a segment are counted up to so many."""


def access_segment(session: Session, segment_id: int) -> Segment:
    """The segment, or UnknownSegment."""
    wanted = select(Segment).where(Segment.id == segment_id).options(joinedload(Segment.owner))
    found = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownSegment
    return found


def find_segment(session: Session, name: str) -> Segment | None:
    """The segment of this name."""
    wanted = select(Segment).where(Segment.name_key == name_key(name)).options(joinedload(Segment.owner))
    return session.scalars(wanted.order_by(Segment.id).limit(1)).one_or_none()


def list_segments(session: Session, *, limit: int = 40) -> Sequence[Segment]:
    """Every segment by name."""
    wanted = select(Segment).options(joinedload(Segment.owner)).order_by(Segment.name, Segment.id)
    return session.scalars(wanted.limit(limit)).all()


def list_in_segment(
    session: Session, segment: Segment, *, now: datetime, limit: int, offset: int = 0
) -> Sequence[Customer]:
    """The customers that fit, the best class first, by name."""
    by_class = (Customer.value_class.is_(None), Customer.value_class, Customer.name, Customer.id)
    wanted = _fitting(session, segment, now).options(joinedload(Customer.owner)).order_by(*by_class)
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def count_in_segment(session: Session, segment: Segment, *, now: datetime) -> int:
    """How many fit; COUNTED for as many or more."""
    some = _fitting(session, segment, now).with_only_columns(Customer.id).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _fitting(session: Session, segment: Segment, now: datetime) -> Select[Customer]:
    wanted = select(Customer)
    if segment.kinds:
        wanted = wanted.where(Customer.kind.in_(segment.kinds))
    if segment.classes:
        wanted = wanted.where(Customer.value_class.in_(segment.classes))
    for column, value in (
        (Customer.industry, segment.industry),
        (Customer.region, segment.region),
        (Customer.size, segment.size),
    ):
        if value:
            wanted = wanted.where(func.lower(column) == value.lower())
    if segment.tag:
        wanted = wanted.where(_has_tag(session, segment.tag))
    if segment.owner_id is not None:
        wanted = wanted.where(Customer.owner_id == segment.owner_id)
    if segment.silent_days:
        heard = exists().where(
            Activity.workspace_id == Customer.workspace_id,
            Activity.customer_id == Customer.id,
            Activity.happened_at >= now - timedelta(days=segment.silent_days),
        )
        wanted = wanted.where(~heard)
    return wanted


def _has_tag(session: Session, tag: str) -> ColumnElement[bool]:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    each = func.jsonb_array_elements_text if is_postgres else func.json_each
    held = each(Customer.tags).table_valued("value")
    return exists(select(text("1")).select_from(held).where(func.lower(held.c.value) == tag.lower()))
