"""A person's calendar, from what is true now: as a file for them, and for whoever reads its address."""

from datetime import datetime, timedelta

from bot.domain.files import SharedFile
from bot.domain.notices import person_of
from bot.i18n import translate
from bot.jobs.words import Drawn, Reader
from bot.services.calendars import hash_of, write_calendar
from bot.store import Session, Store
from bot.store.calendars import changed_at, list_dated_tasks, list_meetings, owner_of_feed
from bot.store.models import Notice, Person
from bot.store.people import access_person
from bot.views.calendars import entries

FILENAME = "dealdesk.ics"
_LOOKS_BACK = timedelta(days=180)


def calendar_file(session: Session, reader: Reader, notice: Notice) -> Drawn:
    """The recipient's own calendar."""
    person = access_person(session, person_of(notice.recipient) or 0)
    content = calendar_of(session, person, reader.now)
    said = translate(reader.locale, "Your tasks, visits and meetings")
    return Drawn(lambda: SharedFile(content, said), FILENAME)


def calendar_at(store: Store, token: str, now: datetime) -> bytes | None:
    """The calendar of the token's owner; None for a token that is unknown or has ended."""
    with store.everywhere(writes=False) as session:
        person = owner_of_feed(session, hash_of(token))
    if person is None:
        return None
    with store.reading(person.workspace_id) as session:
        return calendar_of(session, person, now)


def calendar_of(session: Session, person: Person, now: datetime) -> bytes:
    """The tasks that the person has and the meetings that they held, in their language."""
    since = now - _LOOKS_BACK
    tasks = list_dated_tasks(session, person.id, since=since.date())
    meetings = list_meetings(session, person.id, since=since)
    found = entries(
        tasks,
        meetings,
        person.locale,
        tasks_changed=changed_at(session, "tasks", (each.id for each in tasks)),
        meetings_changed=changed_at(session, "activities", (each.id for each in meetings)),
    )
    return write_calendar(found, name=translate(person.locale, "Sales tasks and meetings"))
