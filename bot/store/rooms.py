"""Deal rooms: which Slack channel is an opportunity's, and what waits to be done there."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.collaboration import Record
from bot.store.models import Collaborator, Customer, DealRoom, Notice, Opportunity, Person


class UnknownRoom(Refusal):
    """No such room: archived, given up or undone."""

    message = "This is no longer a deal room. `/crm room` makes a new one."


def find_room(session: Session, opportunity_id: int) -> DealRoom | None:
    """The room of an opportunity, whether its channel is there yet or not."""
    wanted = select(DealRoom).where(DealRoom.opportunity_id == opportunity_id, DealRoom.archived_at.is_(None))
    return session.scalars(wanted.order_by(DealRoom.id.desc()).limit(1)).one_or_none()


def find_room_in(session: Session, slack_channel: str) -> DealRoom | None:
    """The room that a channel is, with its opportunity."""
    wanted = select(DealRoom).where(DealRoom.slack_channel == slack_channel, DealRoom.archived_at.is_(None))
    wanted = wanted.options(joinedload(DealRoom.opportunity))
    return session.scalars(wanted.order_by(DealRoom.id.desc()).limit(1)).one_or_none()


def list_rooms_of(session: Session, record: Record) -> Sequence[DealRoom]:
    """The rooms that are there of an opportunity, or of a customer's opportunities."""
    about = DealRoom.opportunity_id == record.id
    if isinstance(record, Customer):
        about = DealRoom.opportunity_id.in_(
            select(Opportunity.id).where(Opportunity.customer_id == record.id)
        )
    wanted = select(DealRoom).where(
        about, DealRoom.archived_at.is_(None), DealRoom.slack_channel.is_not(None)
    )
    return session.scalars(wanted.order_by(DealRoom.id)).all()


def access_room(session: Session, room_id: int) -> DealRoom:
    """The room, or UnknownRoom."""
    wanted = select(DealRoom).where(DealRoom.id == room_id, DealRoom.archived_at.is_(None))
    found = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownRoom
    return found


def list_room_people(session: Session, room: DealRoom, opportunity: Opportunity) -> Sequence[Person]:
    """Who belongs in a room: the owner, who asked for it, who works on the opportunity or its customer."""
    about = [Collaborator.opportunity_id == opportunity.id]
    if opportunity.customer_id is not None:
        about.append(Collaborator.customer_id == opportunity.customer_id)
    team = select(Collaborator.person_id).where(or_(*about))
    wanted = select(Person).where(
        Person.slack_user_id.is_not(None),
        or_(Person.id.in_([opportunity.owner_id, room.creator_id]), Person.id.in_(team)),
    )
    return session.scalars(wanted.order_by(Person.id)).all()


def has_yet_to_begin(session: Session, *, kind: str, recipient: str) -> bool:
    """Whether a notice of the kind waits there in nobody's hands: what it will say is read when it is sent.

    Until the transaction ends nobody takes it either.
    """
    wanted = select(Notice.id).where(
        Notice.settled_at.is_(None),
        Notice.leased_until.is_(None),
        Notice.kind == kind,
        Notice.recipient == recipient,
    )
    return session.scalars(wanted.order_by(Notice.id).limit(1).with_for_update()).first() is not None
