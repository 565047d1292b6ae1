"""Laws of delivery: nothing lost, nothing twice where history can be read, no call too early."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.config import Environment
from bot.domain.notices import NoticeKind, NoticeState, direct_to
from bot.services.notices import post_notice
from bot.store.claims import Pace, claim_notices
from bot.store.models import Schedule
from tests.jobs.conftest import Bench

POST = "chat.postMessage"


def only_state(bench: Bench) -> NoticeState:
    (state,) = bench.states()
    return state


@pytest.mark.parametrize(
    ("fault", "state", "kept"),
    [
        ({"status": 500}, NoticeState.UNKNOWN, 0),
        ({"error": "internal_error"}, NoticeState.UNKNOWN, 0),
        ({"error": "service_unavailable"}, NoticeState.FAILED, 0),
        ({"drop_before_accept": True}, NoticeState.UNKNOWN, 0),
        ({"drop_after_accept": True}, NoticeState.UNKNOWN, 1),
        ({"delay": 1.0}, NoticeState.UNKNOWN, 1),
    ],
    ids=str,
)
def test_trouble_is_tried_again_and_says_it_once(
    bench: Bench, fault: dict[str, object], state: NoticeState, kept: int
) -> None:
    bench.task()
    bench.slack.faults.add(POST, **fault)  # type: ignore[arg-type]
    hasty = bench.environment.model_copy(update={"dealdesk_send_timeout_s": 0.3})
    worker = bench.worker(hasty if "delay" in fault else None)
    worker.tick()
    assert (only_state(bench), len(bench.texts())) == (state, kept)
    tried = bench.notices()[0].attempts
    worker.tick()
    assert bench.notices()[0].attempts == tried, "the next try waits"
    bench.later(seconds=3)
    worker.tick()
    assert (only_state(bench), len(bench.texts())) == (NoticeState.SENT, 1)
    (notice,) = bench.notices()
    assert notice.message_ts == bench.slack.dm(bench.ann.slack_user_id or "")[0].ts


def test_tries_come_less_and_less_often_and_never_end(bench: Bench) -> None:
    bench.task()
    bench.slack.faults.add(POST, times=30, error="service_unavailable")
    worker = bench.worker()
    waits = []
    worker.tick()
    while (not_before := bench.notices()[0].not_before) is not None:
        waits.append((not_before - bench.machine).total_seconds())
        bench.machine = not_before
        worker.tick()
    assert only_state(bench) == NoticeState.SENT
    assert (len(waits), waits[0] <= 1.2, waits[4] >= 12.8) == (30, True, True)
    assert all(48 <= seconds <= 72 for seconds in waits[7:])


def test_without_the_history_scope_an_unknown_outcome_is_sent_again(bench: Bench) -> None:
    bench.slack.team.scopes = frozenset(["chat:write", "im:write"])
    bench.task()
    bench.slack.faults.add(POST, drop_after_accept=True)
    worker = bench.worker()
    worker.tick()
    bench.later(seconds=3)
    worker.tick()
    assert (only_state(bench), len(bench.texts())) == (NoticeState.SENT, 2)


def test_an_unknown_outcome_stays_unknown_while_history_does_not_answer(bench: Bench) -> None:
    bench.task()
    bench.slack.faults.add(POST, drop_after_accept=True)
    bench.slack.faults.add("conversations.history", status=500)
    worker = bench.worker()
    for _ in range(2):
        worker.tick()
        assert only_state(bench) == NoticeState.UNKNOWN
        bench.later(seconds=5)
    worker.tick()
    assert (only_state(bench), len(bench.texts())) == (NoticeState.SENT, 1)


@pytest.mark.parametrize("sent", [False, True])
def test_a_worker_that_died_is_replaced_when_its_lease_ends(both_bench: Bench, sent: bool) -> None:
    bench = both_bench
    bench.task()
    if sent:
        # It posts, and dies before it can write that down: the dead worker's settling never happens.
        bench.slack.faults.add(POST, drop_after_accept=True)
        bench.worker().tick()
        bench.later(seconds=3)
    with bench.store.everywhere() as session:
        pace = Pace(timedelta(seconds=60))
        assert claim_notices(session, now=bench.now, machine=bench.machine, pace=pace, limit=1)
    worker = bench.worker()
    bench.later(seconds=59)
    worker.tick()
    assert only_state(bench) != NoticeState.SENT
    bench.later(seconds=1)
    worker.tick()
    assert (only_state(bench), len(bench.texts())) == (NoticeState.SENT, 1)
    assert len(bench.slack.calls("conversations.history")) == 1


def test_a_429_holds_for_its_workspace_and_method_alone(bench: Bench) -> None:
    ben = bench.person("Ben")
    bench.task("First")
    bench.task("Second", to=ben)
    bench.slack.faults.add(POST, retry_after=60)
    worker = bench.worker()
    worker.tick()
    assert bench.texts() + bench.texts(ben) == []
    early = len(bench.slack.calls(POST))
    assert early <= 2, "what was already on its way"
    other = bench.elsewhere()
    other.task("Elsewhere")
    worker.tick()
    assert len(other.texts()) == 1
    early += 1
    bench.later(seconds=59)
    worker.tick()
    assert len(bench.slack.calls(POST)) == early
    bench.later(seconds=2)
    worker.tick()
    assert (len(bench.texts()), len(bench.texts(ben))) == (1, 1)
    assert {notice.attempts for notice in bench.notices()} == {1}, "waiting is not a try"


def test_a_429_of_history_holds_what_is_unknown_and_nothing_else(bench: Bench) -> None:
    ben = bench.person("Ben")
    bench.task("First")
    bench.slack.faults.add(POST, drop_after_accept=True)
    bench.slack.faults.add("conversations.history", retry_after=60)
    worker = bench.worker()
    worker.tick()
    bench.later(seconds=3)
    bench.task("Second", to=ben)
    worker.tick()
    assert bench.states() == [NoticeState.UNKNOWN, NoticeState.SENT]
    bench.later(seconds=59)
    worker.tick()
    assert len(bench.slack.calls("conversations.history")) == 1
    bench.later(seconds=2)
    worker.tick()
    assert (bench.states(), len(bench.texts())) == ([NoticeState.SENT] * 2, 1)


def test_a_failing_notice_holds_back_the_next_one_of_its_channel_and_no_other(bench: Bench) -> None:
    ben = bench.person("Ben")
    bench.task("First")
    bench.task("Second", due_in=timedelta(seconds=1))
    bench.task("Ben's", due_in=timedelta(seconds=1), to=ben)
    bench.slack.faults.add(POST, error="service_unavailable")
    worker = bench.worker()
    worker.tick()
    bench.later(seconds=1)
    bench.machine -= timedelta(seconds=1)
    worker.tick()
    assert (bench.texts(), len(bench.texts(ben))) == ([], 1)
    bench.later(seconds=3)
    worker.tick()
    assert [text.split("\n")[0] for text in bench.texts()] == ["⏰ First", "⏰ Second"]


def test_a_channel_that_hangs_does_not_stop_the_others(bench: Bench) -> None:
    people = [bench.person(f"P{number}") for number in range(6)]
    for person in people:
        bench.task(to=person)
    bench.slack.faults.add(POST, delay=1.5)
    worker = bench.worker()
    ticking = threading.Thread(target=worker.tick)
    ticking.start()
    deadline = threading.Event()
    for _ in range(140):
        if sum(len(bench.texts(person)) for person in people) == 6:
            break
        deadline.wait(0.01)
    sent = bench.states().count(NoticeState.SENT)
    ticking.join()
    assert sent >= 4, "the others were sent while the first one hung"
    assert bench.states() == [NoticeState.SENT] * 6


def digest_to(bench: Bench, channel: str) -> int:
    schedule = bench.factory.add(
        Schedule(
            kind="forecast",
            slack_channel=channel,
            freq="daily",
            local_time="09:00",
            zone="UTC",
            locale="en-US",
            creator_id=bench.ann.person_id,
            next_at=bench.now,
        )
    )
    return schedule.id


def test_an_archived_channel_is_tried_once_its_owner_told_once_and_its_schedule_paused(bench: Bench) -> None:
    bench.sales.is_archived = True
    schedule_id = digest_to(bench, bench.sales.id)
    worker = bench.worker()
    for _ in range(3):
        worker.tick()
        bench.later(days=1)
    assert [call.args["channel"] for call in bench.slack.calls(POST)] == [
        bench.sales.id,
        bench.ann.slack_user_id,
    ]
    (text,) = bench.texts()
    assert "forecast digest" in text
    assert "the channel is archived" in text
    assert "paused" in text
    assert bench.states() == [NoticeState.DEAD, NoticeState.CANCELLED, NoticeState.SENT]
    with bench.store.reading(bench.factory.workspace_id) as session:
        assert session.get_one(Schedule, schedule_id).next_at is None


@pytest.mark.parametrize(
    "error", ["user_not_found", "token_revoked", "channel_not_found", "account_inactive"]
)
def test_a_refusal_for_good_is_tried_once_and_whoever_asked_is_told_once(bench: Bench, error: str) -> None:
    ben = bench.person("Ben")
    bench.task("Send the offer", to=ben)
    bench.slack.faults.add(POST, error=error)
    worker = bench.worker()
    for _ in range(3):
        worker.tick()
        bench.later(days=1)
    assert bench.states() == [NoticeState.DEAD, NoticeState.SENT]
    assert bench.notices()[0].error == error
    (text,) = bench.texts()
    assert "Send the offer" in text
    assert "Ben" in text
    assert bench.texts(ben) == []


def test_who_cannot_be_reached_is_not_told_that_they_cannot(bench: Bench) -> None:
    bench.task()
    bench.slack.faults.add(POST, error="user_not_found")
    worker = bench.worker()
    worker.tick()
    bench.later(days=1)
    worker.tick()
    assert (bench.states(), len(bench.slack.calls(POST))) == ([NoticeState.DEAD], 1)


def test_a_person_without_slack_is_not_reached_and_the_asker_told(bench: Bench) -> None:
    imported = bench.factory.actor("Imported", slack_user_id=None)
    bench.task("Call", to=imported)
    bench.worker().tick()
    (text,) = bench.texts()
    assert "not linked" in text
    assert bench.notices()[0].error == "no_slack_user"


def test_a_public_channel_is_joined_where_the_bot_is_not_in_it(bench: Bench) -> None:
    quiet = bench.slack.add_channel("quiet", with_bot=False)
    digest_to(bench, quiet.id)
    bench.worker().tick()
    assert bench.states() == [NoticeState.SENT, NoticeState.CANCELLED]
    assert [call.ok for call in bench.slack.calls(POST)] == [False, True]


def test_a_workspace_without_a_token_keeps_its_notices(bench: Bench) -> None:
    bench.task()
    client, missing = bench.client, True
    bench.client = lambda team_id: None if missing else client(team_id)  # type: ignore[method-assign,assignment,return-value]
    worker = bench.worker()
    worker.tick()
    assert (only_state(bench), bench.notices()[0].attempts) == (NoticeState.PENDING, 0)
    missing = False
    bench.later(seconds=61)
    worker.tick()
    assert len(bench.texts()) == 1


def test_a_mistake_of_ours_stops_holding_back_the_next_notice(bench: Bench) -> None:
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        post_notice(
            session,
            kind=NoticeKind.UNDELIVERABLE,
            recipient=direct_to(bench.ann.person_id or 0),
            due_at=bench.now,
            dedupe_key="broken",
        )
    bench.task()
    worker = bench.worker()
    for _ in range(12):
        worker.tick()
        bench.later(seconds=80)
    assert bench.states() == [NoticeState.DEAD, NoticeState.SENT]
    assert bench.notices()[0].error == "KeyError: 'notice'"


def test_a_claim_that_was_taken_over_is_not_sent(bench: Bench) -> None:
    bench.task()
    slow = bench.worker()
    taken = threading.Event()
    client = bench.client

    def take_over(team_id: str) -> WebClient:
        if not taken.is_set():
            taken.set()
            bench.later(seconds=61)
            bench.worker().tick()
        return client(team_id)

    bench.client = take_over  # type: ignore[method-assign]
    slow._delivery.__dict__["client_for"] = take_over
    slow.tick()
    assert len(bench.texts()) == 1


def test_what_is_still_being_delivered_is_not_taken_for_dead(bench: Bench) -> None:
    bench.task()
    slow, client = bench.worker(), bench.client

    def slowly(team_id: str) -> WebClient:
        for _ in range(3):
            bench.later(seconds=50)
            slow._keep_leases()
        bench.worker().tick()
        return client(team_id)

    slow._delivery.__dict__["client_for"] = slowly
    slow.tick()
    assert (len(bench.texts()), bench.slack.calls("conversations.history")) == (1, [])
    assert bench.notices()[0].attempts == 1


def test_many_workers_send_each_notice_once(both_bench: Bench) -> None:
    bench = both_bench
    people = [bench.person(f"P{number}") for number in range(10)]
    for person in people:
        bench.task(to=person)
    workers = [bench.worker() for _ in range(1 if bench.store.is_sqlite else 4)]
    threads = [threading.Thread(target=worker.tick) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.tick()
    counts = Counter(call.args["channel"] for call in bench.slack.calls(POST))
    assert counts == {person.slack_user_id: 1 for person in people}


def test_the_worker_ticks_by_itself_until_it_is_stopped(bench: Bench) -> None:
    bench.task()
    worker = bench.worker(Environment(dealdesk_lease_s=60))
    worker.start()
    change = bench.slack.changes.number
    while not bench.texts():
        assert bench.slack.changes.since(change, timeout=5)
    worker.stop()
