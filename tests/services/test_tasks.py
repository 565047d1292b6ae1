"""Laws of tasks: whose they are, when they are due, who may change them, what they remind of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.actors import NotAllowed
from bot.domain.notices import NoticeKind
from bot.domain.roles import Role
from bot.services.subjects import AnotherCustomers
from bot.services.tasks import (
    DueInPast,
    TaskClosed,
    TaskTextMissing,
    complete_task,
    edit_task,
    make_task,
    postpone_task,
    reopen_task,
    snooze_task,
)
from bot.store.notices import list_notices
from bot.store.tasks import access_task, count_open_tasks, list_open_tasks
from tests.support.factories import Factory


def test_a_task_is_its_makers_unless_somebody_is_named(sqlite_factory: Factory, now: datetime) -> None:
    ann, bo = sqlite_factory.actor("Ann"), sqlite_factory.actor("Bo")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        own = make_task(session, ann, text="call", now=now)
        given = make_task(session, ann, text="call", now=now, assignee_id=bo.person_id)
        assert (own.assignee_id, given.assignee_id) == (ann.person_id, bo.person_id)
        assert (own.creator_id, given.creator_id) == (ann.person_id, ann.person_id)


def test_a_moment_is_due_on_the_assignees_day(sqlite_factory: Factory, now: datetime) -> None:
    ann, lei = sqlite_factory.actor("Ann"), sqlite_factory.actor("Lei", zone="Asia/Shanghai")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        evening = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
        task = make_task(session, ann, text="call", now=now, assignee_id=lei.person_id, due=evening)
        assert task.due_on == date(2026, 11, 26)


def test_only_a_moment_reminds_and_a_day_does_not(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        make_task(session, ann, text="call", now=now, due=date(2026, 11, 25))
        assert list_notices(session) == []
        make_task(session, ann, text="call", now=now, due=now + timedelta(hours=2))
        (notice,) = list_notices(session)
        assert (notice.kind, notice.due_at) == (NoticeKind.TASK_REMINDER, now + timedelta(hours=2))


def test_a_due_in_the_past_is_refused_only_where_it_is_new(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        with pytest.raises(DueInPast):
            make_task(session, ann, text="call", now=now, due=date(2026, 11, 22))
        with pytest.raises(DueInPast):
            make_task(session, ann, text="call", now=now, due=now - timedelta(minutes=1))
        task = make_task(session, ann, text="call", now=now, due=date(2026, 11, 23))
        later = now + timedelta(days=3)
        edited = edit_task(session, ann, task.id, {"text": "call again", "due": task.due_on}, now=later)
        assert (edited.text, edited.due_on) == ("call again", date(2026, 11, 23))


def test_a_task_needs_words(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with (
        sqlite_factory.store.transaction(ann, now=now, how="test") as session,
        pytest.raises(TaskTextMissing),
    ):
        make_task(session, ann, text="  ", now=now)


def test_an_opportunity_brings_its_customer_and_suffers_no_other(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, customer = sqlite_factory.actor("Ann"), sqlite_factory.customer("Acme")
    opportunity, other = (
        sqlite_factory.opportunity("Licence", customer_id=customer.id),
        sqlite_factory.customer("Borg"),
    )
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        task = make_task(session, ann, text="call", now=now, opportunity_id=opportunity.id)
        assert task.customer_id == customer.id
        with pytest.raises(AnotherCustomers):
            edit_task(
                session, ann, task.id, {"opportunity_id": opportunity.id, "customer_id": other.id}, now=now
            )


def test_assignee_maker_managers_and_admins_may_finish_and_others_may_not(
    sqlite_factory: Factory, now: datetime
) -> None:
    mia = sqlite_factory.actor("Mia", Role.MANAGER)
    ann = sqlite_factory.actor("Ann", manager_id=mia.person_id)
    bo, cy = sqlite_factory.actor("Bo"), sqlite_factory.actor("Cy")
    ada = sqlite_factory.actor("Ada", Role.ADMIN)
    with sqlite_factory.store.transaction(bo, now=now, how="test") as session:
        task = make_task(session, bo, text="call", now=now, assignee_id=ann.person_id)
        with pytest.raises(NotAllowed):
            complete_task(session, cy, task.id, now=now)
        for actor in (ann, bo, mia, ada):
            assert complete_task(session, actor, task.id, now=now).state == "done"
            reopen_task(session, actor, task.id, now=now)


def test_a_closed_task_can_be_neither_finished_nor_put_off(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        task = complete_task(session, ann, make_task(session, ann, text="call", now=now).id, now=now)
        for act in (complete_task, snooze_task, postpone_task):
            with pytest.raises(TaskClosed):
                act(session, ann, task.id, now=now)


def test_an_hour_later_is_to_the_minute_and_tomorrow_keeps_the_local_time(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann = sqlite_factory.actor("Ann", zone="America/New_York")
    at = datetime(2027, 3, 13, 20, 0, tzinfo=UTC)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        task = make_task(session, ann, text="call", now=now, due=at)
        tomorrow = postpone_task(session, ann, task.id, now=at + timedelta(minutes=5))
        # Clocks go forward on 14 March: three in the afternoon is an hour earlier in UTC.
        assert tomorrow.due_at == datetime(2027, 3, 14, 19, 0, tzinfo=UTC)
        moved = snooze_task(session, ann, task.id, now=at + timedelta(minutes=7, seconds=31))
        assert moved.due_at == datetime(2027, 3, 13, 21, 7, tzinfo=UTC)
        day = make_task(session, ann, text="call", now=now, due=date(2027, 3, 1))
        assert postpone_task(session, ann, day.id, now=at).due_on == date(2027, 3, 14)


def test_the_list_goes_by_day_and_moment_and_ends_with_what_has_no_day(
    factory: Factory, now: datetime
) -> None:
    ann = factory.actor("Ann")
    with factory.store.transaction(ann, now=now, how="test") as session:
        someday = make_task(session, ann, text="someday", now=now)
        day = make_task(session, ann, text="day", now=now, due=date(2026, 11, 24))
        late = make_task(session, ann, text="late", now=now, due=now + timedelta(hours=30))
        soon = make_task(session, ann, text="soon", now=now, due=now + timedelta(hours=25))
        listed = [task.id for task in list_open_tasks(session, assignee_id=ann.person_id)]
        assert listed == [soon.id, late.id, day.id, someday.id]
        assert count_open_tasks(session, assignee_id=ann.person_id or 0, until=date(2026, 11, 25)) == 3
        complete_task(session, ann, soon.id, now=now)
        assert access_task(session, soon.id).done_at == now
        assert len(list_open_tasks(session, assignee_id=ann.person_id)) == 3
