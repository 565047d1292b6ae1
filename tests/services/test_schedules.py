"""Laws of schedules: one run a local date, whoever looks and whatever was missed; paused ones say nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.actors import Actor, NotAllowed
from bot.domain.notices import NoticeKind
from bot.domain.roles import Role
from bot.language import Recurrence
from bot.services.schedules import (
    DigestKind,
    delete_schedule,
    make_due,
    next_runs,
    pause_schedule,
    resume_schedule,
    run_schedule_now,
    subscribe_digest,
)
from bot.store import Session, Store
from bot.store.models import Schedule
from bot.store.notices import list_notices
from bot.store.schedules import UnknownSchedule, access_schedule, due_schedules, list_schedules
from tests.support.factories import Factory

MONDAY = Recurrence("weekly", time(9, 0), 0, text="every Monday 9:00")
DAY = timedelta(days=1)
Transact = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def ann(sqlite_factory: Factory) -> Actor:
    return sqlite_factory.actor("Ann")


@pytest.fixture
def transact(sqlite_store: Store, ann: Actor, now: datetime) -> Transact:
    return lambda: sqlite_store.transaction(ann, now=now, how="test")


def subscribe(session: Session, actor: Actor, now: datetime, **changes: object) -> Schedule:
    values = {"kind": DigestKind.FORECAST, "recipient": "C1", "recurrence": MONDAY}
    values |= {"zone": "Asia/Shanghai", "locale": "zh-CN"} | changes
    return subscribe_digest(session, actor, now=now, **values)  # type: ignore[arg-type]


def test_a_digest_runs_first_at_the_next_local_moment_that_fits(
    transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
        # It is Monday 17:00 in Shanghai: the next Monday 9:00 there is a week ahead.
        assert schedule.next_at == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
        assert schedule.creator is not None
        runs = next_runs(session, schedule, after=now)
    assert runs == [schedule.next_at + 7 * DAY * week for week in range(3)]


def test_the_same_digest_twice_is_one(transact: Transact, ann: Actor, now: datetime) -> None:
    with transact() as session:
        first = subscribe(session, ann, now)
        assert subscribe(session, ann, now).id == first.id
        pause_schedule(session, ann, first.id)
        assert subscribe(session, ann, now).next_at is not None, "asking again resumes it"
        assert subscribe(session, ann, now, recipient="C2").id != first.id
        assert subscribe(session, ann, now, kind=DigestKind.PERFORMANCE).id != first.id
        assert [each.slack_channel for each in list_schedules(session)] == ["C1", "C2", "C1"]


def test_a_due_run_makes_its_digest_and_chart_once_however_often_it_is_looked_at(
    sqlite_store: Store, transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
    due_at = schedule.next_at
    assert due_at
    with sqlite_store.everywhere(writes=False) as session:
        assert due_schedules(session, due_at - DAY) == []
        assert due_schedules(session, due_at) == [(ann.workspace_id, schedule.id)]
    with transact() as session:
        assert make_due(session, schedule.id, due_at - timedelta(seconds=1)) is None
    for _ in range(2):
        with transact() as session:
            make_due(session, schedule.id, due_at)
    with sqlite_store.reading(ann.workspace_id) as session:
        notices = [(notice.kind, notice.recipient, notice.due_at) for notice in list_notices(session)]
        kept = access_schedule(session, schedule.id)
    assert notices == [(NoticeKind.FORECAST_DIGEST, "C1", due_at), (NoticeKind.CHART, "C1", due_at)]
    assert (f"{kept.ran_on}", kept.next_at) == ("2026-11-30", due_at + 7 * DAY)


def test_of_two_workers_one_makes_the_run(
    sqlite_store: Store, transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
    due_at = schedule.next_at
    assert due_at
    with transact() as session:
        seen = access_schedule(session, schedule.id)
        with sqlite_store.reading(ann.workspace_id) as elsewhere:
            stale = access_schedule(elsewhere, schedule.id)
        assert make_due(session, seen.id, due_at)
    with transact() as session:
        session.add(stale)
        assert make_due(session, stale.id, due_at) is None


def test_after_downtime_only_the_latest_missed_run_is_made(
    sqlite_store: Store, transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now, recurrence=Recurrence("daily", time(9, 0), text=""))
    back = now + 10 * DAY
    with transact() as session:
        notice = make_due(session, schedule.id, back)
    assert notice
    assert notice.due_at == datetime(2026, 12, 3, 1, 0, tzinfo=UTC)
    with sqlite_store.reading(ann.workspace_id) as session:
        assert len(list_notices(session)) == 2
        assert access_schedule(session, schedule.id).next_at == notice.due_at + DAY


def test_a_paused_digest_says_nothing_and_a_resumed_one_skips_what_it_missed(
    transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
        pause_schedule(session, ann, schedule.id)
        assert next_runs(session, schedule, after=now) == []
        assert make_due(session, schedule.id, now + 30 * DAY) is None
        resume_schedule(session, ann, schedule.id, now=now + 30 * DAY)
        assert schedule.next_at == datetime(2026, 12, 28, 1, 0, tzinfo=UTC)


def test_run_now_sends_once_and_keeps_the_rhythm(transact: Transact, ann: Actor, now: datetime) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
        next_at = schedule.next_at
        first = run_schedule_now(session, ann, schedule.id, now=now)
        assert run_schedule_now(session, ann, schedule.id, now=now).id == first.id
        assert (first.due_at, schedule.next_at) == (now, next_at)


def test_only_its_creator_their_manager_and_admins_stop_a_digest(
    sqlite_factory: Factory, transact: Transact, ann: Actor, now: datetime
) -> None:
    ben, admin = sqlite_factory.actor("Ben"), sqlite_factory.actor("Ada", Role.ADMIN)
    with transact() as session:
        schedule = subscribe(session, ann, now)
        for change in (pause_schedule, lambda *given: delete_schedule(*given, now=now)):
            with pytest.raises(NotAllowed, match="Ann"):
                change(session, ben, schedule.id)
        delete_schedule(session, admin, schedule.id, now=now)
    with transact() as session, pytest.raises(UnknownSchedule):
        access_schedule(session, schedule.id)


def test_a_digest_that_is_stale_after_downtime_is_skipped(
    sqlite_store: Store, transact: Transact, ann: Actor, now: datetime
) -> None:
    with transact() as session:
        schedule = subscribe(session, ann, now)
    due_at = schedule.next_at
    assert due_at
    with transact() as session:
        assert make_due(session, schedule.id, due_at + 3 * DAY), "three days late it still tells"
    with transact() as session:
        assert make_due(session, schedule.id, due_at + 12 * DAY) is None, "the next one is nearer"
    with sqlite_store.reading(ann.workspace_id) as session:
        assert access_schedule(session, schedule.id).next_at == due_at + 14 * DAY


def test_whoever_gets_a_digest_may_stop_it(
    sqlite_factory: Factory, transact: Transact, ann: Actor, now: datetime
) -> None:
    bo = sqlite_factory.actor("Bo")
    with transact() as session:
        schedule = subscribe(session, ann, now, recipient=f"person:{bo.person_id}")
        assert pause_schedule(session, bo, schedule.id).next_at is None
