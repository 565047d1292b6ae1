"""How the demo's team works together: colleagues on large opportunities, and what the manager follows."""

import random
from collections.abc import Sequence

from bot.domain.roles import Role
from bot.store import Session
from bot.store.models import Collaborator, Follow, Opportunity, Person
from bot.store.opportunities import list_open_opportunities
from bot.store.transfers import everything_of

SEED = 5
LARGEST = 6
_ROLES = ("presales", "technical", "delivery", "service")


def seed_collaboration(session: Session, sellers: Sequence[Person]) -> None:
    """The largest open opportunities have a second colleague; managers follow them, and their customers."""
    chance = random.Random(SEED)
    managers = [each for each in everything_of(session, Person) if each.role == Role.MANAGER]
    is_open = sorted(list_open_opportunities(session, limit=500), key=_size)
    for opportunity in is_open[:LARGEST]:
        colleague = chance.choice([each for each in sellers if each.id != opportunity.owner_id])
        role = chance.choice(_ROLES)
        session.add(Collaborator(opportunity_id=opportunity.id, person_id=colleague.id, role=role))
        session.add(Collaborator(customer_id=opportunity.customer_id, person_id=colleague.id, role=role))
        for person in (colleague, *managers):
            session.add(Follow(opportunity_id=opportunity.id, person_id=person.id))


def _size(opportunity: Opportunity) -> tuple[int, int]:
    return -(opportunity.amount_minor or 0), opportunity.id
