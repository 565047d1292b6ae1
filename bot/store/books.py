"""A person's book: the customers, opportunities, leads and tasks that are theirs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from bot.domain.handovers import HandoverCounts, HandoverFilter
from bot.domain.stages import StageKind
from bot.store.models import Customer, Lead, Opportunity, Stage, Task


def _customers(person_id: int, which: HandoverFilter) -> Select[Any]:
    return select(Customer).where(*_theirs(person_id, which))


def _theirs(person_id: int, which: HandoverFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Customer.owner_id == person_id]
    if which.region:
        wanted.append(func.lower(Customer.region).contains(which.region.lower(), autoescape=True))
    if which.kind:
        wanted.append(Customer.kind == which.kind)
    return wanted


def _opportunities(person_id: int, which: HandoverFilter) -> Select[Any]:
    wanted = select(Opportunity).where(Opportunity.owner_id == person_id)
    if which.names_customers:
        wanted = wanted.where(Opportunity.customer_id.in_(_ids(person_id, which)))
    if which.open_only:
        wanted = wanted.join(Stage, Stage.id == Opportunity.stage_id).where(Stage.kind == StageKind.OPEN)
    return wanted


def _ids(person_id: int, which: HandoverFilter) -> Select[Any]:
    return select(Customer.id).where(*_theirs(person_id, which))


def _leads(person_id: int, which: HandoverFilter) -> Select[Any]:
    wanted = select(Lead).where(Lead.owner_id == person_id, Lead.state == "open")
    return wanted.where(Lead.id.is_(None)) if which.names_customers else wanted


def _tasks(person_id: int, which: HandoverFilter) -> Select[Any]:
    wanted = select(Task).where(Task.assignee_id == person_id, Task.state == "open")
    return wanted.where(Task.customer_id.in_(_ids(person_id, which))) if which.names_customers else wanted


def book_of(session: Session, person_id: int, which: HandoverFilter) -> dict[str, Sequence[Any]]:
    """The records by table, each in the order of ids. Leads and tasks are only the open ones."""
    found = {}
    for model, wanted in _kinds(person_id, which):
        found[model.__tablename__] = session.scalars(wanted.order_by(model.id)).all()
    return found


def count_book(session: Session, person_id: int, which: HandoverFilter) -> HandoverCounts:
    """How many there are of each."""
    counts = [
        session.scalars(select(func.count()).select_from(wanted.subquery())).one()
        for _model, wanted in _kinds(person_id, which)
    ]
    return HandoverCounts(*counts)


def _kinds(person_id: int, which: HandoverFilter) -> list[tuple[type[Any], Select[Any]]]:
    return [
        (Customer, _customers(person_id, which)),
        (Opportunity, _opportunities(person_id, which)),
        (Lead, _leads(person_id, which)),
        (Task, _tasks(person_id, which)),
    ]


def list_regions(session: Session, person_id: int) -> Sequence[str]:
    """The regions of a person's customers."""
    wanted = select(Customer.region).where(Customer.owner_id == person_id, Customer.region.is_not(None))
    return [region for region in session.scalars(wanted.distinct().order_by(Customer.region)) if region]
