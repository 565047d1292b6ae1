"""A team's day: who has tasks overdue, of everybody or of those below a manager."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from bot.store.days import Figures
from bot.store.models import Person, Task


@dataclass(frozen=True)
class Overdue:
    """Who has how many overdue tasks, the oldest due since when."""

    person_id: int
    name: str
    count: int
    since: date


@dataclass(frozen=True)
class TeamDay:
    """How a team stands, for whoever leads it and sells nothing themselves."""

    is_everybody: bool
    """The whole workspace; else those below the reader."""
    figures: Figures
    overdue: tuple[Overdue, ...]
    """Those with the most of them first."""
    overdue_count: int
    """The tasks of everybody, those left out of `overdue` too."""


@dataclass(frozen=True)
class Load:
    """How much somebody has to do."""

    person_id: int
    name: str
    open: int
    overdue: int
    this_week: int
    """Due until Sunday, without what is overdue."""


def load_by_person(
    session: Session, *, now: datetime, today: date, until: date, person_ids: Collection[int] | None
) -> list[Load]:
    """Everybody (None) or some, who has most overdue and most to do first; `until` ends the week."""
    is_over = or_(Task.due_at < now, and_(Task.due_at.is_(None), Task.due_on < today))
    is_soon = and_(
        Task.due_on < until, or_(Task.due_at >= now, and_(Task.due_at.is_(None), Task.due_on >= today))
    )
    rows = session.execute(
        select(
            Task.assignee_id,
            func.count(Task.id),
            func.sum(case((is_over, 1), else_=0)),
            func.sum(case((is_soon, 1), else_=0)),
        )
        .where(Task.state == "open")
        .group_by(Task.assignee_id)
    )
    counts = {person_id: tuple(int(each or 0) for each in found) for person_id, *found in rows}
    people = select(Person.id, Person.name).where(
        Person.id.in_(person_ids) if person_ids is not None else Person.id.in_(list(filter(None, counts)))
    )
    loads = [
        Load(person_id, name, *counts.get(person_id, (0, 0, 0)))
        for person_id, name in session.execute(people)
    ]
    return sorted(loads, key=lambda each: (-each.overdue, -each.open, each.name))


def people_below(session: Session, manager_id: int) -> set[int]:
    """Everybody in the line of managers below one, whom it does not count."""
    below: dict[int | None, list[int]] = {}
    for person_id, above in session.execute(select(Person.id, Person.manager_id)):
        below.setdefault(above, []).append(person_id)
    found: set[int] = set()
    waiting = [manager_id]
    while waiting:
        fresh = [each for each in below.get(waiting.pop(), ()) if each not in found and each != manager_id]
        found.update(fresh)
        waiting += fresh
    return found


def overdue_by_person(
    session: Session, *, now: datetime, today: date, person_ids: Collection[int] | None, limit: int
) -> tuple[tuple[Overdue, ...], int]:
    """Who has the most tasks overdue, and how many there are of everybody; None looks at everybody."""
    is_over: ColumnElement[bool] = or_(Task.due_at < now, and_(Task.due_at.is_(None), Task.due_on < today))
    wanted = (
        select(Person.id, Person.name, func.count(Task.id), func.min(Task.due_on))
        .join(Task, Task.assignee_id == Person.id)
        .where(Task.state == "open", Task.due_on.is_not(None), is_over)
        .group_by(Person.id, Person.name)
        .order_by(func.count(Task.id).desc(), func.min(Task.due_on), Person.name, Person.id)
    )
    if person_ids is not None:
        wanted = wanted.where(Person.id.in_(person_ids))
    rows = [
        Overdue(person_id, name, count, since)
        for person_id, name, count, since in session.execute(wanted)
        if since is not None
    ]
    return tuple(rows[:limit]), sum(each.count for each in rows)
