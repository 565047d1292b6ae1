"""Whether somebody may be told of a notice now, later, not at all, or somebody else in their place."""

from bot.domain.notices import NoticeKind, direct_to, group_of, may_wait, person_of
from bot.jobs.words import Later, Reader
from bot.services.notices import AGAIN
from bot.services.notifications import attention_of, stand_in_for
from bot.store import Session
from bot.store.models import Notice
from bot.store.people import access_person


def is_unwanted(session: Session, notice: Notice) -> bool:
    """Whether its recipient does not want to hear of such things."""
    person_id = person_of(notice.recipient)
    group = group_of(NoticeKind(notice.kind))
    return person_id is not None and group is not None and group in access_person(session, person_id).muted


def to_be_put_off(session: Session, reader: Reader, notice: Notice) -> Later | None:
    """How long it waits for its recipient's quiet hours or absence; None where they may be told now.

    While they are away, their reminders go to whoever stands in, once; everything else waits.
    """
    person_id, kind = person_of(notice.recipient), NoticeKind(notice.kind)
    if person_id is None or not may_wait(kind):
        return None
    person = access_person(session, person_id)
    if kind in (NoticeKind.TASK_REMINDER, NoticeKind.REMINDER_AGAIN) and "for" not in notice.payload:
        other = stand_in_for(session, person, reader.now.astimezone(reader.zone).date())
        if other is not None:
            return Later(reader.now, direct_to(other.id))
    free = attention_of(session, person).free_from(reader.now)
    if free <= reader.now:
        return None
    return Later(free + AGAIN if kind == NoticeKind.REMINDER_AGAIN else free)


def said_for(session: Session, notice: Notice) -> str | None:
    """Whose reminder this is, where somebody else gets it."""
    person_id = person_of(notice.payload.get("for") or "")
    return access_person(session, person_id).name if person_id else None
