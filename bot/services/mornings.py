"""Mornings: everybody's day is sent to them at the hour they want it, on working days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.services.working_days import is_holiday, is_working_day
from bot.store import Session
from bot.store.models import Person, Settings
from bot.store.people import access_person, list_in_slack
from bot.store.workspaces import workspace_settings

START = 9
"""The hour at which a working day begins where somebody has not chosen one."""


_LATE = timedelta(hours=8)
"""A morning is told so long after its hour where it was missed."""


class NotAnHour(Refusal):
    """Not an hour of the day."""

    message = "I read no hour in “{typed}”. For example: `/crm day 8:00`, or `/crm day off` for none"


def plan_days(session: Session, now: datetime, before: date | None) -> None:
    """Write down everybody's next morning within a day, each in their own zone, once a local date."""
    settings = workspace_settings(session)
    # Where no worker was there when the day began, the morning that nobody had written down yet comes late.
    missed = before is not None and now.astimezone(ZoneInfo(settings.zone)).hour >= 1
    for person in list_in_slack(session):
        plan_day(session, person, now=now, settings=settings, late=_LATE if missed else timedelta(0))


def plan_day(
    session: Session, person: Person, *, now: datetime, settings: Settings, late: timedelta = timedelta(0)
) -> None:
    """Write down a person's next morning, if it is a working day's within a day from now.

    The one of today counts though it is over by less than `late`.
    """
    if person.day_hour is None:
        return
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    for on in (today, today + timedelta(days=1)):
        due_at = datetime.combine(on, time(person.day_hour), zone)
        if now - late <= due_at < now + timedelta(days=1) and works_on(settings, person, on):
            post_notice(
                session,
                kind=NoticeKind.MY_DAY,
                recipient=direct_to(person.id),
                due_at=due_at,
                dedupe_key=f"day:{person.id}:{on.isoformat()}:{person.day_hour}",
                payload={"hour": person.day_hour},
            )


def works_on(settings: Settings, person: Person, day: date) -> bool:
    """Whether somebody works on the day: by their own weekdays, else as everybody here does.

    Public holidays are days off for everybody; a day that makes up for one is worked by whoever has no
    weekdays of their own.
    """
    if person.working_days is None:
        return is_working_day(settings, day)
    return str(day.isoweekday()) in person.working_days and not is_holiday(settings, day)


def starts_at(person: Person) -> time:
    """When somebody's working day begins."""
    return time(START if person.day_hour is None else person.day_hour)


def set_day_hour(session: Session, actor: Actor, hour: int | None, *, now: datetime) -> Person:
    """Choose when one's day comes, or that it does not; mornings of the former hour say nothing any more."""
    person = access_person(session, actor.person_id or 0)
    person.day_hour = hour
    session.flush()
    plan_day(session, person, now=now, settings=workspace_settings(session))
    return person
