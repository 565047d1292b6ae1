"""Private notes on opportunities: their author, those above the author and admins see them."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.rights import may_change
from bot.store import Session
from bot.store.models import PrivateNote
from bot.store.opportunities import access_opportunity
from bot.store.private_notes import UnknownPrivateNote, find_private_note, list_private_notes


class PrivateNoteMissing(Refusal):
    """A note without words."""

    message = "What do you want to remember? For example: would accept 8% off"


def write_private_note(
    session: Session, actor: Actor, opportunity_id: int, text: str | None, *, now: datetime
) -> PrivateNote:
    """Write one down. Raises PrivateNoteMissing."""
    opportunity = access_opportunity(session, opportunity_id)
    words = (text or "").strip()
    if not words or actor.person_id is None:
        raise PrivateNoteMissing(field="text")
    note = PrivateNote(opportunity_id=opportunity.id, author_id=actor.person_id, at=now, text=words[:2000])
    session.add(note)
    session.flush()
    return note


def private_notes_for(session: Session, actor: Actor, opportunity_id: int) -> Sequence[PrivateNote]:
    """Those that the actor may see, the latest first."""
    return [
        note
        for note in list_private_notes(session, opportunity_id)
        if may_change(session, actor, note.author_id)
    ]


def delete_private_note(session: Session, actor: Actor, note_id: int, *, now: datetime) -> PrivateNote:
    """Take one's own note away. Raises UnknownPrivateNote, for notes of others too."""
    note = find_private_note(session, note_id)
    if note is None or note.author_id != actor.person_id:
        raise UnknownPrivateNote
    note.deleted_at = now
    session.flush()
    return note
