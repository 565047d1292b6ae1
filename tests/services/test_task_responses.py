"""Laws of what people say to a task: who may, whom it goes to, what Undo brings back."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.notices import NoticeKind, direct_to
from bot.domain.roles import Role
from bot.domain.task_repeats import TaskRepeat
from bot.services.escalations import escalate_overdue, set_escalation, working_days_before
from bot.services.task_order import WaitsForItself
from bot.services.task_responses import (
    NotYourTask,
    ReasonMissing,
    YourOwnTask,
    accept_task,
    ask_for_help,
    decline_task,
    finish_task,
)
from bot.services.tasks import complete_task, edit_task, make_task, reopen_task, reschedule_task
from bot.services.team_tasks import give_to_many
from bot.services.undo import undo
from bot.store.notices import list_notices
from bot.store.tasks import access_task, list_open_tasks
from bot.store.team_tasks import access_team_task
from bot.store.workspaces import workspace_settings
from tests.support.factories import Factory


def test_only_whose_task_it_is_answers_and_a_declined_one_goes_back_with_the_reason(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, bo = sqlite_factory.actor("Ann"), sqlite_factory.actor("Bo")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        given = make_task(session, ann, text="call", now=now, assignee_id=bo.person_id)
        own = make_task(session, ann, text="write", now=now)
        with pytest.raises(NotYourTask):
            accept_task(session, ann, given.id, now=now)
        with pytest.raises(YourOwnTask):
            decline_task(session, ann, own.id, reason="no", now=now)
    with sqlite_factory.store.transaction(bo, now=now, how="decline") as session:
        with pytest.raises(ReasonMissing):
            decline_task(session, bo, given.id, reason=" ", now=now)
        back = decline_task(session, bo, given.id, reason="on holiday", now=now)
        assert (back.assignee_id, back.response, back.state) == (ann.person_id, "declined", "open")
        changeset = session.info["changeset"]
    with sqlite_factory.store.transaction(bo, now=now, how="undo") as session:
        undo(session, bo, changeset, now=now)
        task = access_task(session, given.id)
        assert (task.assignee_id, task.response) == (bo.person_id, None)


def test_help_is_asked_of_the_manager_else_of_who_gave_the_task(
    sqlite_factory: Factory, now: datetime
) -> None:
    mia = sqlite_factory.actor("Mia", Role.MANAGER)
    ann = sqlite_factory.actor("Ann", manager_id=mia.person_id)
    bo = sqlite_factory.actor("Bo")
    for asker, helper in ((ann, mia), (bo, ann)):
        with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
            task = make_task(session, ann, text="call", now=now, assignee_id=asker.person_id)
        with sqlite_factory.store.transaction(asker, now=now, how="test") as session:
            ask_for_help(session, asker, task.id, question="how?", now=now)
            (notice,) = [each for each in list_notices(session) if each.subject_id == task.id
                         and each.kind == NoticeKind.TASK_HELP]  # fmt: skip
            assert notice.recipient == direct_to(helper.person_id or 0)


def test_a_task_that_comes_again_comes_once_however_often_it_is_done(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann = sqlite_factory.actor("Ann")
    rule = TaskRepeat("weekly", now.date(), weekdays="5")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        task = make_task(session, ann, text="report", now=now, rule=rule)
        assert task.due_on == date(2026, 11, 27)
        complete_task(session, ann, task.id, now=now)
        reopen_task(session, ann, task.id, now=now)
        complete_task(session, ann, task.id, now=now)
        (following,) = list_open_tasks(session, assignee_id=ann.person_id)
        assert following.due_on == date(2026, 12, 4)
        done, step = finish_task(
            session,
            ann,
            following.id,
            outcome="sent",
            next_text="talk",
            next_due=now + timedelta(days=1),
            now=now,
        )
        assert (done.outcome, step and step.due_at) == ("sent", now + timedelta(days=1))


def test_a_part_of_a_task_of_many_that_is_declined_no_longer_counts(
    sqlite_factory: Factory, now: datetime
) -> None:
    mia, ann, bo = (sqlite_factory.actor(name) for name in ("Mia", "Ann", "Bo"))
    people = [each.person_id or 0 for each in (ann, bo)]
    with sqlite_factory.store.transaction(mia, now=now, how="test") as session:
        shared = give_to_many(session, mia, text="forecast", people=people, audience="people", now=now)
    hers, his = (part.id for part in shared.parts)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        complete_task(session, ann, hers, now=now)
    with sqlite_factory.store.transaction(bo, now=now, how="test") as session:
        decline_task(session, bo, his, reason="no deals", now=now)
        progress = access_team_task(session, shared.task.id).progress
        assert (progress.done, progress.total, progress.declined, progress.is_over) == (1, 1, 1, True)
        kinds = [each.kind for each in list_notices(session)]
        assert kinds.count(NoticeKind.TEAM_TASK_DONE) == 1


def test_tasks_never_wait_for_each_other(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        first = make_task(session, ann, text="first", now=now)
        second = make_task(session, ann, text="second", now=now, after_id=first.id)
        third = make_task(session, ann, text="third", now=now, after_id=second.id)
        for later in (first, second, third):
            with pytest.raises(WaitsForItself):
                edit_task(session, ann, first.id, {"after_id": later.id}, now=now)


def test_a_manager_hears_once_for_each_due_and_on_working_days_only(
    sqlite_factory: Factory, now: datetime
) -> None:
    mia, ada = sqlite_factory.actor("Mia", Role.MANAGER), sqlite_factory.actor("Ada", Role.ADMIN)
    ann = sqlite_factory.actor("Ann", manager_id=mia.person_id)
    with sqlite_factory.store.transaction(ada, now=now, how="test") as session:
        settings = workspace_settings(session)
        assert working_days_before(settings, date(2026, 11, 30), 1) == date(2026, 11, 29)
        assert working_days_before(settings, date(2026, 11, 30), 2) == date(2026, 11, 26)
        task = make_task(
            session, ada, text="call", now=now, assignee_id=ann.person_id, due=date(2026, 11, 24)
        )
        assert escalate_overdue(session, now + timedelta(days=7), None) == 0
        set_escalation(session, ada, 2)
        told = [escalate_overdue(session, now + timedelta(days=days), None) for days in range(8)]
        assert told == [0, 0, 0, 1, 0, 0, 0, 0]
        reschedule_task(session, ada, task.id, date(2026, 11, 27), now=now)
        told = [escalate_overdue(session, now + timedelta(days=days), None) for days in range(5, 10)]
        assert told == [0, 0, 0, 1, 0]
