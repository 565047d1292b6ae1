"""Proof: 1,000 reminders to 1,000 people at 300 messages a minute take 220 seconds, and never less.

PROOF_PEOPLE and PROOF_A_MINUTE (full: 1000 and 300) are how many, and the pace.
"""

import time
from collections import Counter
from datetime import timedelta

from bot.clock import machine_clock
from bot.config import Environment
from bot.domain.notices import NoticeState
from bot.jobs import Worker
from bot.store.notices import notice_figures
from tests.jobs.conftest import Bench, bench
from tests.proofs.sizes import seen, size

__all__ = ["bench"]

PEOPLE, A_MINUTE = size("PROOF_PEOPLE", 40), size("PROOF_A_MINUTE", 300)
ALLOWED_S = 220 * (PEOPLE / 1000) * (300 / A_MINUTE)


def test_a_thousand_reminders_keep_the_pace_and_the_time(bench: Bench) -> None:
    for number in range(PEOPLE):
        bench.task(f"Call {number}", to=bench.person(f"P{number}"))
    bench.now += timedelta(minutes=1)
    environment = Environment(dealdesk_messages_a_minute=A_MINUTE, dealdesk_lease_s=60)
    worker = Worker(bench.store, lambda: bench.now, bench.client, environment, machine=machine_clock)
    began = time.monotonic()
    worker.tick()
    taken = time.monotonic() - began
    worker.stop()
    calls = bench.slack.calls("chat.postMessage")
    to = Counter(call.args["channel"] for call in calls)
    with bench.store.everywhere(writes=False) as session:
        counts = notice_figures(session, now=bench.now).counts
    # What the pretend Slack calls `at` is the clock of the test: the order of sending is told by its journal.
    seen("pace", people=PEOPLE, a_minute=A_MINUTE, seconds=round(taken, 1), allowed=ALLOWED_S, sent=counts)
    assert counts == {NoticeState.SENT: PEOPLE}
    assert (len(to), set(to.values()), {each[0] for each in to}) == (PEOPLE, {1}, {"U"})
    assert taken <= ALLOWED_S
    # A twentieth may go at once; the rest at the distance that keeps any minute within its number.
    spacing_s = 60 / (A_MINUTE - A_MINUTE // 20)
    assert taken >= (PEOPLE - A_MINUTE // 20 - 4) * spacing_s * 0.98
