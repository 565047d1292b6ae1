"""People: found by Slack id, made when they first appear."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.store.changes import rows_naming
from bot.store.models import Customer, Opportunity, Person, Task, Team
from bot.store.searching import found


class UnknownPerson(Refusal):
    """No such person in this workspace."""

    message = "That person is no longer here. Choose somebody else."


def access_person(session: Session, person_id: int) -> Person:
    """The person with manager and team loaded, or UnknownPerson."""
    found = session.get(Person, person_id, options=[joinedload(Person.manager), joinedload(Person.team)])
    if found is None or found.deleted_at is not None:
        raise UnknownPerson
    return found


def find_person(session: Session, person_id: int) -> Person | None:
    """The person; None for one who has left."""
    return session.scalars(select(Person).where(Person.id == person_id)).one_or_none()


def find_slack_person(session: Session, slack_user_id: str) -> Person | None:
    """Who has this Slack id."""
    return session.scalars(select(Person).where(Person.slack_user_id == slack_user_id)).one_or_none()


def find_day_hour(session: Session, person_id: int) -> int | None:
    """At which hour somebody's day is sent to them; None where it is not."""
    return session.scalar(select(Person.day_hour).where(Person.id == person_id))


def slack_ids_of(session: Session, ids: Collection[int]) -> dict[int, str | None]:
    """The Slack id of each of these people."""
    rows = session.execute(select(Person.id, Person.slack_user_id).where(Person.id.in_(ids)))
    return {row.id: row.slack_user_id for row in rows}


def list_people(session: Session, *, limit: int = 500) -> list[Person]:
    """Everybody by name."""
    wanted = select(Person).options(joinedload(Person.manager), joinedload(Person.team))
    fresh = wanted.order_by(Person.name, Person.id).execution_options(populate_existing=True)
    return list(session.scalars(fresh.limit(limit)))


def find_people_named(session: Session, text: str, *, limit: int = 20) -> list[Person]:
    """Who has the text in their name, alphabetically."""
    wanted = select(Person).where(func.lower(Person.name).contains(text.lower(), autoescape=True))
    return list(session.scalars(wanted.order_by(Person.name).limit(limit)))


def search_people(session: Session, text: str, *, limit: int = 20) -> list[Person]:
    """People whom the text fits, by name, pinyin or mail; the best first, without a text by name."""
    if not text.strip():
        return list(session.scalars(select(Person).order_by(Person.name, Person.id).limit(limit)))
    return found(session, Person, text, select(Person), limit)


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


@dataclass(frozen=True)
class Belongings:
    """How many records name a person; `others` counts those of no kind of their own here."""

    opportunities: int
    customers: int
    tasks: int
    others: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.opportunities + self.customers + self.tasks + self.others


def belongings(session: Session, person_id: int) -> Belongings:
    """What goes along when this person becomes another one."""
    rows = {id(row): row for row, _field in rows_naming(session, Person.__tablename__, person_id)}
    kinds = Counter(type(row) for row in rows.values() if row.deleted_at is None)
    named = (kinds.pop(Opportunity, 0), kinds.pop(Customer, 0), kinds.pop(Task, 0))
    return Belongings(*named, others=kinds.total())


class UnknownTeam(Refusal):
    """No such team in this workspace."""

    message = "That team is no longer here. Choose another one, or type a new name."


def access_team(session: Session, team_id: int) -> Team:
    """The team, or UnknownTeam."""
    found = session.scalars(select(Team).where(Team.id == team_id)).one_or_none()
    if found is None:
        raise UnknownTeam
    return found


def search_teams(session: Session, text: str, *, limit: int = 20) -> Sequence[Team]:
    """Teams with the text in their name, alphabetically."""
    wanted = select(Team).where(func.lower(Team.name).contains(text.strip().lower(), autoescape=True))
    return session.scalars(wanted.order_by(Team.name).limit(limit)).all()


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


def list_named(session: Session, person_ids: Collection[int]) -> Sequence[Person]:
    """These people, by name."""
    wanted = select(Person).where(Person.id.in_(person_ids)).order_by(Person.name, Person.id)
    return session.scalars(wanted).all()


def list_in_slack(session: Session) -> Sequence[Person]:
    """Everybody who is in Slack, by id."""
    return session.scalars(select(Person).where(Person.slack_user_id.is_not(None)).order_by(Person.id)).all()
