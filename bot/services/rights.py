"""Rights: everyone sees; owners, their managers and admins change."""

from bot.domain.actors import Actor, AdminsOnly, NotAllowed
from bot.store import Session
from bot.store.people import access_person, list_admins, manages


def may_change(session: Session, actor: Actor, owner_id: int | None) -> bool:
    """True for the owner, for those above the owner, for admins; and for anybody where nobody owns."""
    if actor.is_admin or owner_id is None or owner_id == actor.person_id:
        return True
    return actor.person_id is not None and manages(session, actor.person_id, owner_id)


def may_see(actor: Actor, record: object) -> bool:
    """True where the actor may see the record: everybody sees everything.

    Whatever looks for records that the actor did not name asks here, and masks those that they may not see.
    """
    return True


def check_may_change(session: Session, actor: Actor, owner_id: int | None) -> None:
    """Raise NotAllowed, which names the owner, unless the actor may change what the owner has."""
    if owner_id is not None and not may_change(session, actor, owner_id):
        raise NotAllowed(owner=access_person(session, owner_id).name)


def check_is_admin(session: Session, actor: Actor) -> None:
    """Raise AdminsOnly, which names the admins, unless the actor is one."""
    if not actor.is_admin:
        raise AdminsOnly(admins=", ".join(person.name for person in list_admins(session)) or "—")
