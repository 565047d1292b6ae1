"""Private notes: listed unfiltered; bot.services.private_notes says who may see which."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import PrivateNote


class UnknownPrivateNote(Refusal):
    """No such note: deleted, undone, never there, or not for this reader."""

    message = "This note is no longer here."


def find_private_note(session: Session, note_id: int) -> PrivateNote | None:
    """The note with its author."""
    wanted = select(PrivateNote).where(PrivateNote.id == note_id)
    return session.scalars(wanted.options(joinedload(PrivateNote.author))).one_or_none()


def list_private_notes(session: Session, opportunity_id: int) -> Sequence[PrivateNote]:
    """Every note about an opportunity, the latest first."""
    wanted = select(PrivateNote).where(PrivateNote.opportunity_id == opportunity_id)
    latest = wanted.order_by(PrivateNote.at.desc(), PrivateNote.id.desc()).limit(50)
    return session.scalars(latest.options(joinedload(PrivateNote.author))).all()
