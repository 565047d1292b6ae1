"""Laws of notices: written once, one worker each, a recipient's in the order of their moments."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest

from bot.domain.notices import NoticeKind, NoticeState, direct_to
from bot.services.notices import (
    drop_notice,
    post_notice,
    remind_of_task,
    retry_failed_notices,
    retry_notice,
    tell_assignee,
)
from bot.store import Session, Store
from bot.store.claims import (
    Claimed,
    Pace,
    claim_notices,
    has_ready,
    held_until,
    hold_method,
    put_back,
    renew_lease,
)
from bot.store.models import Notice, Task
from bot.store.notices import UnknownNotice, access_notice, list_notices, notice_figures, settle
from tests.support.factories import Factory

PACE = Pace(lease=timedelta(seconds=60), every=timedelta(0), digest_above=3)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
Transact = Callable[[], AbstractContextManager[Session]]


def post(
    session: Session, due_at: datetime, *, to: str = "C1", key: str = "", kind: str = "task_assigned"
) -> Notice:
    return post_notice(
        session,
        kind=NoticeKind(kind),
        recipient=to,
        due_at=due_at,
        dedupe_key=key or f"{to}:{due_at.isoformat()}",
    )


def claim(store: Store, now: datetime, *, limit: int = 100, pace: Pace = PACE) -> list[Claimed]:
    with store.everywhere() as session:
        return claim_notices(session, now=now, machine=now, pace=pace, limit=limit)


def sent(store: Store, claimed: Iterable[Claimed], now: datetime) -> None:
    with store.everywhere() as session:
        for each in claimed:
            settle(session, each.members, NoticeState.SENT, machine=now)


@pytest.fixture
def transact(store: Store, factory: Factory, now: datetime) -> Transact:
    return lambda: store.transaction(factory.shell, now=now, how="test")


def test_a_dedupe_key_makes_one_notice(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        first = post(session, now, key="once")
        again = post(session, now + HOUR, to="C2", key="once")
    assert (again.id, again.recipient, again.due_at) == (first.id, "C1", now)
    with transact() as session:
        assert post(session, now, key="once").id == first.id
        assert len(list_notices(session)) == 1


def test_only_what_is_due_is_claimed_in_the_order_of_its_moments(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        late = post(session, now - SECOND, to="C1")
        later = post(session, now + SECOND, to="C2")
        latest = post(session, now - HOUR, to="C3")
    assert [each.id for each in claim(store, now)] == [latest.id, late.id]
    assert [each.id for each in claim(store, now + SECOND)] == [later.id]


def test_a_recipients_next_notice_waits_for_the_one_before(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        second = post(session, now, key="b")
        first = post(session, now - HOUR, key="a")
    taken = claim(store, now)
    assert [each.id for each in taken] == [first.id]
    assert claim(store, now) == []
    with store.everywhere() as session:
        put_back(session, taken[0], NoticeState.FAILED, not_before=now + HOUR, error="internal_error")
    assert claim(store, now) == [], "the first one waits for another try, and so does what follows it"
    retried = claim(store, now + HOUR)
    assert [each.id for each in retried] == [first.id]
    sent(store, retried, now + HOUR)
    assert [each.id for each in claim(store, now + HOUR)] == [second.id]


def test_a_channel_gets_one_message_a_second(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    pace = Pace(lease=HOUR)
    with transact() as session:
        post(session, now, key="a")
        second = post(session, now, key="b")
        other = post(session, now, to="C2", key="c")
    sent(store, claim(store, now, pace=pace), now)
    assert other.recipient == "C2"
    assert claim(store, now + SECOND / 2, pace=pace) == []
    with store.everywhere() as session:
        assert has_ready(session, now=now, machine=now), "it waits for the second alone"
    assert [each.id for each in claim(store, now + SECOND, pace=pace)] == [second.id]


def test_a_workspace_gets_no_more_messages_a_minute_than_configured_and_others_do_not_wait_for_it(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    other = Factory(store, now)
    pace = Pace(lease=HOUR, every=timedelta(0), a_minute=100)
    with transact() as session:
        for number in range(300):
            post(session, now, to=f"C{number}")
    counts: list[int] = []
    for second in range(150):
        at = now + second * SECOND
        taken = claim(store, at, limit=20, pace=pace)
        sent(store, taken, at)
        counts.append(len(taken))
    assert max(sum(counts[first : first + 60]) for first in range(90)) <= 100
    assert sum(counts) >= 230, "five at once, and then 95 a minute"
    with store.transaction(other.shell, now=now, how="test") as session:
        free = post(session, now)
    assert [each.id for each in claim(store, at, limit=4, pace=pace)] == [free.id]


def test_every_notice_is_claimed_once_by_many_workers(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        for number in range(200):
            post(session, now, to=f"C{number}")

    def work(_: int) -> list[int]:
        found: list[int] = []
        while batch := claim(store, now, limit=5):
            found += [each.id for each in batch]
        return found

    with ThreadPoolExecutor(4) as workers:
        claimed = Counter(each for found in workers.map(work, range(4)) for each in found)
    # A worker may stop while others hold the rest, but nothing is taken twice and nothing is left.
    assert (len(claimed), set(claimed.values())) == (200, {1})


def test_a_lease_that_ended_is_taken_over_as_uncertain_and_its_first_holder_may_not_send(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        post(session, now)
    (dead,) = claim(store, now)
    assert not dead.uncertain
    after = now + PACE.lease
    assert claim(store, after - SECOND) == []
    (taken,) = claim(store, after)
    assert taken.uncertain
    with store.everywhere() as session:
        assert renew_lease(session, taken, until=after + HOUR)
        assert not renew_lease(session, dead, until=after + HOUR)


def test_a_hold_stops_its_workspace_and_method_alone(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    other = Factory(store, now)
    with transact() as session:
        post(session, now)
        hold_method(session, "chat.postMessage", until=now + HOUR)
        hold_method(session, "chat.postMessage", until=now + 2 * HOUR)
    with store.transaction(other.shell, now=now, how="test") as session:
        free = post(session, now)
        hold_method(session, "conversations.history", until=now + HOUR)
        assert held_until(session, "conversations.history", machine=now) == now + HOUR
        assert held_until(session, "chat.postMessage", machine=now) is None
    claimed = claim(store, now + HOUR)
    assert [each.id for each in claimed] == [free.id]
    sent(store, claimed, now)
    assert len(claim(store, now + 2 * HOUR)) == 1


def test_more_reminders_an_hour_than_wanted_are_claimed_together(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        three = [post(session, now, to="person:1", key=f"a{n}", kind="task_reminder") for n in range(3)]
        four = [
            post(session, now + n * SECOND, to="person:2", key=f"b{n}", kind="task_reminder")
            for n in range(4)
        ]
        post(session, now + HOUR, to="person:2", key="tomorrow", kind="task_reminder")
    alone, together = claim(store, now)
    assert alone.members == (three[0].id,)
    assert together.members == tuple(notice.id for notice in four)


@pytest.fixture
def task(factory: Factory, now: datetime) -> Task:
    ann = factory.actor("Ann")
    return factory.add(
        Task(text="Call Acme", assignee_id=ann.person_id, creator_id=ann.person_id, due_at=now)
    )


def test_a_moment_of_a_task_makes_one_reminder_and_a_new_moment_another(
    store: Store, factory: Factory, transact: Transact, task: Task, now: datetime
) -> None:
    with transact() as session:
        session.add(task)
        first = remind_of_task(session, task, now)
        assert first is not None
        assert (first.recipient, first.due_at) == (direct_to(task.assignee_id or 0), now)
        assert remind_of_task(session, task, now) is first
        task.due_at = now + HOUR
        second = remind_of_task(session, task, now)
    assert second is not None
    assert second.id != first.id


def test_an_undo_brings_a_cancelled_reminder_back(
    store: Store, factory: Factory, transact: Transact, task: Task, now: datetime
) -> None:
    before = now - HOUR
    with transact() as session:
        session.add(task)
        notice = remind_of_task(session, task, before)
        assert notice
        settle(session, [notice.id], NoticeState.CANCELLED, machine=before)
    with transact() as session:
        session.add(task)
        again = remind_of_task(session, task, before)
        assert again
        assert (again.id, again.state, again.settled_at) == (notice.id, NoticeState.PENDING, None)


@pytest.mark.parametrize("change", [{"state": "done"}, {"assignee_id": None}, {"due_at": None}])
def test_a_task_without_owner_moment_or_work_left_is_not_reminded_of(
    store: Store, factory: Factory, transact: Transact, task: Task, now: datetime, change: dict[str, object]
) -> None:
    with transact() as session:
        session.add(task)
        for key, value in change.items():
            setattr(task, key, value)
        assert remind_of_task(session, task, now) is None


def test_the_assignee_is_told_by_others_alone(
    store: Store, factory: Factory, task: Task, now: datetime
) -> None:
    ben = factory.actor("Ben")
    with store.transaction(ben, now=now, how="test") as session:
        told = tell_assignee(session, task, now)
        assert told
        assert told.payload == {"assignee_id": task.assignee_id, "by_id": ben.person_id}
        task.assignee_id = ben.person_id
        assert tell_assignee(session, task, now) is None


def test_what_died_is_retried_or_dropped_by_hand_and_what_was_sent_stays_sent(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        died, sent_one = post(session, now, key="died"), post(session, now, to="C2", key="sent")
        settle(session, [died.id], NoticeState.DEAD, machine=now, error="is_archived")
        settle(session, [sent_one.id], NoticeState.SENT, machine=now)
    with transact() as session:
        assert retry_notice(session, sent_one.id).state == NoticeState.SENT
        assert retry_failed_notices(session) == 1
    assert [each.id for each in claim(store, now)] == [died.id]
    with transact() as session:
        assert drop_notice(session, died.id, machine=now).state == NoticeState.CANCELLED
        assert drop_notice(session, sent_one.id, machine=now).state == NoticeState.SENT
        with pytest.raises(UnknownNotice):
            access_notice(session, 999)


def test_the_figures_count_states_and_the_oldest_wait(
    store: Store, factory: Factory, transact: Transact, now: datetime
) -> None:
    with transact() as session:
        post(session, now - HOUR)
        post(session, now + HOUR, to="C2")
        settle(session, [post(session, now - 2 * HOUR, to="C3").id], NoticeState.SENT, machine=now)
    with store.everywhere(writes=False) as session:
        figures = notice_figures(session, now=now)
    assert (figures.counts, figures.lag) == ({"pending": 2, "sent": 1}, HOUR)
