"""Deal rooms as notices do them: the channel made, people invited, the topic, the card and its pin."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.notices import NoticeKind, NoticeState
from bot.domain.rooms import channel_name
from bot.jobs.words import Called, Reader
from bot.services.rooms import furnish, make_channel, tell_opener
from bot.store import Session
from bot.store.changes import list_changes_since
from bot.store.models import DealRoom, Notice, Opportunity
from bot.store.notices import access_notice
from bot.store.opportunities import access_opportunity
from bot.store.rooms import UnknownRoom, access_room, find_room, list_room_people
from bot.views import opportunities as opportunity_views
from bot.views import rooms as views
from bot.views.blocks import Message

_MOST_NUMBERS = 50
_SHOWN = frozenset(["stage_id", "amount_minor", "currency", "close_on", "closed_on"])
"""The fields that a topic shows."""


def make(session: Session, reader: Reader, notice: Notice) -> Called | None:
    """The channel; a name that is taken gets the next number."""
    room = access_room(session, notice.subject_id or 0)
    opportunity = access_opportunity(session, room.opportunity_id)
    if room.slack_channel:
        return None
    number, plain = int(notice.payload["number"]), bool(notice.payload["plain"])
    customer = opportunity.customer.name if opportunity.customer else None
    whose, what = (None, "") if plain else (customer, opportunity.name)
    name = channel_name(whose, what, number=number)
    name = name or channel_name(None, opportunity_views.reference(opportunity), number=number)
    room_id = room.id

    def done(session: Session, answer: dict[str, Any]) -> None:
        _made(session, room_id, str(answer["channel"]["id"]), is_other_name=number > 1)

    def refused(session: Session, error: str) -> bool:
        now = session.info["now"]
        try:
            room = access_room(session, room_id)
        except UnknownRoom:
            return True
        if error == "name_taken" and number < _MOST_NUMBERS:
            make_channel(session, room, now, number=number + 1, plain=plain)
        elif error.startswith("invalid_name") and not plain:
            make_channel(session, room, now, plain=True)
        else:
            room.deleted_at = now
            tell_opener(session, room, NoticeKind.ROOM_FAILED, now, error=error)
        return True

    return Called(
        "conversations.create", None, lambda client: client.conversations_create(name=name), done, refused
    )


def _made(session: Session, room_id: int, slack_channel: str, *, is_other_name: bool) -> None:
    try:
        room = access_room(session, room_id)
    except UnknownRoom:
        # Somebody gave the room up or chose another channel while Slack was making this one.
        return
    room.slack_channel = slack_channel
    session.flush()
    furnish(session, room, session.info["now"])
    if is_other_name:
        tell_opener(session, room, NoticeKind.ROOM_NAMED, session.info["now"])


def people(session: Session, reader: Reader, notice: Notice) -> Called | None:
    """Those who belong there are invited; nobody is taken out, Slack's members decide that."""
    room, opportunity = _room(session, notice)
    since = notice.payload.get("since")
    if since and "owner_id" not in _changed(session, opportunity, since):
        return None
    users = [person.slack_user_id or "" for person in list_room_people(session, room, opportunity)]
    if not users:
        return None
    channel = notice.recipient
    return _in(
        channel,
        "conversations.invite",
        # With `force` those who cannot come, such as guests, keep nobody else out.
        lambda client: client.conversations_invite(channel=channel, users=users, force=True),
    )


def topic(session: Session, reader: Reader, notice: Notice) -> Called | None:
    """Amount, stage and close date; nothing where none of them changed after all."""
    _there, opportunity = _room(session, notice)
    since = notice.payload.get("since")
    if since and not _SHOWN & _changed(session, opportunity, since):
        return None
    channel, words = notice.recipient, views.topic(opportunity, reader.locale)
    return _in(
        channel,
        "conversations.setTopic",
        lambda client: client.conversations_setTopic(channel=channel, topic=words),
    )


def card(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The card as it is now; nothing where the channel is a room no more."""
    opportunity = access_opportunity(session, notice.subject_id or 0)
    if not _is_room(session, notice.recipient, opportunity.id):
        return None
    return opportunity_views.card(opportunity, reader.locale)


def pin(session: Session, reader: Reader, notice: Notice) -> Called | None:
    """The card is pinned, if it is there."""
    posted = access_notice(session, int(notice.payload["card"]))
    if posted.state != NoticeState.SENT or not posted.message_ts:
        return None
    channel, ts = posted.slack_channel or notice.recipient, posted.message_ts
    return _in(channel, "pins.add", lambda client: client.pins_add(channel=channel, timestamp=ts))


def closed(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Whether to archive; nothing where it is open again."""
    room, opportunity = _room(session, notice)
    return None if opportunity.stage.is_open else views.closed(room, opportunity, reader.locale)


def archive(session: Session, reader: Reader, notice: Notice) -> Called | None:
    """The channel is archived."""
    room, _opportunity = _room(session, notice)
    channel, room_id = notice.recipient, room.id

    def done(session: Session, answer: dict[str, Any]) -> None:
        access_room(session, room_id).archived_at = session.info["now"]

    def refused(session: Session, error: str) -> bool:
        if error == "already_archived":
            done(session, {})
        return error == "already_archived"

    return Called(
        "conversations.archive",
        channel,
        lambda client: client.conversations_archive(channel=channel),
        done,
        refused,
    )


def lost(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Somebody archived or deleted the channel; nothing where there is another room by now."""
    opportunity = access_opportunity(session, notice.subject_id or 0)
    if find_room(session, opportunity.id):
        return None
    return views.lost(opportunity, reader.locale)


def named(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """How the room is called, since another channel has the name it would have."""
    opportunity = access_opportunity(session, notice.subject_id or 0)
    room = find_room(session, opportunity.id)
    return views.named(room, opportunity, reader.locale) if room and room.slack_channel else None


def failed(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Slack made no channel."""
    opportunity = access_opportunity(session, notice.subject_id or 0)
    return views.failed(opportunity, str(notice.payload.get("error") or ""), reader.locale)


def _in(channel: str, method: str, send: Callable[[WebClient], SlackResponse]) -> Called:
    def done(session: Session, answer: dict[str, Any]) -> None:
        """Nothing is to be written down."""

    def refused(session: Session, error: str) -> bool:
        """It is done already, or not to be had: the room serves without it."""
        return True

    return Called(method, channel, send, done, refused)


def _room(session: Session, notice: Notice) -> tuple[DealRoom, Opportunity]:
    room = access_room(session, notice.subject_id or 0)
    return room, access_opportunity(session, room.opportunity_id)


def _is_room(session: Session, channel: str, opportunity_id: int) -> bool:
    room = find_room(session, opportunity_id)
    return room is not None and room.slack_channel == channel


def _changed(session: Session, opportunity: Opportunity, since: str) -> set[str]:
    moment = datetime.fromisoformat(since)
    changes = list_changes_since(session, Opportunity.__tablename__, opportunity.id, moment)
    return {change.field for change, _who in changes}
