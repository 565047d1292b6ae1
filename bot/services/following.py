"""Following: who wants to hear of a record is told what changed, a few minutes' changes at once."""

from datetime import datetime, timedelta

from bot.domain.actors import Actor
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.collaboration import Record, find_follow, follower_ids, has_waiting
from bot.store.models import Customer, Follow, Opportunity

TOGETHER = timedelta(minutes=3)
"""Changes of a record in so short a time come as one message."""


def follow(session: Session, person_id: int, record: Record) -> bool:
    """Let somebody hear of a record; False where they do already."""
    if find_follow(session, record, person_id):
        return False
    about = "customer_id" if isinstance(record, Customer) else "opportunity_id"
    session.add(Follow(person_id=person_id, **{about: record.id}))
    session.flush()
    return True


def unfollow(session: Session, person_id: int, record: Record, *, now: datetime) -> bool:
    """Let them hear no more, of an opportunity's customer neither; False where they heard nothing."""
    found = [find_follow(session, record, person_id)]
    if isinstance(record, Opportunity) and record.customer is not None:
        found.append(find_follow(session, record.customer, person_id))
    followed = [each for each in found if each is not None]
    for each in followed:
        each.deleted_at = now
    session.flush()
    return bool(followed)


def tell_followers(session: Session, actor: Actor, record: Record, *, now: datetime) -> None:
    """Write down that followers are to hear what just changed; who changed it is not told.

    Whoever follows a customer hears of its opportunities too. The message says what changed since, and
    nothing where it was changed back.
    """
    if isinstance(record, Opportunity):
        people = follower_ids(session, customer_id=record.customer_id, opportunity_id=record.id)
    else:
        people = follower_ids(session, customer_id=record.id, opportunity_id=None)
    table = record.__tablename__
    for person_id in sorted(people - {actor.person_id or 0}):
        kind, recipient = NoticeKind.RECORD_NEWS, direct_to(person_id)
        if has_waiting(session, kind=kind, recipient=recipient, subject=table, subject_id=record.id):
            continue
        post_notice(
            session,
            kind=kind,
            recipient=recipient,
            due_at=now + TOGETHER,
            dedupe_key=f"news:{table}:{record.id}:{person_id}:{session.info['changeset']}",
            subject=table,
            subject_id=record.id,
            payload={"since": now.isoformat()},
        )
