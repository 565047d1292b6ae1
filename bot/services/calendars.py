"""A person's calendar for other programs: its private address, and the file. The one place for icalendar."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.domain.actors import Actor
from bot.domain.entries import CalendarEntry
from bot.store import Session
from bot.store.calendars import drop_feed, keep_feed

_TOKEN_BYTES = 24
"""192 bits: nobody guesses an address."""

_REFRESH = timedelta(hours=1)


def renew_feed(session: Session, actor: Actor, *, now: datetime) -> str:
    """The token of a new private address, told this once: only its hash is kept. The one before ends."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    keep_feed(session, actor.person_id or 0, hash_of(token), now)
    return token


def revoke_feed(session: Session, actor: Actor) -> bool:
    """End the actor's address; False where there was none."""
    return drop_feed(session, actor.person_id or 0)


def hash_of(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def write_calendar(entries: Iterable[CalendarEntry], *, name: str) -> bytes:
    """The entries as a calendar (RFC 5545) that gives the same bytes while nothing changes.

    Tasks are events, since Google's calendar, Outlook and most phones show no VTODO of a subscription.
    Moments are in UTC, so that no program has to know a zone.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Dealdesk//Calendar//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at)
    event.add("CREATED", entry.made_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SEQUENCE", entry.sequence)
    event.add("SUMMARY", entry.summary)
    if entry.about:
        event.add("DESCRIPTION", entry.about)
    event.add("DTSTART", entry.starts)
    is_moment = isinstance(entry.starts, datetime)
    event.add("DTEND", entry.starts + (entry.lasts if is_moment else timedelta(days=1)))
    event.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    if entry.priority is not None:
        event.add("PRIORITY", entry.priority)
    if entry.rings is not None:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", entry.summary)
        alarm.add("TRIGGER", entry.rings)
        event.add_component(alarm)
    return event
