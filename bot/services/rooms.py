"""Deal rooms: an opportunity's Slack channel is made or adopted, kept true, given up and archived.

Everything that Slack has to do is a notice; those of one channel are done in their order.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.actors import Actor, NotAllowed
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.services.rights import may_change
from bot.store import Session, alone
from bot.store.collaboration import Record, find_collaborator
from bot.store.models import DealRoom, Notice, Opportunity
from bot.store.people import access_person
from bot.store.rooms import access_room, find_room, find_room_in, has_yet_to_begin, list_rooms_of

_TOGETHER = timedelta(seconds=10)
"""Changes in so short a time are one change of the topic."""


class ChannelTaken(Refusal):
    """A channel that is the room of another opportunity."""

    message = "This channel is the deal room of {name} already. Give that up first: `/crm room`"


def open_room(session: Session, actor: Actor, opportunity: Opportunity, *, now: datetime) -> DealRoom:
    """The opportunity's room: a channel will be made where there is none; one that is there is checked.

    Raises NotAllowed: the owner, those above, the team and admins may.
    """
    check_may_meet(session, actor, opportunity)
    alone(session, "rooms.open")
    room = find_room(session, opportunity.id)
    if room is not None:
        if room.slack_channel:
            _keep_true(session, room, now, since=None)
        return room
    room = DealRoom(opportunity_id=opportunity.id, creator_id=actor.person_id)
    session.add(room)
    session.flush()
    make_channel(session, room, now)
    return room


def adopt_channel(
    session: Session, actor: Actor, opportunity: Opportunity, slack_channel: str, *, now: datetime
) -> DealRoom:
    """Let a channel that is there be the opportunity's room; an earlier one is its room no more.

    Raises NotAllowed and ChannelTaken.
    """
    check_may_meet(session, actor, opportunity)
    alone(session, "rooms.open")
    there = find_room_in(session, slack_channel)
    if there is not None and there.opportunity_id != opportunity.id:
        raise ChannelTaken(name=there.opportunity.name)
    if there is not None:
        _keep_true(session, there, now, since=None)
        return there
    if earlier := find_room(session, opportunity.id):
        earlier.deleted_at = now
    room = DealRoom(opportunity_id=opportunity.id, slack_channel=slack_channel, creator_id=actor.person_id)
    session.add(room)
    session.flush()
    furnish(session, room, now)
    return room


def forget_room(
    session: Session, actor: Actor, room: DealRoom, opportunity: Opportunity, now: datetime
) -> None:
    """Let the channel be a channel like others; it stays as it is. Raises NotAllowed."""
    check_may_meet(session, actor, opportunity)
    room.deleted_at = now
    session.flush()


def archive_room(
    session: Session, actor: Actor, room_id: int, opportunity: Opportunity, now: datetime
) -> DealRoom:
    """Archive the room's channel. Raises NotAllowed and UnknownRoom."""
    check_may_meet(session, actor, opportunity)
    room = access_room(session, room_id)
    _post(session, room, NoticeKind.ROOM_ARCHIVE, now)
    return room


def make_channel(
    session: Session, room: DealRoom, now: datetime, *, number: int = 1, plain: bool = False
) -> None:
    """Have the room's channel made; `number` tells its name from taken ones, `plain` is OPP-128 alone."""
    post_notice(
        session,
        kind=NoticeKind.ROOM_MAKE,
        recipient=f"room:{room.id}",
        due_at=now,
        dedupe_key=f"room:{room.id}:make:{number}:{plain}",
        subject=DealRoom.__tablename__,
        subject_id=room.id,
        payload={"number": number, "plain": plain},
    )


def furnish(session: Session, room: DealRoom, now: datetime) -> None:
    """Have the people invited, the topic set, and the card posted and pinned."""
    _post(session, room, NoticeKind.ROOM_PEOPLE, now)
    _post(session, room, NoticeKind.ROOM_TOPIC, now)
    card = post_notice(
        session,
        kind=NoticeKind.ROOM_CARD,
        recipient=room.slack_channel or "",
        due_at=now,
        dedupe_key=f"room:{room.id}:card:{session.info['changeset']}",
        subject=Opportunity.__tablename__,
        subject_id=room.opportunity_id,
    )
    _post(session, room, NoticeKind.ROOM_PIN, now, card=card.id)


def keep_room_true(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Bring the topic and the people of an opportunity's room up to date. Call it after every change."""
    room = find_room(session, opportunity.id)
    if room is not None and room.slack_channel:
        _keep_true(session, room, now, since=now)


def invite_to_rooms(session: Session, record: Record, now: datetime) -> None:
    """Invite who joined an opportunity's team, or a customer's, into the rooms."""
    for room in list_rooms_of(session, record):
        _post(session, room, NoticeKind.ROOM_PEOPLE, now)


def ask_whether_to_archive(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Ask in the room of what was just won or lost."""
    room = find_room(session, opportunity.id)
    if room is not None and room.slack_channel:
        _post(session, room, NoticeKind.ROOM_CLOSED, now)


def lose_room(session: Session, slack_channel: str, now: datetime) -> None:
    """Slack says that a channel is archived or gone: where it was a room, whoever asked for it is told."""
    room = find_room_in(session, slack_channel)
    if room is None:
        return
    room.deleted_at = now
    tell_opener(session, room, NoticeKind.ROOM_LOST, now, channel=slack_channel)


def tell_opener(session: Session, room: DealRoom, kind: NoticeKind, now: datetime, **payload: Any) -> None:
    """Tell whoever asked for the room of its end."""
    if room.creator_id is None:
        return
    post_notice(
        session,
        kind=kind,
        recipient=direct_to(room.creator_id),
        due_at=now,
        dedupe_key=f"room:{room.id}:{kind}",
        subject=Opportunity.__tablename__,
        subject_id=room.opportunity_id,
        payload=payload,
    )


def check_may_meet(session: Session, actor: Actor, opportunity: Opportunity) -> None:
    """Raise NotAllowed unless the actor works on the opportunity, or is above who does."""
    if may_change(session, actor, opportunity.owner_id):
        return
    if actor.person_id is None or not find_collaborator(session, opportunity, actor.person_id):
        owner = access_person(session, opportunity.owner_id or 0)
        raise NotAllowed(owner=owner.name)


def _keep_true(session: Session, room: DealRoom, now: datetime, *, since: datetime | None) -> None:
    told = {"since": since.isoformat()} if since else {}
    for kind in (NoticeKind.ROOM_PEOPLE, NoticeKind.ROOM_TOPIC):
        if since is None or not has_yet_to_begin(session, kind=kind, recipient=room.slack_channel or ""):
            due_at = now + _TOGETHER if since and kind == NoticeKind.ROOM_TOPIC else now
            _post(session, room, kind, due_at, **told)


def _post(session: Session, room: DealRoom, kind: NoticeKind, now: datetime, **payload: Any) -> Notice:
    return post_notice(
        session,
        kind=kind,
        recipient=room.slack_channel or "",
        due_at=now,
        dedupe_key=f"room:{room.id}:{kind}:{session.info['changeset']}",
        subject=DealRoom.__tablename__,
        subject_id=room.id,
        payload=payload,
    )
