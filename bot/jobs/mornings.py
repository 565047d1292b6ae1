"""A person's day as it is in the morning; nothing for whoever has nothing before them."""

from datetime import timedelta

from bot.domain.actors import Actor
from bot.domain.notices import NoticeKind, person_of
from bot.domain.roles import Role
from bot.jobs.words import Later, Reader, Said
from bot.reports.day import day
from bot.services.mornings import works_on
from bot.store import Session
from bot.store.models import Notice
from bot.store.notices import waiting_at
from bot.store.people import access_person
from bot.store.pools import find_share, is_away
from bot.store.workspaces import workspace_settings
from bot.views.home import morning


def my_day(session: Session, reader: Reader, notice: Notice) -> Said | None:
    """The day with its buttons, which count it down in place; none of another hour than is wanted now, nor of
    a day that is over.

    It says what the reminders of the same minute would: of the tasks that it shows none comes by itself.
    """
    person = access_person(session, person_of(notice.recipient) or 0)
    if person.day_hour is None or person.day_hour != notice.payload["hour"]:
        return None
    today = reader.now.astimezone(reader.zone).date()
    if notice.due_at.astimezone(reader.zone).date() != today:
        return None
    # Holidays may have been set since the day was planned.
    if is_away(find_share(session, person.id), today) or not works_on(
        workspace_settings(session), person, today
    ):
        return None
    actor = Actor(
        notice.workspace_id,
        person.id,
        person.slack_user_id,
        person.name,
        Role(person.role),
        person.locale,
        person.zone,
    )
    seen = day(session, actor, now=reader.now)
    if not seen.task_count and not seen.opportunity_count:
        return None
    shown = {task.id for task in (*seen.overdue, *seen.due)}
    reminders = waiting_at(session, NoticeKind.TASK_REMINDER, notice.recipient, notice.due_at)
    said = tuple(each.id for each in reminders if each.subject_id in shown and "for" not in each.payload)
    return Said(morning(seen, reader.locale, hour=person.day_hour), (notice.id, *said))


def comes_with_the_day(session: Session, notice: Notice) -> Later | None:
    """Right after the day, where that comes at the moment of this reminder and will say it."""
    days = waiting_at(session, NoticeKind.MY_DAY, notice.recipient, notice.due_at)
    if notice.kind != NoticeKind.TASK_REMINDER or not any(each.due_at == notice.due_at for each in days):
        return None
    return Later(notice.due_at + timedelta(microseconds=1), untold=True)
