"""Proof: a 429 of one workspace delays no digest of another by more than a second, and is kept to the end.

PROOF_RETRY_AFTER and PROOF_DIGESTS (full: 60 and 200) are its seconds, and the digests elsewhere, in 20
channels. The run beside a held workspace and one beside a free workspace go on at the same time, each with a
store, a Slack and a worker of its own: whatever else the machine does slows both.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from bot.clock import machine_clock
from bot.config import Environment
from bot.domain.notices import NoticeKind
from bot.jobs import Worker
from bot.services.notices import post_notice
from bot.store import Store
from bot.store.models import Notice, Schedule
from tests.jobs.conftest import Bench
from tests.proofs.sizes import seen, size

RETRY_AFTER_S, DIGESTS = size("PROOF_RETRY_AFTER", 3), size("PROOF_DIGESTS", 40)
CHANNELS, POST = 20, "chat.postMessage"


class Two:
    """A workspace that Slack may hold, and another with digests in 20 channels."""

    def __init__(self, store: Store) -> None:
        self.moment = datetime(2026, 11, 23, 9).astimezone()
        self.held = Bench(store, self.moment)
        self.free = self.held.elsewhere()
        for number in range(10):
            self.held.task(f"Held {number}", to=self.held.person(f"H{number}"))
        for number in range(CHANNELS):
            self._digests(self.free.slack.add_channel(f"team-{number}", team=self.free.team).id)

    def _digests(self, channel: str) -> None:
        schedule = self.free.factory.add(
            Schedule(
                kind="forecast", slack_channel=channel, freq="daily", local_time="09:00", zone="UTC",
                locale="en-US", created_at=self.moment, next_at=self.moment + timedelta(days=1),
            )
        )  # fmt: skip
        with self.free.store.transaction(self.free.ann, now=self.moment, how="proof") as session:
            for number in range(DIGESTS // CHANNELS):
                post_notice(
                    session, kind=NoticeKind.FORECAST_DIGEST, recipient=channel, due_at=self.moment,
                    dedupe_key=f"{channel}:{number}", subject="schedules", subject_id=schedule.id,
                )  # fmt: skip

    def run(self) -> tuple[list[float], list[float]]:
        """Work until all is sent. When each digest was sent, and when the held workspace was called."""
        bench, began = self.held, time.monotonic()
        called: list[float] = []
        client = bench.client

        def noted(team_id: str) -> object:
            if team_id == bench.team.id:
                called.append(time.monotonic() - began)
            return client(team_id)

        start = machine_clock()
        environment = Environment(dealdesk_messages_a_minute=10**6)
        worker = Worker(
            bench.store, lambda: self.moment + timedelta(hours=1), noted, environment,  # type: ignore[arg-type]
            machine=machine_clock,
        )  # fmt: skip
        worker.start()
        while _waiting(bench):
            assert time.monotonic() - began < 120 + RETRY_AFTER_S
            time.sleep(0.1)
        worker.stop()
        with self.free.store.reading(self.free.factory.workspace_id) as session:
            ends = [each.settled_at for each in session.query(Notice) if each.settled_at]
        bench.slack.stop()
        return sorted((end - start).total_seconds() for end in ends), called


def _waiting(bench: Bench) -> int:
    with bench.store.everywhere(writes=False) as session:
        return session.query(Notice).filter(Notice.settled_at.is_(None)).count()


def test_a_429_of_one_workspace_slows_no_other(make_store: Callable[[], Store]) -> None:
    alone, with_held = Two(make_store()), Two(make_store())
    with_held.held.slack.faults.add(POST, retry_after=RETRY_AFTER_S)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(two.run) for two in (alone, with_held)]
        (usual, _), (beside, called) = (run.result() for run in runs)
    later = [late - soon for soon, late in zip(usual, beside, strict=True)]
    tried = [at for at in called if at < called[0] + RETRY_AFTER_S]
    seen(
        "one workspace held", retry_after_s=RETRY_AFTER_S, digests=len(beside), slower_s=round(max(later), 2),
        faster_s=round(-min(later), 2), last_s=[round(usual[-1], 1), round(beside[-1], 1)],
        began_before_the_429_was_known=len(tried),
    )  # fmt: skip
    assert len(beside) == DIGESTS
    assert max(later) <= 1
    # Four of a workspace may be on their way when the first of them is refused; none begins after.
    assert len(tried) <= 4
