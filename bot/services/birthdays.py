"""Birthdays: who wants to hear of one is told a week before and on the day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.cards import next_birthday
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.birthdays import find_reminder, list_born, list_reminders
from bot.store.contacts import access_contact
from bot.store.models import BirthdayReminder, Contact
from bot.store.workspaces import workspace_settings

BEFORE = (7, 0)
"""How many days before the birthday one is told."""


class NoBirthdayKnown(Refusal):
    """A reminder of a birthday that nobody has written down."""

    message = "No birthday is known for {name} yet. Add it: `/crm contact {customer} {name} birthday: 5 May`"


def remind_of_birthday(session: Session, actor: Actor, contact_id: int) -> Contact:
    """Tell the actor of the contact's birthdays from now on. Raises NoBirthdayKnown."""
    contact = access_contact(session, contact_id)
    if contact.birthday_on is None:
        raise NoBirthdayKnown(name=contact.name, customer=contact.customer.name)
    if actor.person_id is not None and find_reminder(session, contact_id, actor.person_id) is None:
        session.add(BirthdayReminder(contact_id=contact_id, person_id=actor.person_id))
        session.flush()
    return contact


def forget_birthday(session: Session, actor: Actor, contact_id: int, *, now: datetime) -> Contact:
    """Tell the actor no more."""
    contact = access_contact(session, contact_id)
    reminder = find_reminder(session, contact_id, actor.person_id)
    if reminder is not None:
        reminder.deleted_at = now
        session.flush()
    return contact


def coming_birthdays(
    session: Session, *, owner_id: int | None, today: date, days: int = 60
) -> list[tuple[date, Contact]]:
    """The birthdays of the next days, the first one first."""
    coming = [
        (next_birthday(each.birthday_on, today), each)
        for each in list_born(session, owner_id=owner_id)
        if each.birthday_on
    ]
    return sorted(
        (pair for pair in coming if (pair[0] - today).days <= days), key=lambda pair: (pair[0], pair[1].id)
    )


def announce_birthdays(session: Session, now: datetime, before: date | None) -> int:
    """Write the notices of the birthdays that one is to hear of today, or since the run before; how many."""
    today = now.astimezone(ZoneInfo(workspace_settings(session).zone)).date()
    since = max(before or today - timedelta(days=1), today - timedelta(days=3))
    told = 0
    for reminder in list_reminders(session):
        born, contact = reminder.contact.birthday_on, reminder.contact
        if born is None or not reminder.person.slack_user_id:
            continue
        day = next_birthday(born, since + timedelta(days=1))
        for ahead in BEFORE:
            if since < day - timedelta(days=ahead) <= today:
                post_notice(
                    session,
                    kind=NoticeKind.BIRTHDAY,
                    recipient=direct_to(reminder.person_id),
                    due_at=now,
                    dedupe_key=f"birthday:{contact.id}:{reminder.person_id}:{day.isoformat()}:{ahead}",
                    subject="contacts",
                    subject_id=contact.id,
                    payload={"day": day.isoformat()},
                )
                told += 1
                break
    return told
