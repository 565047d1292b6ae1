"""Opportunities and their stages: found by id, by customer, listed by page."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.domain.stages import StageKind
from bot.store.models import Customer, Opportunity, Stage


class UnknownOpportunity(Refusal):
    """No such opportunity: deleted, undone, or never there."""

    message = (
        "This opportunity is no longer here; it was deleted or undone. `/crm pipeline` shows the open ones."
    )


def _whole() -> Select[Opportunity]:
    return select(Opportunity).options(
        joinedload(Opportunity.customer),
        joinedload(Opportunity.contact),
        joinedload(Opportunity.owner),
        joinedload(Opportunity.stage),
        joinedload(Opportunity.product),
    )


def access_opportunity(session: Session, opportunity_id: int) -> Opportunity:
    """The opportunity with what its card shows, or UnknownOpportunity."""
    wanted = _whole().where(Opportunity.id == opportunity_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownOpportunity
    return found


def list_opportunities_called(session: Session, text: str, *, limit: int = 20) -> Sequence[Opportunity]:
    """Opportunities of a customer of this name, or with it in their own.

    Open ones first, the newest first.
    """
    key = name_key(text)
    wanted = _whole().join(Opportunity.stage).outerjoin(Opportunity.customer)
    wanted = wanted.where(
        or_(
            Customer.name_key == key,
            func.lower(Opportunity.name).contains(text.strip().lower(), autoescape=True),
            Customer.name_key.startswith(key, autoescape=True),
        )
    )
    open_first = (Customer.name_key != key, Stage.kind != StageKind.OPEN, Opportunity.id.desc())
    return session.scalars(wanted.order_by(*open_first).limit(limit)).all()


def list_open_opportunities(
    session: Session,
    *,
    owner_id: int | None = None,
    customer_id: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Sequence[Opportunity]:
    """Open opportunities by planned day; those without one last."""
    wanted = _whole().join(Opportunity.stage).where(Stage.kind == StageKind.OPEN)
    if owner_id is not None:
        wanted = wanted.where(Opportunity.owner_id == owner_id)
    if customer_id is not None:
        wanted = wanted.where(Opportunity.customer_id == customer_id)
    by_day = (Opportunity.close_on.is_(None), Opportunity.close_on, Opportunity.id)
    return session.scalars(wanted.order_by(*by_day).limit(limit).offset(offset)).all()


def search_opportunities(session: Session, text: str, *, limit: int = 20) -> Sequence[Opportunity]:
    """Open opportunities with the text in their own or their customer's name, for a select."""
    wanted = (
        _whole().join(Opportunity.stage).outerjoin(Opportunity.customer).where(Stage.kind == StageKind.OPEN)
    )
    if text.strip():
        wanted = wanted.where(
            or_(
                func.lower(Opportunity.name).contains(text.strip().lower(), autoescape=True),
                Customer.name_key.contains(name_key(text), autoescape=True),
            )
        )
    return session.scalars(wanted.order_by(Opportunity.id.desc()).limit(limit)).all()
