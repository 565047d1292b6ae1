"""Messages that people chose for the timeline: fetched from Slack, kept once, and marked as kept."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.notices import person_of
from bot.jobs.calls import Refused, Slack
from bot.jobs.mails import acting, name_in_slack, readable
from bot.jobs.words import Called, Fetched, Reader
from bot.services.collecting import collect_message
from bot.store import Session
from bot.store.models import Notice
from bot.store.notices import access_notice
from bot.store.people import find_slack_person
from bot.store.rooms import find_room_in
from bot.views import mails as views
from bot.views.blocks import Message
from bot.views.undelivered import why_failed

_KEPT = "white_check_mark"


@dataclass(frozen=True)
class Found:
    """A message as Slack has it, its address, and what its author is called where nobody here knows them."""

    message: dict[str, Any]
    permalink: str | None
    author: str | None


def collected(session: Session, reader: Reader, notice: Notice) -> Message | Fetched | Called | None:
    """The message, fetched and kept; then a tick on it. Only a failure is told."""
    payload = notice.payload
    if "error" in payload:
        return views.unread_message(why_failed(payload["error"], reader.locale), reader.locale)
    if payload.get("gone") or "kept" in payload:
        return _tick(payload["channel"], payload["ts"], gone=bool(payload.get("gone")))
    gather = partial(_gather, channel=payload["channel"], ts=payload["ts"])
    return Fetched(gather, partial(_keep, notice_id=notice.id), person_of(notice.recipient) or 0)


def _gather(slack: Slack, channel: str, ts: str) -> Found:
    answer = slack.in_channel(
        "conversations.replies",
        channel,
        lambda client: client.conversations_replies(
            channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=1
        ),
    )
    message = next((each for each in answer.get("messages") or [] if each.get("ts") == ts), None)
    if message is None:
        raise Refused("message_not_found")
    try:
        link = slack.call(
            "chat.getPermalink", lambda client: client.chat_getPermalink(channel=channel, message_ts=ts)
        )["permalink"]
    except Refused:
        link = None
    user = message.get("user")
    return Found(message, link, name_in_slack(slack, str(user)) if user else None)


def _keep(session: Session, found: Found | None, error: str | None, *, notice_id: int) -> None:
    notice = access_notice(session, notice_id)
    if found is None:
        notice.payload = notice.payload | {"error": error or "unknown"}
        return
    channel, ts = notice.payload["channel"], notice.payload["ts"]
    room = find_room_in(session, channel)
    activity = None
    if room is not None:
        author = find_slack_person(session, str(found.message.get("user") or ""))
        activity = collect_message(
            session,
            acting(session),
            room.opportunity_id,
            text=readable(session, str(found.message.get("text") or "")),
            place=(channel, ts),
            permalink=found.permalink,
            author_id=author.id if author else None,
            author=found.author,
            now=session.info["now"],
        )
    notice.payload = notice.payload | {"kept": activity.id if activity else None}


def _tick(channel: str, ts: str, *, gone: bool) -> Called:
    def send(client: WebClient) -> SlackResponse:
        change = client.reactions_remove if gone else client.reactions_add
        return change(channel=channel, timestamp=ts, name=_KEPT)

    def done(session: Session, answer: dict[str, Any]) -> None:
        """Nothing is to be written down."""

    def refused(session: Session, error: str) -> bool:
        """It is there or gone already, or not to be had: the timeline has the message all the same."""
        return True

    return Called("reactions.remove" if gone else "reactions.add", channel, send, done, refused)
