"""Proof: worker processes killed at any moment lose no reminder and send none twice.

PROOF_REMINDERS is how many wait (default 60). Two workers share them on PostgreSQL; each is killed with
SIGKILL after a random while and replaced at once, until everything is sent.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.config import Environment
from bot.domain.notices import NoticeState
from bot.playground.slack import PretendSlack
from bot.services.tasks import make_task
from bot.store import Store
from bot.store.notices import list_notices
from bot.store.workspaces import access_workspace
from tests.support.factories import Factory

REMINDERS = int(os.environ.get("PROOF_REMINDERS", "60"))
SEED = int(os.environ.get("PROOF_SEED", str(time.time_ns())))
LEASE_S = 1.0
ANSWER_S = 0.05
"""How long Slack takes to answer once it has the message: the moment at which a kill hurts most."""
FIRST_TICK_S, LONGEST_LIFE_S = 1.0, 3.5
"""Of a worker, after its start."""
CALM = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

_forks = get_context("forkserver")


def work(database_url: str, slack_url: str, log: Path, begun: Connection) -> None:
    """A worker process, as `dealdesk worker` is one, a day after everything fell due."""
    from bot.app import build_app
    from bot.app.working import build_worker
    from bot.clock import SetClock
    from bot.logs import set_up_logs

    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
    set_up_logs(machine_readable=True)
    environment = Environment(
        slack_bot_token="xoxb-pretend", slack_signing_secret="s", slack_api_url=slack_url,
        slack_app_token=None, dealdesk_lease_s=LEASE_S, dealdesk_send_timeout_s=LEASE_S,
    )  # fmt: skip
    build_worker(build_app(environment, Store(database_url), SetClock(CALM + timedelta(days=1)))).start()
    begun.send(True)
    signal.pause()


class Doomed:
    """A worker that will be killed a random while after it began."""

    def __init__(self, chance: random.Random, *arguments: object) -> None:
        self._life_s, self._death = chance.uniform(FIRST_TICK_S, LONGEST_LIFE_S), float("inf")
        self._begun, begun = _forks.Pipe(duplex=False)
        self._process = _forks.Process(target=work, args=(*arguments, begun), daemon=True)
        self._process.start()
        begun.close()

    def is_due(self) -> bool:
        """True when its moment has come."""
        if self._death == float("inf") and self._begun.poll():
            self._death = time.monotonic() + self._life_s
        return time.monotonic() > self._death

    def kill(self) -> None:
        """End it with SIGKILL."""
        self._process.kill()
        self._process.join()
        self._begun.close()


@pytest.fixture
def slack() -> Iterator[PretendSlack]:
    """A Slack that takes its time to answer what it has done."""
    with PretendSlack() as pretend:
        pretend.faults.add("chat.postMessage", times=10**9, delay=ANSWER_S)
        yield pretend


def test_killed_workers_lose_nothing_and_send_nothing_twice(
    postgres_url: str, slack: PretendSlack, tmp_path: Path
) -> None:
    chance, log = random.Random(SEED), tmp_path / "workers.log"
    store = Store(postgres_url)
    texts = _remind(store, slack)
    _forks.set_forkserver_preload([__name__, "bot.app", "bot.app.working"])
    kills, ends = 0, time.monotonic() + 30 + REMINDERS
    workers = [Doomed(chance, postgres_url, slack.api_url, log) for _ in range(2)]
    while _unsent(store):
        assert time.monotonic() < ends, f"seed {SEED}: {_unsent(store)} never sent\n{log.read_text()[-3000:]}"
        for number, worker in enumerate(workers):
            if worker.is_due():
                worker.kill()
                kills += 1
                workers[number] = Doomed(chance, postgres_url, slack.api_url, log)
        time.sleep(0.02)
    for worker in workers:
        worker.kill()
    store.close()
    said = Counter(message.text.splitlines()[0] for user in slack.users() for message in slack.dm(user))
    doubled = [text for text, times in said.items() if times > 1]
    lost = [text for text in texts if not any(text in line for line in said)]
    posted = len(slack.calls("chat.postMessage"))
    print(
        f"seed {SEED}: {REMINDERS} reminders, {kills} kills, {posted} posts, lost {lost}, doubled {doubled}"
    )
    assert (lost, doubled) == ([], [])
    assert kills >= 4
    assert '"level": "error"' not in log.read_text()


def _remind(store: Store, slack: PretendSlack) -> list[str]:
    """One due reminder for each of many people, so that a channel's pace is not what is waited for."""
    factory = Factory(store, CALM)
    texts = [f"call number {number:05}" for number in range(REMINDERS)]
    with store.everywhere() as session:
        access_workspace(session, factory.workspace_id).slack_team_id = slack.team.id
    for number, text in enumerate(texts):
        user = slack.add_user(f"person{number}", tz="UTC")
        actor = factory.actor(user.real_name, slack_user_id=user.id)
        with store.transaction(actor, now=CALM, how="proof") as session:
            make_task(session, actor, text=text, due=CALM + timedelta(minutes=1 + number), now=CALM)
    return texts


def _unsent(store: Store) -> int:
    with store.reading(1) as session:
        notices = list_notices(session, limit=REMINDERS * 2)
        return sum(notice.state != NoticeState.SENT for notice in notices)
