"""Hand-overs: one person's book, or a part of it, goes to another."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.handovers import HandoverCounts, HandoverFilter
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice, remind_of_task
from bot.store import Session
from bot.store.books import book_of, count_book
from bot.store.models import Person, Task
from bot.store.people import access_person, list_admins, manages


class ManagersOnly(Refusal):
    """A hand-over by somebody who is neither above the person nor an admin."""

    message = "Only a manager of {name} or an admin can hand their book over. Admins here: {admins}."


class SamePerson(Refusal):
    """A hand-over to oneself."""

    message = "{name} has this book already. Choose somebody else to take it over."


class NothingToHandOver(Refusal):
    """A book without a record, or a filter that fits none."""

    message = "{name} has nothing that fits. Choose another region or type, or everything."


def plan_handover(
    session: Session, actor: Actor, *, from_id: int, to_id: int, which: HandoverFilter
) -> HandoverCounts:
    """How much would go. Raises ManagersOnly, SamePerson and NothingToHandOver."""
    giver, taker = access_person(session, from_id), access_person(session, to_id)
    may = actor.is_admin or (actor.person_id is not None and manages(session, actor.person_id, giver.id))
    if not may:
        admins = ", ".join(person.name for person in list_admins(session)) or "—"
        raise ManagersOnly(field="giver", name=giver.name, admins=admins)
    if giver.id == taker.id:
        raise SamePerson(field="taker", name=giver.name)
    counts = count_book(session, from_id, which)
    if not counts.total:
        raise NothingToHandOver(field="giver", name=giver.name)
    return counts


def hand_over(
    session: Session, actor: Actor, *, from_id: int, to_id: int, which: HandoverFilter, now: datetime
) -> HandoverCounts:
    """Give the records to the other person, their open tasks with the reminders too, and tell both.

    What is no longer theirs to lose keeps its history: only owners and assignees change. Raises what
    plan_handover raises.
    """
    plan_handover(session, actor, from_id=from_id, to_id=to_id, which=which)
    book = book_of(session, from_id, which)
    for records in book.values():
        for record in records:
            if isinstance(record, Task):
                record.assignee_id = to_id
            else:
                record.owner_id = to_id
    session.flush()
    for task in book[Task.__tablename__]:
        remind_of_task(session, task, now)
    counts = HandoverCounts(*(len(records) for records in book.values()))
    first = next((name, records[0].id) for name, records in book.items() if records)
    for person_id in (from_id, to_id):
        if person_id != actor.person_id:
            _tell(session, actor, person_id, (from_id, to_id), counts, first, now)
    return counts


def _tell(
    session: Session,
    actor: Actor,
    person_id: int,
    who: tuple[int, int],
    counts: HandoverCounts,
    first: tuple[str, int],
    now: datetime,
) -> None:
    post_notice(
        session,
        kind=NoticeKind.HANDED_OVER,
        recipient=direct_to(person_id),
        due_at=now,
        dedupe_key=f"handover:{session.info['changeset']}:{person_id}",
        subject=Person.__tablename__,
        subject_id=who[0],
        payload={
            "from": who[0],
            "to": who[1],
            "by": actor.person_id,
            "counts": counts.as_payload(),
            "first": list(first),
        },
    )
