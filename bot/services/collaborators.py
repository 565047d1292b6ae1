"""Collaborators: who works on a customer or an opportunity besides its owner, and as what."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from bot.domain.actors import Actor
from bot.domain.credit import HUNDRED, given_away
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.following import follow
from bot.services.notices import post_notice
from bot.services.rights import check_may_change
from bot.services.rooms import invite_to_rooms
from bot.store import Session
from bot.store.collaboration import Record, access_collaborator, find_collaborator, list_collaborators
from bot.store.models import Collaborator, Customer, Opportunity
from bot.store.people import access_person


class OwnsItAlready(Refusal):
    """The owner as a collaborator."""

    message = "{name} owns it already. Choose somebody else."


class CollaboratorMissing(Refusal):
    """Nobody to add."""

    message = "Whom do you add? Choose one person."


class SharesNotWhole(Refusal):
    """Shares that are no split of the whole."""

    message = "The shares are {total} percent together. They must be 100, each between 0 and 100."


class NoCreditHere(Refusal):
    """A share of a customer."""

    message = "Credit is split on an opportunity, not on a customer."


def split_credit(
    session: Session, actor: Actor, opportunity: Opportunity, shares: Mapping[int, Decimal], *, now: datetime
) -> None:
    """Give the owner and the people of its team their shares in percent, by person. What is left out is 0.

    Raises NotAllowed and SharesNotWhole.
    """
    check_may_change(session, actor, opportunity.owner_id)
    total = sum(shares.values(), Decimal(0))
    if total != HUNDRED or any(not 0 <= share <= HUNDRED for share in shares.values()):
        raise SharesNotWhole(total=f"{total.normalize():f}")
    for each in list_collaborators(session, opportunity):
        share = shares.get(each.person_id) or None
        if each.credit_percent != share:
            each.credit_percent = share
    session.flush()


def _give(session: Session, record: Record, collaborator: Collaborator, percent: Decimal | None) -> None:
    """Set one share; the owner has what is left. Raises NoCreditHere and SharesNotWhole."""
    if percent is None:
        return
    if not isinstance(record, Opportunity):
        raise NoCreditHere
    collaborator.credit_percent = percent or None
    session.flush()
    given = given_away(list_collaborators(session, record), record.owner_id)
    if not 0 <= percent <= HUNDRED or given > HUNDRED:
        raise SharesNotWhole(field="credit", total=f"{given.normalize():f}")


def add_collaborator(
    session: Session,
    actor: Actor,
    record: Record,
    *,
    person_id: int | None,
    role: str | None,
    now: datetime,
    credit_percent: Decimal | None = None,
) -> Collaborator:
    """Let somebody work on a record, in a role; one who does gets the new role. They are told, and follow it.

    `credit_percent` is their share of an opportunity, which the owner gives.

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
        _give(session, record, known, credit_percent)
        return known
    about = "customer_id" if isinstance(record, Customer) else "opportunity_id"
    added = Collaborator(person_id=person.id, role=role, **{about: record.id})
    session.add(added)
    session.flush()
    _give(session, record, added, credit_percent)
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
