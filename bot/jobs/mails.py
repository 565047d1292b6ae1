"""Mails and threads as notices bring them in: fetched from Slack, written down, then told of."""

import re
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import person_of
from bot.domain.roles import Role
from bot.domain.typed import LITERAL
from bot.jobs.calls import Refused, Slack
from bot.jobs.words import Fetched, Reader
from bot.language.mails import Mail, read_mail
from bot.services.activities import Attached
from bot.services.mails import log_mail
from bot.store import Session
from bot.store.activities import access_activity
from bot.store.models import Notice
from bot.store.notices import access_notice
from bot.store.people import access_person, find_slack_person
from bot.views import activities as activity_views
from bot.views import mails as views
from bot.views.blocks import Message
from bot.views.undelivered import why_failed

LARGEST_MAIL = 10_000_000
LONGEST_TEXT = 3000
MOST_REPLIES, MOST_NAMES = 200, 20

_MARKED = re.compile(r"<(?:[@#!][^|>]*\|?|(?:https?://|mailto:|tel:)[^|>]*\|)([^>]*)>|<([^>]*)>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def mail(session: Session, reader: Reader, notice: Notice) -> Message | Fetched | None:
    """A mail that somebody brought: read first, then its activity, or the question whose it is."""
    payload = notice.payload
    if "error" in payload:
        return views.unread(payload.get("name") or "", _why(payload["error"], reader.locale), reader.locale)
    if "activity" in payload:
        said = views.logged(reader.locale, is_new=payload["is_new"])
        activity = access_activity(session, payload["activity"])
        changeset = payload["changeset"] if payload["is_new"] else None
        return activity_views.card(activity, reader.locale, zone=reader.zone, said=said, changeset=changeset)
    if "asked" in payload:
        return views.whose(notice.id, Mail.of_kept(payload["mail"]), reader.locale)
    person_id = person_of(notice.recipient) or 0
    file_id = payload.get("file")
    gather = partial(_download, file_id=file_id) if file_id else _nothing
    return Fetched(gather, partial(_keep_mail, notice_id=notice.id, now=reader.now), person_id)


def _why(error: str, locale: str) -> str:
    return views.NOT_A_MAIL if error == "not_a_mail" else why_failed(error, locale)


def _download(slack: Slack, file_id: str) -> bytes:
    return slack.download(file_id, most=LARGEST_MAIL)


def _nothing(slack: Slack) -> None:
    return None


def _keep_mail(
    session: Session, content: bytes | None, error: str | None, *, notice_id: int, now: datetime
) -> None:
    notice = access_notice(session, notice_id)
    payload = dict(notice.payload)
    read = (
        read_mail(content)
        if content is not None
        else Mail.of_kept(payload["mail"])
        if "mail" in payload
        else None
    )
    if error or read is None:
        notice.payload = payload | {"error": error or "not_a_mail"}
        return
    files = [Attached(payload["file"], payload["name"], payload["address"])] if payload.get("address") else []
    attempt = session.begin_nested()
    try:
        logged = log_mail(session, acting(session), read, now=now, files=files)
        attempt.commit()
    except Refusal:
        attempt.rollback()
        logged = None
    payload["mail"] = read.kept()
    if logged is None:
        notice.payload = payload | {"asked": True}
        return
    notice.payload = payload | {
        "activity": logged.activity.id,
        "is_new": logged.is_new,
        "changeset": session.info["changeset"],
    }


def acting(session: Session) -> Actor:
    """The person for whom the session writes."""
    person = access_person(session, session.info["person_id"])
    workspace_id = session.info["workspace_id"]
    role = Role(person.role)
    return Actor(workspace_id, person.id, person.slack_user_id, person.name, role, person.locale, person.zone)


def replies(session: Session, reader: Reader, notice: Notice) -> Message | Fetched | None:
    """The replies of a thread, added to the activity of its first message; only a failure is told."""
    if "error" in notice.payload:
        return views.unread_replies(why_failed(notice.payload["error"], reader.locale), reader.locale)
    if "kept" in notice.payload:
        return None
    gather = partial(_replies, channel=notice.payload["channel"], ts=notice.payload["ts"])
    keep = partial(_keep_replies, notice_id=notice.id, zone=reader.zone)
    return Fetched(gather, keep, person_of(notice.recipient) or 0)


def _replies(slack: Slack, channel: str, ts: str) -> list[dict[str, Any]]:
    answer = slack.in_channel(
        "conversations.replies",
        channel,
        lambda client: client.conversations_replies(channel=channel, ts=ts, limit=MOST_REPLIES),
    )
    found = [each for each in answer.get("messages") or [] if each.get("ts") != ts]
    users = dict.fromkeys(str(each["user"]) for each in found if each.get("user"))
    names = {user: name_in_slack(slack, user) for user in list(users)[:MOST_NAMES]}
    return [each | {"username": names.get(str(each.get("user")))} for each in found]


def name_in_slack(slack: Slack, user: str) -> str | None:
    """What Slack calls somebody; None where it does not say."""
    try:
        told = slack.call("users.info", lambda client: client.users_info(user=user))
    except Refused:
        return None
    return str(told["user"].get("real_name") or "") or None


def _keep_replies(
    session: Session, found: list[dict[str, Any]] | None, error: str | None, *, notice_id: int, zone: ZoneInfo
) -> None:
    notice = access_notice(session, notice_id)
    if found is None:
        notice.payload = notice.payload | {"error": error or "unknown"}
        return
    activity = access_activity(session, notice.payload["activity"])
    lines = [_reply(session, each, zone) for each in found]
    text = "\n".join([activity.text, *filter(None, lines)]).strip()
    activity.text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    notice.payload = notice.payload | {"kept": len(lines)}
    session.flush()


def _reply(session: Session, message: dict[str, Any], zone: ZoneInfo) -> str | None:
    """Who replied when, and what, in one line."""
    text = str(message.get("text") or "").strip()
    if not text:
        return None
    person = find_slack_person(session, str(message.get("user") or ""))
    name = person.name if person else str(message.get("username") or message.get("user") or "—")
    at = datetime.fromtimestamp(float(message["ts"]), zone)
    return f"{name} {at:%Y-%m-%d %H:%M}: {' '.join(readable(session, text).split())}"


def readable(session: Session, text: str) -> str:
    """A message's text as one reads it: names in place of mentions, links by their words."""

    def named(mention: re.Match[str]) -> str:
        found = find_slack_person(session, mention[1])
        return "@" + (found.name if found else mention[1])

    words = _MARKED.sub(lambda mark: mark[1] or mark[2] or "", _USER.sub(named, text))
    words = words.replace("&lt;@", "<" + LITERAL + "@")  # what only looks like a mention
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, character)
    return words.strip()
