"""What is said unasked about tasks besides their reminders: progress, questions, answers."""

from bot.domain.notices import person_of
from bot.jobs.words import Reader
from bot.store import Session
from bot.store.models import Notice
from bot.store.people import access_person
from bot.store.tasks import access_task
from bot.store.team_tasks import UnknownTeamTask, access_team_task
from bot.views import team_tasks as views
from bot.views.blocks import Message


def progress(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The card of a task of many; nothing where it was undone."""
    try:
        shared = access_team_task(session, notice.subject_id or 0)
    except UnknownTeamTask:
        return None
    is_giver = person_of(notice.recipient) in (None, shared.task.creator_id)
    return views.card(shared, reader.locale, zone=reader.zone, is_giver=is_giver)


def all_done(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Everybody is through; nothing where somebody opened their part again."""
    try:
        shared = access_team_task(session, notice.subject_id or 0)
    except UnknownTeamTask:
        return None
    return views.all_done(shared, reader.locale) if shared.progress.is_over else None


def asked_after(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Somebody asks how far a task is; nothing where it is closed or another's by now."""
    task = access_task(session, notice.subject_id or 0)
    if task.state != "open" or task.assignee_id != person_of(notice.recipient):
        return None
    by = access_person(session, int(notice.payload["by"])).name if notice.payload.get("by") else None
    return views.asked_after(task, by, reader.locale, zone=reader.zone)
