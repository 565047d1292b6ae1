"""Proof: worker processes killed at any moment lose no reminder and send none twice.

PROOF_REMINDERS is how many are due, PROOF_KILLS at how many random points a worker is killed (full: 10000
and 500). Two workers share them on PostgreSQL, one works on SQLite; each is killed with SIGKILL at a random
point of its work, or at a labelled step of a delivery, and replaced at once, until all is sent. Where Slack
lets nobody look into its history, a kill may double the one message that was on its way.
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
from bot.playground.slack.faults import Fault
from bot.services.tasks import make_task
from bot.store import Store
from bot.store.notices import notice_figures
from bot.store.workspaces import access_workspace
from tests.proofs.sizes import SEED, done_before, seen, size
from tests.support.factories import Factory

REMINDERS, KILLS = size("PROOF_REMINDERS", 40), size("PROOF_KILLS", 2)
LABELLED = ("claimed", "prepared", "about to send", "sent", "written down")
RANDOM = "random"
"""Where a worker is killed: right after one of these steps, or at a random point of its work."""
LEASE_S = {True: 1.0, False: 3.0}
"""How long a worker holds a notice and waits for an answer, with history and without: there an answer
that a busy machine is late with doubles a message just as a kill does.
"""
ANSWER_S = 0.05
"""How long Slack takes to answer once it has the message: the moment at which a kill hurts most."""
JITTER_S, LONGEST_LIFE_S = 0.06, 10.0
"""How far a random kill is from a post, at random; and how long a worker may live that sends too little."""
CALM = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

DAY = timedelta(days=1)
"""Everything falls due within one, after which the workers begin."""
SOMETIMES = 100
"""After so many kills it is said how far a long proof has come."""

_forks = get_context("forkserver")


def work(
    database_url: str, slack_url: str, log: Path, lease_s: float, step: str, nth: int, begun: Connection
) -> None:
    """A worker process, as `dealdesk worker` is one, a day after everything fell due."""
    from bot.app import build_app
    from bot.app.working import build_worker
    from bot.clock import SetClock
    from bot.logs import set_up_logs

    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
    set_up_logs(machine_readable=True)
    environment = Environment(
        slack_bot_token="xoxb-pretend", slack_signing_secret="s", slack_api_url=slack_url,
        slack_app_token=None, dealdesk_lease_s=lease_s, dealdesk_send_timeout_s=lease_s,
        dealdesk_messages_a_minute=10**6,
    )  # fmt: skip
    _die_after(step, nth)
    build_worker(build_app(environment, Store(database_url), SetClock(CALM + DAY))).start()
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

    if step != RANDOM:
        owner, name = places.get(step, (Delivery, "deliver"))
        original = getattr(owner, name)
        setattr(owner, name, doomed)


class Posts:
    """How many messages Slack has been given."""

    def __init__(self, slack: PretendSlack) -> None:
        self.count, take = 0, slack.faults.take

        def counted(method: str) -> Fault | None:
            self.count += method == "chat.postMessage"
            return take(method)

        slack.faults.take = counted  # type: ignore[method-assign]


class Plan:
    """Where the workers are killed: the random points are spread over all that is to be sent."""

    def __init__(self, posts: Posts) -> None:
        self.posts, self.kills, self.unsent = posts, Counter[str](), REMINDERS
        self._chance, self._numbers = random.Random(SEED), count()

    def step(self) -> str:
        """Of the next worker: each step once at first, then five random points to each labelled step."""
        number = next(self._numbers)
        if number < len(LABELLED):
            return LABELLED[number]
        every = len(LABELLED) + 1
        return LABELLED[number // every % len(LABELLED)] if number % every == 0 else RANDOM

    def nth(self) -> int:
        """After how many times at its step a worker dies."""
        return self._chance.randint(3, 7)

    def doom(self) -> tuple[int, float]:
        """After how many posts from now a worker dies at a random point, and how long after the last."""
        # Somewhat more than are asked for: chance may spare a worker at the end.
        kills, left = max(KILLS * 21 // 20 - self.kills[RANDOM], 1), self.unsent
        return self.posts.count + self._chance.randint(0, 2 * left // kills), self._chance.uniform(
            0, JITTER_S
        )


class Doomed:
    """A worker that will be killed at a random point of its work, or at a step of its own choice."""

    def __init__(self, plan: Plan, *arguments: object) -> None:
        self._plan, self.step = plan, plan.step()
        self._last, self._wait_s = plan.doom()
        self._dies_at = self._dies_late = float("inf")
        self._begun, begun = _forks.Pipe(duplex=False)
        self._process = _forks.Process(
            target=work, args=(*arguments, self.step, plan.nth(), begun), daemon=True
        )
        self._process.start()
        begun.close()

    def is_due(self) -> bool:
        """True when it has killed itself, or its moment has come."""
        now = time.monotonic()
        if self._dies_late == float("inf") and self._begun.poll():
            self._dies_late = now + LONGEST_LIFE_S
        if self.step == RANDOM and self._dies_at == float("inf") and self._plan.posts.count >= self._last:
            self._dies_at = now + self._wait_s
        return not self._process.is_alive() or now > min(self._dies_at, self._dies_late)

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
    log = tmp_path / "workers.log"
    log.touch()
    texts = _remind(store, slack)
    _forks.set_forkserver_preload([__name__, "bot.app", "bot.app.working"])
    plan, ends = Plan(Posts(slack)), time.monotonic() + 180 + 4 * REMINDERS

    def doom() -> Doomed:
        url = store.engine.url.render_as_string(hide_password=False)
        return Doomed(plan, url, slack.api_url, log, LEASE_S[history])

    workers = [doom() for _ in range(1 if store.is_sqlite else 2)]
    look_at = 0.0
    while plan.unsent:
        assert time.monotonic() < ends, f"seed {SEED}: {plan.unsent} never sent\n{log.read_text()[-3000:]}"
        for number, worker in enumerate(workers):
            if worker.is_due():
                worker.kill()
                plan.kills[worker.step] += 1
                workers[number] = doom()
                if plan.kills.total() % SOMETIMES == 0:
                    kills, posts = dict(plan.kills), plan.posts.count
                    seen("killed workers so far", engine=engine, history=history, kills=kills, posts=posts)
        time.sleep(0.01)
        if time.monotonic() > look_at:
            look_at, plan.unsent = time.monotonic() + 0.5, _unsent(store)
    for worker in workers:
        worker.kill()
    said = Counter(
        message.text.splitlines()[0].removeprefix("⏰ ")
        for user in slack.users()
        for message in slack.dm(user)
    )
    doubled = sum(times - 1 for times in said.values())
    lost = [text for text in texts if text not in said]
    seen(
        "killed workers", part=part, engine=engine, reminders=REMINDERS, kills=dict(plan.kills),
        lost=len(lost), posts=plan.posts.count, doubled=doubled,
    )  # fmt: skip
    assert lost == []
    assert doubled <= (0 if history else plan.kills.total())
    assert plan.kills.total() >= 3
    assert plan.kills[RANDOM] >= KILLS or REMINDERS < 10_000
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
            due = CALM + timedelta(minutes=1) + number * DAY / (REMINDERS + 100)
            make_task(session, actor, text=text, due=due, now=CALM)
    return texts


def _unsent(store: Store) -> int:
    with store.everywhere(writes=False) as session:
        counts = notice_figures(session, now=CALM).counts
    return sum(counts.values()) - counts.get(NoticeState.SENT, 0)
