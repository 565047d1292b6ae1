"""People: found by Slack id, made when they first appear."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.store.models import Activity, Customer, Lead, Opportunity, Person, Quota, Quote, Task, Team


class UnknownPerson(Refusal):
    """No such person in this workspace."""

    message = "That person is no longer here. Choose somebody else."


def access_person(session: Session, person_id: int) -> Person:
    """The person with manager and team loaded, or UnknownPerson."""
    found = session.get(Person, person_id, options=[joinedload(Person.manager), joinedload(Person.team)])
    if found is None or found.deleted_at is not None:
        raise UnknownPerson
    return found


def find_slack_person(session: Session, slack_user_id: str) -> Person | None:
    """Who has this Slack id."""
    return session.scalars(select(Person).where(Person.slack_user_id == slack_user_id)).one_or_none()


def list_people(session: Session, *, limit: int = 500) -> list[Person]:
    """Everybody by name."""
    wanted = select(Person).options(joinedload(Person.manager), joinedload(Person.team))
    fresh = wanted.order_by(Person.name, Person.id).execution_options(populate_existing=True)
    return list(session.scalars(fresh.limit(limit)))


def find_people_named(session: Session, text: str, *, limit: int = 20) -> list[Person]:
    """Who has the text in their name, alphabetically."""
    wanted = select(Person).where(func.lower(Person.name).contains(text.lower(), autoescape=True))
    return list(session.scalars(wanted.order_by(Person.name).limit(limit)))


def has_admin(session: Session) -> bool:
    """True when the workspace has an admin."""
    return session.scalars(select(Person.id).where(Person.role == Role.ADMIN).limit(1)).first() is not None


def list_admins(session: Session) -> Sequence[Person]:
    """Who administers."""
    return session.scalars(select(Person).where(Person.role == Role.ADMIN).order_by(Person.name)).all()


def manages(session: Session, manager_id: int, person_id: int) -> bool:
    """True when one is above the other in the line of managers."""
    seen: set[int] = set()
    current: int | None = person_id
    while current is not None and current not in seen:
        seen.add(current)
        current = session.scalars(select(Person.manager_id).where(Person.id == current)).one_or_none()
        if current == manager_id:
            return True
    return False


def find_team_called(session: Session, name: str) -> Team | None:
    """The team of this name."""
    wanted = select(Team).where(func.lower(Team.name) == name.strip().lower())
    return session.scalars(wanted.order_by(Team.id).limit(1)).one_or_none()


def make_team(session: Session, name: str) -> Team:
    """A new team."""
    team = Team(name=name.strip())
    session.add(team)
    session.flush()
    return team


def owns_anything(session: Session, person_id: int) -> bool:
    """True when a record belongs to the person, or somebody reports to them."""
    owned = (
        select(Customer.id).where(Customer.owner_id == person_id),
        select(Opportunity.id).where(Opportunity.owner_id == person_id),
        select(Lead.id).where(Lead.owner_id == person_id),
        select(Quote.id).where(Quote.owner_id == person_id),
        select(Activity.id).where(Activity.person_id == person_id),
        select(Task.id).where((Task.assignee_id == person_id) | (Task.creator_id == person_id)),
        select(Quota.id).where(Quota.person_id == person_id),
        select(Person.id).where(Person.manager_id == person_id),
    )
    return any(session.scalars(wanted.limit(1)).first() is not None for wanted in owned)
