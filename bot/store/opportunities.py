"""Opportunities and their stages: found by id, by customer, listed by page."""

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload, with_expression

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.domain.stages import StageKind
from bot.store.models import Customer, Involvement, Opportunity, Person, SignalPause, Stage, StageChange, Task
from bot.store.searching import first_ranked, found

_TRIED = 500
"""Fitting opportunities among which open ones are looked for."""

_CUSTOMERS = 50
"""Fitting customers whose opportunities fit too."""


class UnknownOpportunity(Refusal):
    """No such opportunity: deleted, undone, or never there."""

    message = (
        "This opportunity is no longer here; it was deleted or undone. `/crm pipeline` shows the open ones."
    )


@cache
def _lines() -> Select[Opportunity]:
    """With what stands in a line of a list, but for its customer's name."""
    planned = exists().where(
        Task.opportunity_id == Opportunity.id, Task.state == "open", Task.deleted_at.is_(None)
    )
    rest = select(SignalPause.until_on).where(
        SignalPause.opportunity_id == Opportunity.id, SignalPause.deleted_at.is_(None)
    )
    return select(Opportunity).options(
        with_expression(Opportunity.has_next_step, planned),
        with_expression(Opportunity.rests_until, rest.limit(1).scalar_subquery()),
        joinedload(Opportunity.stage),
    )


@cache
def _whole() -> Select[Opportunity]:
    return _lines().options(
        joinedload(Opportunity.customer),
        joinedload(Opportunity.partner),
        joinedload(Opportunity.contact),
        joinedload(Opportunity.owner),
        joinedload(Opportunity.product),
    )


_PARTS = (
    selectinload(Opportunity.lines),
    selectinload(Opportunity.rivals),
    selectinload(Opportunity.involved).joinedload(Involvement.contact),
)
"""What stands on a card alone."""


def access_opportunity(session: Session, opportunity_id: int) -> Opportunity:
    """The opportunity with what its card shows, or UnknownOpportunity."""
    wanted = _whole().options(*_PARTS).where(Opportunity.id == opportunity_id)
    wanted = wanted.execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownOpportunity
    return found


def last_mover(session: Session, opportunity_id: int) -> str | None:
    """The name of who moved an opportunity last; None where nobody in the workspace did."""
    moves = select(Person.name).join(StageChange, StageChange.person_id == Person.id)
    moves = moves.where(StageChange.opportunity_id == opportunity_id)
    return session.scalars(moves.order_by(StageChange.at.desc(), StageChange.id.desc()).limit(1)).first()


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


@cache
def _open_page(*, of_owner: bool, of_customer: bool) -> Select[Opportunity]:
    by_day = (Opportunity.close_on.is_(None), Opportunity.close_on, Opportunity.id)
    # The page is found first, by an index alone: what stands around an opportunity is read for its rows only.
    page = select(Opportunity.id).join(Opportunity.stage).where(Stage.kind == StageKind.OPEN)
    if of_owner:
        page = page.where(Opportunity.owner_id == bindparam("owner_id"))
    if of_customer:
        page = page.where(Opportunity.customer_id == bindparam("customer_id"))
    page = page.order_by(*by_day).limit(bindparam("limit")).offset(bindparam("offset"))
    named = joinedload(Opportunity.customer).load_only(Customer.name)
    return _lines().options(named).where(Opportunity.id.in_(page)).order_by(*by_day)


def list_open_opportunities(
    session: Session,
    *,
    owner_id: int | None = None,
    customer_id: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Sequence[Opportunity]:
    """Open opportunities by planned day with what a line says of them; those without one last."""
    wanted = _open_page(of_owner=owner_id is not None, of_customer=customer_id is not None)
    asked = {"owner_id": owner_id, "customer_id": customer_id, "limit": limit, "offset": offset}
    return session.scalars(wanted, asked).all()


def list_customers_opportunities(
    session: Session, customer_id: int, *, limit: int = 20
) -> Sequence[Opportunity]:
    """A customer's opportunities, open or not, the newest first."""
    wanted = _whole().where(Opportunity.customer_id == customer_id)
    return session.scalars(wanted.order_by(Opportunity.id.desc()).limit(limit)).all()


def search_opportunities(
    session: Session, text: str, *, limit: int = 20, only_open: bool = True
) -> Sequence[Opportunity]:
    """Opportunities that the text fits, by their own name, then those of the customers that it fits.

    Open ones first; without a text the newest.
    """
    is_open = Stage.kind == StageKind.OPEN
    opened = _whole().join(Opportunity.stage).where(is_open)
    if not text.strip():
        return session.scalars(opened.order_by(Opportunity.id.desc()).limit(limit)).all()
    page = _fitting(session, text, opened, limit)
    if not only_open and len(page) < limit:
        page += _fitting(session, text, _whole().join(Opportunity.stage).where(~is_open), limit - len(page))
    return page


def _fitting(session: Session, text: str, wanted: Select[Opportunity], limit: int) -> list[Opportunity]:
    page = found(session, Opportunity, text, wanted, limit, most=_TRIED)
    customers = first_ranked(session, Customer, text, _CUSTOMERS) if len(page) < limit else []
    if customers:
        theirs = wanted.where(
            Opportunity.customer_id.in_(customers), Opportunity.id.not_in([each.id for each in page])
        )
        rows = session.scalars(theirs.order_by(Opportunity.id.desc()).limit(_TRIED)).unique().all()
        page += sorted(rows, key=lambda each: customers.index(each.customer_id or 0))
    return page[:limit]


def list_by_id(session: Session, ids: Collection[int]) -> list[Opportunity]:
    """Opportunities with their stages, customers and owners, by id; those that are gone are left out."""
    ordered, found = sorted(ids), list[Opportunity]()
    for start in range(0, len(ordered), 500):
        wanted = _whole().where(Opportunity.id.in_(ordered[start : start + 500])).order_by(Opportunity.id)
        found += session.scalars(wanted)
    return found
