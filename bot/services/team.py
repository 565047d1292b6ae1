"""The team: who has which role, manager and team."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Person, Team
from bot.store.people import access_person, access_team, find_team_called, list_admins, make_team, manages


class LastAdmin(Refusal):
    """A workspace without an admin could not be administered again."""

    message = "{name} is the only admin. Make somebody else admin first."


class ManagerCycle(Refusal):
    """Somebody above their own manager."""

    message = "{manager} already reports to {name}, so {name} cannot report to {manager}."


class OwnManager(Refusal):
    """Somebody as their own manager."""

    message = "{name} cannot report to themselves. Choose somebody else, or leave it empty."


def edit_person(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    role: Role,
    manager_id: int | None,
    team_id: int | None,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Person:
    """Give a person a role, a manager and a team.

    Raises AdminsOnly, UnknownPerson, LastAdmin, OwnManager, ManagerCycle and EditConflict.
    """
    check_is_admin(session, actor)
    person = access_person(session, person_id)
    if person.role == Role.ADMIN and role != Role.ADMIN and len(list_admins(session)) == 1:
        raise LastAdmin(field="role", name=person.name)
    if manager_id is not None:
        manager = access_person(session, manager_id)
        if manager.id == person.id:
            raise OwnManager(field="manager", name=person.name)
        if manages(session, person.id, manager.id):
            raise ManagerCycle(field="manager", name=person.name, manager=manager.name)
    values = {"role": role, "manager_id": manager_id, "team_id": team_id}
    edit(session, person, values, version=version, seen=seen)
    return access_person(session, person_id)


def team_for(session: Session, actor: Actor, choice: str) -> Team:
    """The team of a form's choice: its id, or `new:NAME`, which finds the one of that name or makes it.

    Raises AdminsOnly and UnknownTeam.
    """
    check_is_admin(session, actor)
    if not choice.startswith("new:"):
        return access_team(session, int(choice))
    name = choice.removeprefix("new:")
    return find_team_called(session, name) or make_team(session, name)
