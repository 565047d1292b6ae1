"""Proof: worker processes killed at any moment lose no reminder and send none twice.

PROOF_REMINDERS is how many are due (full: 10000, with some thousand kills). Two workers share them on
PostgreSQL, one works on SQLite; each is killed with SIGKILL after a random while, or at a labelled step of
a delivery, and replaced at once, until all is sent. Where Slack lets nobody look into its history, a kill
may double the one message that was on its way.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from bot.config import Environment
from bot.domain.notices import NoticeState
from bot.playground.slack import PretendSlack
from bot.services.tasks import make_task
from bot.store import Store
from bot.store.notices import list_notices
from bot.store.workspaces import access_workspace
from tests.proofs.sizes import SEED, done_before, seen, size
from tests.support.factories import Factory

REMINDERS = size("PROOF_REMINDERS", 60)
STEPS = ("claimed", "prepared", "about to send", "sent", "written down", "random")
"""Where a worker is killed: in turn right after one of these steps, or after a random while."""
LEASE_S = 1.0
ANSWER_S = 0.05
"""How long Slack takes to answer once it has the message: the moment at which a kill hurts most."""
FIRST_TICK_S, LONGEST_LIFE_S = 1.0, 3.5
"""Of a worker, after its start."""
CALM = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

_forks = get_context("forkserver")


def work(database_url: str, slack_url: str, log: Path, step: str, nth: int, begun: Connection) -> None:
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
        dealdesk_messages_a_minute=10**6,
    )  # fmt: skip
    _die_after(step, nth)
    build_worker(build_app(environment, Store(database_url), SetClock(CALM + timedelta(days=1)))).start()
    begun.send(True)
    signal.pause()


def _die_after(step: str, nth: int) -> None:
    """Let this process kill itself right after the nth time that it has come to a step of a delivery."""
    from bot.jobs.calls import Slack
    from bot.jobs.delivery import Delivery

    places = {
        "prepared": (Delivery, "_prepare"), "about to send": (Delivery, "_ready"),
        "sent": (Slack, "in_channel"), "written down": (Delivery, "_post"),
    }  # fmt: skip
    times = count(1)

    def doomed(*arguments: Any, **named: Any) -> Any:
        done = None if step == "claimed" else original(*arguments, **named)
        if next(times) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **named) if step == "claimed" else done

    if step != "random":
        owner, name = places.get(step, (Delivery, "deliver"))
        original = getattr(owner, name)
        setattr(owner, name, doomed)


class Doomed:
    """A worker that will be killed: a random while after it began, or at a step of its own choice."""

    def __init__(self, chance: random.Random, number: int, *arguments: object) -> None:
        self._life_s, self._death = chance.uniform(FIRST_TICK_S, LONGEST_LIFE_S), float("inf")
        self.step, nth = STEPS[number % len(STEPS)], chance.randint(5, 12)
        self._begun, begun = _forks.Pipe(duplex=False)
        self._process = _forks.Process(target=work, args=(*arguments, self.step, nth, begun), daemon=True)
        self._process.start()
        begun.close()

    def is_due(self) -> bool:
        """True when it has killed itself, or its moment has come."""
        if self._death == float("inf") and self._begun.poll():
            self._death = time.monotonic() + (self._life_s if self.step == "random" else LONGEST_LIFE_S * 3)
        return not self._process.is_alive() or time.monotonic() > self._death

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


@pytest.mark.parametrize("history", [True, False], ids=["history", "no history"])
def test_killed_workers_lose_nothing_and_send_nothing_twice(
    store: Store, slack: PretendSlack, tmp_path: Path, *, history: bool
) -> None:
    engine, part = store.engine.dialect.name, f"{store.engine.dialect.name}, history {history}"
    if done_before("killed workers", part):
        return
    if not history:
        slack.team.scopes = frozenset(["chat:write", "im:write"])
    chance, log = random.Random(SEED), tmp_path / "workers.log"
    log.touch()
    texts = _remind(store, slack)
    _forks.set_forkserver_preload([__name__, "bot.app", "bot.app.working"])
    numbers, kills, ends = count(), Counter[str](), time.monotonic() + 180 + 4 * REMINDERS

    def doom() -> Doomed:
        url = store.engine.url.render_as_string(hide_password=False)
        return Doomed(chance, next(numbers), url, slack.api_url, log)

    workers = [doom() for _ in range(1 if store.is_sqlite else 2)]
    while _unsent(store):
        assert time.monotonic() < ends, f"seed {SEED}: {_unsent(store)} never sent\n{log.read_text()[-3000:]}"
        for number, worker in enumerate(workers):
            if worker.is_due():
                worker.kill()
                kills[worker.step] += 1
                workers[number] = doom()
        time.sleep(0.02)
    for worker in workers:
        worker.kill()
    said = Counter(message.text.splitlines()[0] for user in slack.users() for message in slack.dm(user))
    doubled = sum(times - 1 for times in said.values())
    lost = [text for text in texts if not any(text in line for line in said)]
    seen(
        "killed workers", part=part, engine=engine, reminders=REMINDERS, kills=dict(kills), lost=len(lost),
        posts=len(slack.calls("chat.postMessage")), doubled=doubled,
    )  # fmt: skip
    assert lost == []
    assert doubled <= (0 if history else kills.total())
    assert kills.total() >= 3
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
        waiting = [state for state in NoticeState if state != NoticeState.SENT]
        return len(list_notices(session, states=waiting, limit=REMINDERS))
