"""A person's day as it is in the morning; nothing for whoever has nothing before them."""

from bot.domain.actors import Actor
from bot.domain.notices import person_of
from bot.domain.roles import Role
from bot.jobs.words import Reader
from bot.reports.day import day
from bot.store import Session
from bot.store.models import Notice
from bot.store.people import access_person
from bot.store.pools import find_share, is_away
from bot.views.blocks import Message
from bot.views.home import morning


def my_day(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The day with its buttons, which count it down in place; none at an hour that is no longer wanted."""
    person = access_person(session, person_of(notice.recipient) or 0)
    if person.day_hour is None or person.day_hour != notice.payload["hour"]:
        return None
    if is_away(find_share(session, person.id), reader.now.astimezone(reader.zone).date()):
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
    return morning(seen, reader.locale, hour=person.day_hour)
