"""Links: who in Slack an imported person is. Two records of one person become one."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.names import name_key
from bot.domain.notices import direct_to
from bot.domain.roles import Role
from bot.services.notices import remind_of_task
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.changes import rows_naming
from bot.store.measures import list_measures_about
from bot.store.models import Person, Quota, Task
from bot.store.notices import redirect_notices
from bot.store.people import access_person, find_slack_person, manages
from bot.store.plans import find_quota
from bot.store.schedules import list_schedules

_RANK = (Role.REP, Role.MANAGER, Role.ADMIN)


def suggested_links(people: Sequence[Person]) -> list[tuple[Person, Person]]:
    """Who of those not in Slack has the e-mail address, else the name, of exactly one person in Slack.

    Pairs of the imported person and the one in Slack.
    """
    in_slack = [person for person in people if person.slack_user_id]
    found = []
    for person in people:
        if person.slack_user_id:
            continue
        mails = [each for each in in_slack if person.email and _mail(each) == _mail(person)]
        names = [each for each in in_slack if name_key(each.name) == name_key(person.name)]
        alike = mails or [each for each in names if not (person.email and each.email)]
        if len(alike) == 1:
            found.append((person, alike[0]))
    return found


def _mail(person: Person) -> str:
    return (person.email or "").strip().casefold()


def link_person(
    session: Session, actor: Actor, person_id: int, slack_user_id: str, *, now: datetime
) -> Person:
    """Say who in Slack a person is.

    The record that this Slack user had until now gives way: language, zone and everything that belongs to it
    go over, the higher of the two roles stays. Raises AdminsOnly and UnknownPerson.
    """
    check_is_admin(session, actor)
    person = access_person(session, person_id)
    other = find_slack_person(session, slack_user_id)
    if other is not None and other.id == person.id:
        return person
    if other is not None:
        _take_over(session, person, other, now)
    person.slack_user_id = slack_user_id
    session.flush()
    return access_person(session, person_id)


def _take_over(session: Session, person: Person, other: Person, now: datetime) -> None:
    belonging = rows_naming(session, Person.__tablename__, other.id)
    for row, field in belonging:
        if isinstance(row, Quota) and _has_quota(session, person.id, row):
            row.deleted_at = row.deleted_at or now
        setattr(row, field, person.id)
    for schedule in list_schedules(session, slack_channel=direct_to(other.id)):
        schedule.slack_channel = direct_to(person.id)
    for measure in list_measures_about(session, other.id):
        measure.metric_scope = measure.metric_scope | {"person_id": person.id}
    manager_id = other.manager_id if person.manager_id in (None, person.id) else person.manager_id
    person.manager_id = None
    session.flush()
    if manager_id not in (None, person.id, other.id) and not manages(session, person.id, manager_id):
        person.manager_id = manager_id
    person.team_id = person.team_id or other.team_id
    person.role = max(Role(person.role), Role(other.role), key=_RANK.index)
    person.locale, person.zone, person.email = other.locale, other.zone, person.email or other.email
    # Freed first: no two people may have one Slack id, not even while a transaction is under way.
    other.slack_user_id, other.deleted_at = None, now
    session.flush()
    redirect_notices(session, direct_to(other.id), direct_to(person.id))
    for row, field in belonging:
        if isinstance(row, Task) and field == "assignee_id":
            remind_of_task(session, row, now)


def _has_quota(session: Session, person_id: int, like: Quota) -> bool:
    of_period = {"starts_on": like.starts_on, "ends_on": like.ends_on}
    return find_quota(session, person_id=person_id, team_id=None, **of_period) is not None
