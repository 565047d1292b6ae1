"""Who has what to do: for a manager those below them, for an admin everybody, for a rep their team."""

from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.periods import week_of
from bot.store import Session
from bot.store.people import list_people
from bot.store.team_days import Load, load_by_person, people_below


def team_load(session: Session, actor: Actor, *, now: datetime, today: date) -> list[Load]:
    """Everybody's open and overdue tasks, those of whoever has nothing too."""
    people = list_people(session)
    here = {person.id for person in people}
    below = people_below(session, actor.person_id) if actor.person_id is not None else set()
    if not actor.is_admin and not below:
        own = next((person.team_id for person in people if person.id == actor.person_id), None)
        below = {person.id for person in people if own is not None and person.team_id == own}
    ids = here if actor.is_admin else below | {actor.person_id or 0}
    return load_by_person(session, now=now, today=today, until=week_of(today).end, person_ids=ids)
