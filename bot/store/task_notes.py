"""What was said about tasks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import TaskNote


class UnknownTaskNote(Refusal):
    """No such note: undone with what it belonged to."""

    message = "What was said here is gone; it was undone."


def list_task_notes(session: Session, task_id: int, *, limit: int = 8) -> Sequence[TaskNote]:
    """The latest that was said about a task, the oldest of it first."""
    wanted = select(TaskNote).where(TaskNote.task_id == task_id).options(joinedload(TaskNote.person))
    return session.scalars(wanted.order_by(TaskNote.id.desc()).limit(limit)).all()[::-1]


def access_task_note(session: Session, note_id: int) -> TaskNote:
    """The note with who said it, or UnknownTaskNote."""
    wanted = select(TaskNote).where(TaskNote.id == note_id).options(joinedload(TaskNote.person))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownTaskNote
    return found
