"""What is said unasked about tasks besides their reminders: progress, questions, answers."""

from bot.domain.notices import person_of
from bot.domain.task_news import TaskNews
from bot.jobs.words import Reader
from bot.store import Session
from bot.store.models import Notice
from bot.store.people import access_person
from bot.store.task_notes import access_task_note, list_task_notes
from bot.store.tasks import access_task, list_tasks_by_id
from bot.store.team_tasks import access_team_task
from bot.store.workspaces import workspace_settings
from bot.views import task_news, task_rules
from bot.views import team_tasks as views
from bot.views.blocks import Message


def progress(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The card of a task of many."""
    shared = access_team_task(session, notice.subject_id or 0)
    is_giver = person_of(notice.recipient) in (None, shared.task.creator_id)
    return views.card(shared, reader.locale, zone=reader.zone, is_giver=is_giver, is_posted=True)


def all_done(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Everybody is through; nothing where somebody opened their part again."""
    shared = access_team_task(session, notice.subject_id or 0)
    return views.all_done(shared, reader.locale) if shared.progress.is_over else None


def news(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """What became of a task; nothing where it was taken back."""
    task, what = access_task(session, notice.subject_id or 0), TaskNews(notice.payload["what"])
    note = None
    if notice.payload.get("note"):
        note = access_task_note(session, int(notice.payload["note"]))
    is_past = {
        TaskNews.DONE: task.state != "done",
        TaskNews.ACCEPTED: task.response != "accepted",
        TaskNews.DECLINED: task.response != "declined",
        TaskNews.READY: task.state != "open" or bool(task.after and task.after.state == "open"),
    }
    by_id = notice.payload.get("by")
    if is_past.get(what) or by_id is None:
        return None
    by = access_person(session, int(by_id)).name
    return task_news.news(task, what, by, note, reader.locale, reader.zone)


def help_wanted(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Somebody needs help with a task; nothing where it is closed, or they took it back."""
    task = access_task(session, notice.subject_id or 0)
    if task.state != "open":
        return None
    note = access_task_note(session, int(notice.payload["note"]))
    return task_news.help_wanted(task, note, list_task_notes(session, task.id), reader.locale, reader.zone)


def overdue(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Those of the tasks that are still overdue; nothing where all were done or put off."""
    today = reader.now.astimezone(reader.zone).date()
    tasks = [
        task
        for task in list_tasks_by_id(session, notice.payload["tasks"])
        if task.state == "open" and task.due_on is not None and task.due_on < today
    ]
    days = workspace_settings(session).escalate_after_days
    return task_rules.overdue(tasks, days, reader.locale, reader.zone) if tasks else None


def asked_after(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Somebody asks how far a task is; nothing where it is closed or another's by now."""
    task = access_task(session, notice.subject_id or 0)
    if task.state != "open" or task.assignee_id != person_of(notice.recipient):
        return None
    by = access_person(session, int(notice.payload["by"])).name if notice.payload.get("by") else None
    return views.asked_after(task, by, reader.locale, zone=reader.zone)
