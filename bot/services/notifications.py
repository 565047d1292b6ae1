"""Notifications: when people want to be told, of what, and who is told in their place."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.attention import Attention
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeGroup, direct_to
from bot.domain.snoozes import Snooze, snoozes
from bot.services.edits import edit
from bot.services.mornings import plan_day, starts_at, works_on
from bot.store import Session
from bot.store.models import Person
from bot.store.notices import list_put_off
from bot.store.people import access_person
from bot.store.pools import find_share, is_away
from bot.store.workspaces import workspace_settings


class HalfQuiet(Refusal):
    """Quiet hours with one end alone."""

    message = "Say from when until when, such as: 22:00–8:00. Both empty: no quiet hours."


class NoSuchCount(Refusal):
    """A number of reminders that is none."""

    message = "Type a whole number from 1 to {most}, such as 5. Empty: as it is for everybody here."


MOST_APART = 100
"""So many reminders an hour may come one by one at most."""


class NeverFree(Refusal):
    """Quiet hours that begin when they end."""

    message = "Quiet hours must leave time to be told of something. Choose two different times."


def edit_notifications(
    session: Session,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Person:
    """Change one's own quiet hours, groups, hour of the day, working days, and when reminders come together.

    What was put off and need not wait any longer is looked at again at once. Raises HalfQuiet, NeverFree,
    NoSuchCount and EditConflict.
    """
    if not 1 <= (values.get("digest_above") or 1) <= MOST_APART:
        raise NoSuchCount(field="digest_above", most=MOST_APART)
    person = access_person(session, actor.person_id or 0)
    edit(session, person, values, version=version, seen=seen)
    if (person.quiet_from is None) != (person.quiet_until is None):
        raise HalfQuiet(field="quiet_until" if person.quiet_from else "quiet_from")
    if person.quiet_from and person.quiet_from == person.quiet_until:
        raise NeverFree(field="quiet_until")
    recall(session, person.id, now)
    plan_day(session, person, now=now, settings=workspace_settings(session))
    return person


def mute(session: Session, actor: Actor, group: NoticeGroup, *, muted: bool, now: datetime) -> Person:
    """Hear of a group no more, or again."""
    person = access_person(session, actor.person_id or 0)
    groups = set(person.muted) - {str(group)} | ({str(group)} if muted else set())
    return edit_notifications(session, actor, {"muted": sorted(groups)}, now=now)


def recall(session: Session, person_id: int, now: datetime) -> None:
    """Let everything that was put off for somebody be looked at again now."""
    for notice in list_put_off(session, direct_to(person_id), after=now):
        notice.due_at = now
    session.flush()


def attention_of(session: Session, person: Person) -> Attention:
    """When this person may be told."""
    settings, share = workspace_settings(session), find_share(session, person.id)
    return Attention(
        ZoneInfo(person.zone),
        _time(person.quiet_from),
        _time(person.quiet_until),
        partial(is_away, share),
        partial(works_on, settings, person),
        starts_at(person),
    )


def snoozes_of(session: Session, person: Person, now: datetime) -> dict[Snooze, datetime]:
    """The moments until which this person may put a reminder off at one press."""
    works = partial(works_on, workspace_settings(session), person)
    return snoozes(now.astimezone(ZoneInfo(person.zone)), works, starts_at(person))


def stand_in_for(session: Session, person: Person, day: date) -> Person | None:
    """Who is told in place of somebody who is away on their day; None where nobody is, or they are there."""
    share = find_share(session, person.id)
    if share is None or share.stand_in_id is None or not is_away(share, day):
        return None
    other = access_person(session, share.stand_in_id)
    is_there = other.slack_user_id and not is_away(find_share(session, other.id), day)
    return other if is_there else None


def _time(typed: str | None) -> time | None:
    return time.fromisoformat(typed) if typed else None
