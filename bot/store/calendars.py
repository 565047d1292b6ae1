"""What stands in a person's calendar, and the private address that it is read at."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.store.models import Activity, CalendarFeed, Change, Person, Task

MOST = 1000
"""Entries of a kind: programs load the whole calendar again every few hours."""


def feed_of(session: Session, person_id: int) -> CalendarFeed | None:
    """The person's address, where there is one."""
    return session.scalars(select(CalendarFeed).where(CalendarFeed.person_id == person_id)).one_or_none()


def keep_feed(session: Session, person_id: int, token_hash: str, now: datetime) -> None:
    """Let the token with this hash be the person's only one."""
    feed = feed_of(session, person_id)
    if feed is None:
        session.add(CalendarFeed(person_id=person_id, token_hash=token_hash, made_at=now))
    else:
        feed.token_hash, feed.made_at = token_hash, now


def drop_feed(session: Session, person_id: int) -> bool:
    """Take the address away; False where there was none."""
    feed = feed_of(session, person_id)
    if feed is not None:
        session.delete(feed)
    return feed is not None


def owner_of_feed(session: Session, token_hash: str) -> Person | None:
    """Whose calendar it is, over all workspaces; None for an unknown hash or a person who was removed."""
    wanted = select(Person).join(CalendarFeed, CalendarFeed.person_id == Person.id)
    return session.scalars(wanted.where(CalendarFeed.token_hash == token_hash)).one_or_none()


def list_dated_tasks(session: Session, person_id: int, *, since: date) -> Sequence[Task]:
    """The person's tasks with a day: every open one, and what was closed of those since a day."""
    wanted = (
        select(Task)
        .options(joinedload(Task.customer), joinedload(Task.opportunity))
        .where(
            Task.assignee_id == person_id,
            Task.due_on.is_not(None),
            or_(Task.state == "open", Task.due_on >= since),
        )
    )
    return session.scalars(wanted.order_by(Task.due_on.desc(), Task.id.desc()).limit(MOST)).all()


def list_meetings(session: Session, person_id: int, *, since: datetime) -> Sequence[Activity]:
    """The person's visits and meetings since a moment."""
    wanted = (
        select(Activity)
        .options(joinedload(Activity.customer), joinedload(Activity.opportunity))
        .where(
            Activity.person_id == person_id,
            Activity.kind.in_(("visit", "meeting")),
            Activity.happened_at >= since,
        )
    )
    return session.scalars(wanted.order_by(Activity.happened_at.desc(), Activity.id.desc()).limit(MOST)).all()


def changed_at(session: Session, table: str, ids: Iterable[int]) -> dict[int, datetime]:
    """When each row was changed last."""
    wanted = (
        select(Change.entity_id, func.max(Change.at))
        .where(Change.entity == table, Change.entity_id.in_(list(ids)))
        .group_by(Change.entity_id)
    )
    return {entity_id: at for entity_id, at in session.execute(wanted)}  # noqa: C416 (rows are no pairs to mypy)
