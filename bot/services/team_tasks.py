"""Tasks of many: everybody gets a part of their own, and one card shows how far they are."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.task_news import NoteKind, TaskNews
from bot.domain.task_repeats import TaskRepeat
from bot.services.notices import post_notice
from bot.services.progress import refresh_progress, show_progress
from bot.services.rights import check_may_change
from bot.services.task_news import note_on, tell_news
from bot.services.task_repeats import NeverComes, due_of_rule
from bot.services.tasks import Due, cancel_task, make_task
from bot.store import Session
from bot.store.models import TeamTask
from bot.store.team_tasks import Shared, access_team_task, list_coming_again

MOST_PEOPLE = 200

_AHEAD = timedelta(days=1)
"""So long before its day a task of many that comes again is given."""


class NobodyMeant(Refusal):
    """A task for a group in which nobody is."""

    message = "Nobody is in “{typed}”. `/crm team` shows who is in which team."


class TooManyPeople(Refusal):
    """A task for more people than one card can follow."""

    message = "That is {count} people; a task goes to {most} at most. Give it to each team in turn."


def give_to_many(
    session: Session,
    actor: Actor,
    *,
    text: str,
    people: Collection[int],
    audience: str,
    now: datetime,
    due: Due = None,
    customer_id: int | None = None,
    opportunity_id: int | None = None,
    rule: TaskRepeat | None = None,
    **values: Any,
) -> Shared:
    """Give each of the people the same to do, and send who gives it a card that follows them.

    With a rule it comes again for the same people, in the giver's local time, each time with a card of its
    own; `values` are further columns of everybody's task.

    Raises NobodyMeant, TooManyPeople, NeverComes and what make_task raises.
    """
    if not people:
        raise NobodyMeant(field="assignee", typed=audience)
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople(field="assignee", count=len(people), most=MOST_PEOPLE)
    if rule is not None and due is None:
        due = due_of_rule(session, rule, actor.person_id, after=None, now=now, zone=actor.zone)
        if due is None:
            raise NeverComes(field="repeats")
    team_task = TeamTask(
        text=text.strip(),
        repeats=rule.as_json() if rule else None,
        creator_id=actor.person_id,
        audience=audience,
        due_at=due if isinstance(due, datetime) else None,
        due_on=due if isinstance(due, date) and not isinstance(due, datetime) else None,
    )
    session.add(team_task)
    session.flush()
    for person_id in dict.fromkeys(people):
        make_task(
            session,
            actor,
            text=text,
            now=now,
            assignee_id=person_id,
            due=due,
            customer_id=customer_id,
            opportunity_id=opportunity_id,
            team_task_id=team_task.id,
            **values,
        )
    show_progress(session, team_task.id, direct_to(actor.person_id or 0), now=now)
    return access_team_task(session, team_task.id)


def bring_next(session: Session, team_task_id: int, *, now: datetime) -> Shared | None:
    """Give the same people what comes after this one; None where it does not come again, or no more."""
    shared = access_team_task(session, team_task_id)
    before, giver = shared.task, shared.task.creator
    if before.repeats is None or giver is None or not shared.parts:
        return None
    rule = TaskRepeat.of_json(before.repeats)
    before.repeats = None
    session.flush()
    refresh_progress(session, team_task_id, now=now)
    after = before.due_at or before.due_on
    due = due_of_rule(session, rule, giver.id, after=after, now=now, zone=giver.zone)
    if due is None:
        return None
    part = shared.parts[0]
    return give_to_many(
        session,
        Actor(before.workspace_id, person_id=giver.id, name=giver.name, zone=giver.zone, locale=giver.locale),
        text=before.text,
        people=[each.assignee_id for each in shared.parts if each.assignee_id],
        audience=before.audience,
        now=now,
        due=due,
        customer_id=part.customer_id,
        opportunity_id=part.opportunity_id,
        rule=rule.following(),
        priority=part.priority,
        remind_minutes=part.remind_minutes,
        checklist=[{**item, "done": False} for item in part.checklist] if part.checklist else None,
    )


def bring_due(session: Session, now: datetime, before: date | None = None) -> None:
    """Give what comes again by tomorrow, whether everybody has done the one before or not."""
    for task in list_coming_again(session):
        giver = task.creator
        if giver is None or task.repeats is None:
            continue
        rule = TaskRepeat.of_json(task.repeats)
        after = task.due_at or task.due_on
        due = due_of_rule(session, rule, giver.id, after=after, now=now, zone=giver.zone)
        zone = ZoneInfo(giver.zone)
        day = due.astimezone(zone).date() if isinstance(due, datetime) else due
        if day is not None and day <= now.astimezone(zone).date() + _AHEAD:
            bring_next(session, task.id, now=now)


def ask_the_others(session: Session, actor: Actor, team_task_id: int, *, now: datetime) -> int:
    """Ask everybody who has not done their part how far they are; how many that are. Raises NotAllowed."""
    shared = access_team_task(session, team_task_id)
    check_may_change(session, actor, shared.task.creator_id)
    waiting = [part for part in shared.parts if part.state == "open" and part.assignee_id]
    for part in waiting:
        ask_after(session, actor, part.id, part.assignee_id or 0, now=now)
    return len(waiting)


def ask_after(session: Session, actor: Actor, task_id: int, person_id: int, *, now: datetime) -> None:
    """Ask somebody how far their open task is."""
    post_notice(
        session,
        kind=NoticeKind.TASK_ASKED_AFTER,
        recipient=direct_to(person_id),
        due_at=now,
        dedupe_key=f"task:{task_id}:asked:{session.info['changeset']}",
        subject="tasks",
        subject_id=task_id,
        payload={"by": actor.person_id},
    )


def say_on_team_task(session: Session, actor: Actor, team_task_id: int, *, words: str, now: datetime) -> str:
    """Keep a comment with one's own part: who gave the task hears it. What who gave it says, or anybody else,
    is heard by all who have theirs to do. Returns what was kept.
    """
    shared = access_team_task(session, team_task_id)
    giver_id = shared.task.creator_id
    about = [part for part in shared.parts if part.assignee_id == actor.person_id]
    if not about or giver_id == actor.person_id:
        about = [part for part in shared.parts if part.state == "open"] or list(shared.parts)
    for number, part in enumerate(about):
        note = note_on(session, part, NoteKind.COMMENT, words)
        to = {part.assignee_id, giver_id if number == 0 else None}
        tell_news(session, part, TaskNews.COMMENT, now=now, note=note, to=to)
    return words.strip()


def drop_for_all(session: Session, actor: Actor, team_task_id: int, *, now: datetime) -> Shared:
    """Close every part that is still open: nobody is to do it any more, nor again. Raises NotAllowed."""
    shared = access_team_task(session, team_task_id)
    check_may_change(session, actor, shared.task.creator_id)
    shared.task.repeats = None
    for part in shared.parts:
        if part.state == "open":
            cancel_task(session, actor, part.id, now=now)
    return access_team_task(session, team_task_id)
