"""What people answer to a task: yes, no, help; who else is to do it; what came of it and what follows."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.task_news import NoteKind, TaskNews
from bot.services.notices import post_notice
from bot.services.task_news import note_on, tell_news
from bot.services.tasks import Due, changeable, complete_task, make_task, still_open, told
from bot.store import Session
from bot.store.models import Task, TaskNote
from bot.store.people import access_person, list_admins
from bot.store.tasks import access_task


class NotYourTask(Refusal):
    """An answer to a task that somebody else has."""

    message = "This task is {name}'s. Only they can accept or decline it."


class YourOwnTask(Refusal):
    """Nobody else gave the task, so there is nobody to decline it to."""

    message = "You gave yourself this task. Drop it, or hand it over: `/crm task give {text} to @someone`"


class ReasonMissing(Refusal):
    """A refusal that says nothing."""

    message = "Why not? A few words help whoever gave you the task, such as: on holiday until Monday"


class QuestionMissing(Refusal):
    """A call for help that says nothing."""

    message = "What do you need? For example: they ask for 15% off, may I?"


class AnswerMissing(Refusal):
    """An answer or a comment that says nothing."""

    message = "What do you want to say? A few words are enough."


class NobodyToAsk(Refusal):
    """Neither a manager nor anybody else who could help."""

    message = "I know nobody above you to ask. An admin can set your manager: `/crm team`"


class TheirsAlready(Refusal):
    """A task handed to who has it."""

    message = "{name} has this task already. Choose somebody else."


def accept_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> Task:
    """Say that one will do it, and tell who gave it. Raises NotYourTask, TaskClosed."""
    task = _ones_own(session, actor, task_id)
    task.response = "accepted"
    tell_news(session, task, TaskNews.ACCEPTED, now=now)
    return told(session, task, now)


def decline_task(session: Session, actor: Actor, task_id: int, *, reason: str | None, now: datetime) -> Task:
    """Say why one will not do it: it goes back to who gave it; a part of a task of many is dropped.

    Raises ReasonMissing, NotYourTask, YourOwnTask, TaskClosed.
    """
    task = _ones_own(session, actor, task_id)
    giver_id = task.creator_id
    if giver_id is None or giver_id == task.assignee_id:
        raise YourOwnTask(text=task.text)
    if not (reason or "").strip():
        raise ReasonMissing(field="words")
    note = note_on(session, task, NoteKind.DECLINED, str(reason))
    task.response = "declined"
    if task.team_task_id is None:
        task.assignee_id = giver_id
    else:
        task.state = "cancelled"
    tell_news(session, task, TaskNews.DECLINED, now=now, note=note)
    return told(session, task, now)


def hand_over_task(
    session: Session, actor: Actor, task_id: int, to_id: int, *, now: datetime, words: str | None = None
) -> Task:
    """Give an open task to somebody else, who is told, as are who had it and who gave it.

    Raises NotAllowed, TaskClosed, TheirsAlready.
    """
    task = still_open(changeable(session, actor, task_id))
    to = access_person(session, to_id)
    if task.assignee_id == to.id:
        raise TheirsAlready(field="person", name=to.name)
    note = note_on(session, task, NoteKind.HANDED_OVER, str(words)) if (words or "").strip() else None
    before, task.assignee_id, task.response = task.assignee_id, to.id, None
    told_already = {to.id}
    others = {before, task.creator_id} - told_already
    tell_news(session, task, TaskNews.HANDED_OVER, now=now, note=note, to=others)
    return told(session, task, now, assigned=True, note_id=note.id if note else None)


def ask_for_help(
    session: Session, actor: Actor, task_id: int, *, question: str | None, now: datetime
) -> Task:
    """Ask the manager of whose task it is, else who gave it, else an admin.

    Raises NotAllowed, TaskClosed, QuestionMissing, NobodyToAsk.
    """
    task = still_open(changeable(session, actor, task_id))
    if not (question or "").strip():
        raise QuestionMissing(field="words")
    helper_id = _helper(session, actor, task)
    note = note_on(session, task, NoteKind.HELP, str(question))
    post_notice(
        session,
        kind=NoticeKind.TASK_HELP,
        recipient=direct_to(helper_id),
        due_at=now,
        dedupe_key=f"task:{task.id}:help:{note.id}",
        subject="tasks",
        subject_id=task.id,
        payload={"note": note.id},
    )
    return access_task(session, task.id)


def who_helps(session: Session, actor: Actor, task: Task) -> str:
    """The name of who is asked. Raises NobodyToAsk."""
    return access_person(session, _helper(session, actor, task)).name


def _helper(session: Session, actor: Actor, task: Task) -> int:
    asker = access_person(session, task.assignee_id or actor.person_id or 0)
    able = [asker.manager_id, task.creator_id, *(admin.id for admin in list_admins(session))]
    for each in able:
        if each is not None and each not in (asker.id, actor.person_id):
            return each
    raise NobodyToAsk


def say_on_task(
    session: Session,
    actor: Actor,
    task_id: int,
    *,
    words: str | None,
    now: datetime,
    kind: NoteKind = NoteKind.COMMENT,
) -> TaskNote:
    """Keep a comment, or the answer to a call for help, and tell whose task it is and who gave it.

    Anybody may. Raises AnswerMissing.
    """
    task = access_task(session, task_id)
    if not (words or "").strip():
        raise AnswerMissing(field="words")
    note = note_on(session, task, kind, str(words))
    what = TaskNews.ANSWER if kind == NoteKind.ANSWER else TaskNews.COMMENT
    tell_news(session, task, what, now=now, note=note, to={task.assignee_id, task.creator_id})
    return note


def finish_task(
    session: Session,
    actor: Actor,
    task_id: int,
    *,
    outcome: str | None,
    now: datetime,
    next_text: str | None = None,
    next_due: Due = None,
) -> tuple[Task, Task | None]:
    """Mark a task done with what came of it, and make the next step about the same, in one breath.

    Of a task that is done already it keeps the outcome. Raises NotAllowed, TaskClosed, DueInPast.
    """
    task = changeable(session, actor, task_id)
    if outcome and outcome.strip():
        task.outcome = outcome.strip()
    if task.state != "done":
        complete_task(session, actor, task_id, now=now)
    following = None
    if next_text and next_text.strip():
        following = make_task(
            session,
            actor,
            text=next_text,
            now=now,
            assignee_id=task.assignee_id,
            due=next_due,
            customer_id=task.customer_id,
            opportunity_id=task.opportunity_id,
        )
    session.flush()
    return access_task(session, task_id), following


def _ones_own(session: Session, actor: Actor, task_id: int) -> Task:
    task = still_open(access_task(session, task_id))
    if task.assignee_id != actor.person_id:
        raise NotYourTask(name=task.assignee.name if task.assignee else "—")
    return task
