"""Proof: of sends of which 30 % answer 500, time out, or accept and drop, none is lost, and none doubled.

PROOF_SENDS is how many (full: 10000). The worker's clocks run faster than real ones, so that waiting for the
next try takes no time.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.config import Environment
from bot.domain.notices import NoticeState
from bot.jobs import Worker
from bot.playground.slack.faults import Fault
from bot.store import Store
from bot.store.notices import notice_figures
from tests.jobs.conftest import Bench
from tests.proofs.sizes import SEED, done_before, seen, size

SENDS = size("PROOF_SENDS", 150)
IN_ONE = 500
"""A long proof goes in parts of so many, and goes on with the part at which it stopped."""
POST, TROUBLE, TIMEOUT_S, FASTER = "chat.postMessage", 0.3, 0.5, 40


def _troubles(seed: str) -> Iterator[Fault | None]:
    chance = random.Random(seed)
    while True:
        fault = chance.choice(
            [
                {"status": 500}, {"drop_before_accept": True}, {"drop_after_accept": True},
                {"delay": TIMEOUT_S * 2},
            ]
        )  # fmt: skip
        yield Fault(POST, **fault) if chance.random() < TROUBLE else None  # type: ignore[arg-type]


PARTS = [min(IN_ONE, SENDS - first) for first in range(0, SENDS, IN_ONE)]


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_trouble_loses_nothing_and_doubles_nothing(sqlite_store: Store, part: int, now: object) -> None:
    if done_before("troubled sends", f"{part + 1} of {len(PARTS)}"):
        return
    bench, sends = Bench(sqlite_store, now), PARTS[part]  # type: ignore[arg-type]
    people = [bench.person(f"P{number}") for number in range(sends)]
    for number, person in enumerate(people):
        bench.task(f"Call {number}", to=person)
    troubles, lock, met = _troubles(f"{SEED}:{part}"), threading.Lock(), Counter[str]()
    take = bench.slack.faults.take

    def trouble(method: str) -> Fault | None:
        if method != POST:
            return take(method)
        with lock:
            fault = next(troubles)
            met["none" if fault is None else _name(fault)] += 1
            return fault

    bench.slack.faults.take = trouble  # type: ignore[method-assign]
    began = time.monotonic()

    def fast() -> timedelta:
        return timedelta(seconds=(time.monotonic() - began) * FASTER)

    due, machine = bench.now + timedelta(minutes=1), bench.machine
    environment = Environment(
        dealdesk_messages_a_minute=10**6, dealdesk_send_timeout_s=TIMEOUT_S, dealdesk_lease_s=60 * FASTER
    )
    worker = Worker(
        bench.store, lambda: due + fast(), bench.client, environment, machine=lambda: machine + fast(),
        pace=timedelta(0),
    )  # fmt: skip
    pause = threading.Event()
    while _unsent(bench):
        assert time.monotonic() - began < 120 + sends, f"seed {SEED}: {_unsent(bench)} never sent"
        worker.tick()
        pause.wait(0.05)
    worker.stop()
    counts = Counter(len(bench.texts(person)) for person in people)
    bench.close()
    seen(
        "troubled sends", part=f"{part + 1} of {len(PARTS)}", sends=sends, met=dict(met), lost=counts[0],
        doubled=sum(times for number, times in counts.items() if number > 1),
        seconds=round(time.monotonic() - began),
    )  # fmt: skip
    assert counts == {1: sends}


def _name(fault: Fault) -> str:
    if fault.status:
        return "500"
    if fault.delay:
        return "timed out"
    return "accepted and dropped" if fault.drop_after_accept else "dropped"


def _unsent(bench: Bench) -> int:
    with bench.store.everywhere(writes=False) as session:
        counts = notice_figures(session, now=bench.now).counts
    return sum(counts.values()) - counts.get(NoticeState.SENT, 0)
