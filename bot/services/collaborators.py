"""Collaborators: who works on a customer or an opportunity besides its owner, and as what."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.following import follow
from bot.services.notices import post_notice
from bot.services.rights import check_may_change
from bot.services.rooms import invite_to_rooms
from bot.store import Session
from bot.store.collaboration import Record, access_collaborator, find_collaborator
from bot.store.models import Collaborator, Customer
from bot.store.people import access_person


class OwnsItAlready(Refusal):
    """The owner as a collaborator."""

    message = "{name} owns it already. Choose somebody else."


class CollaboratorMissing(Refusal):
    """Nobody to add."""

    message = "Whom do you add? Choose one person."


def add_collaborator(
    session: Session, actor: Actor, record: Record, *, person_id: int | None, role: str | None, now: datetime
) -> Collaborator:
    """Let somebody work on a record, in a role; one who does gets the new role. They are told, and follow it.

    Raises NotAllowed (owner, their managers and admins add), OwnsItAlready and CollaboratorMissing.
    """
    check_may_change(session, actor, record.owner_id)
    if person_id is None:
        raise CollaboratorMissing(field="person")
    person = access_person(session, person_id)
    if person.id == record.owner_id:
        raise OwnsItAlready(field="person", name=person.name)
    role = (role or "").strip()[:60] or None
    known = find_collaborator(session, record, person.id)
    if known:
        known.role = role or known.role
        session.flush()
        return known
    about = "customer_id" if isinstance(record, Customer) else "opportunity_id"
    added = Collaborator(person_id=person.id, role=role, **{about: record.id})
    session.add(added)
    session.flush()
    follow(session, person.id, record)
    invite_to_rooms(session, record, now)
    if person.id != actor.person_id:
        post_notice(
            session,
            kind=NoticeKind.COLLABORATOR_ADDED,
            recipient=direct_to(person.id),
            due_at=now,
            dedupe_key=f"collaborator:{added.id}",
            subject=Collaborator.__tablename__,
            subject_id=added.id,
            payload={"by": actor.person_id},
        )
    return access_collaborator(session, added.id)


def remove_collaborator(
    session: Session, actor: Actor, record: Record, collaborator_id: int, *, now: datetime
) -> Collaborator:
    """Let somebody work on it no more; they go on following it. They may go themselves. Raises NotAllowed."""
    found = access_collaborator(session, collaborator_id)
    if found.person_id != actor.person_id:
        check_may_change(session, actor, record.owner_id)
    found.deleted_at = now
    session.flush()
    return found
