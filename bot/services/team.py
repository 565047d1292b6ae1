"""The team: who has which role, manager and team, and who in Slack an imported person is."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Person
from bot.store.people import (
    access_person,
    find_slack_person,
    find_team_called,
    list_admins,
    make_team,
    manages,
    owns_anything,
)


class LastAdmin(Refusal):
    """A workspace without an admin could not be administered again."""

    message = "{name} is the only admin. Make somebody else admin first."


class ManagerCycle(Refusal):
    """Somebody above their own manager."""

    message = "{manager} already reports to {name}, so {name} cannot report to {manager}."


class AlreadyLinked(Refusal):
    """A Slack user who has work of their own under another name."""

    message = "This Slack user is already {name} here, with work of their own. Choose another one."


def edit_person(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    role: Role,
    manager_id: int | None,
    team: str | None,
    now: datetime,
) -> Person:
    """Give a person a role, a manager and a team (by name; a new name makes a team).

    Raises AdminsOnly, UnknownPerson, LastAdmin and ManagerCycle.
    """
    check_is_admin(session, actor)
    person = access_person(session, person_id)
    if person.role == Role.ADMIN and role != Role.ADMIN and len(list_admins(session)) == 1:
        raise LastAdmin(field="role", name=person.name)
    if manager_id is not None:
        manager = access_person(session, manager_id)
        if manager.id == person.id or manages(session, person.id, manager.id):
            raise ManagerCycle(field="manager", name=person.name, manager=manager.name)
    person.role, person.manager_id = role, manager_id
    person.team_id = None
    if team and team.strip():
        person.team_id = (find_team_called(session, team) or make_team(session, team)).id
    session.flush()
    return access_person(session, person_id)


def link_person(
    session: Session, actor: Actor, person_id: int, slack_user_id: str, *, now: datetime
) -> Person:
    """Say who in Slack an imported person is.

    The record that was made when that Slack user first spoke gives way, with its language and zone kept, as
    long as nothing belongs to it. Raises AdminsOnly and AlreadyLinked.
    """
    check_is_admin(session, actor)
    person = access_person(session, person_id)
    other = find_slack_person(session, slack_user_id)
    if other is not None and other.id == person.id:
        return person
    if other is not None:
        if owns_anything(session, other.id) or (other.role == Role.ADMIN and len(list_admins(session)) == 1):
            raise AlreadyLinked(field="slack_user", name=other.name)
        other.deleted_at, other.slack_user_id = now, None
        person.locale, person.zone = other.locale, other.zone
        person.email = person.email or other.email
        session.flush()
    person.slack_user_id = slack_user_id
    session.flush()
    return access_person(session, person_id)
