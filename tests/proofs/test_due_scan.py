"""Proof: looking for what is due costs at most 2.5 times as much among a million pending as among 10,000.

PROOF_PENDING is how many wait (full: 1000000).
"""

import time
from datetime import timedelta

from bot.clock import machine_clock
from bot.domain.notices import NoticeKind
from bot.store import Store
from bot.store.claims import Pace, claim_notices, has_ready
from tests.proofs.bulk import add_notices
from tests.proofs.sizes import seen, size
from tests.support.factories import Factory

FEW, MANY = 10_000, size("PROOF_PENDING", 60_000)
ROUNDS, LIMIT = 41, 2.5
PACE = Pace(timedelta(seconds=60), timedelta(0))


class _TakenBack(Exception):
    pass


def _scan_ms(store: Store) -> float:
    """The best of looking and claiming four, which is taken back each time: all else that the machine does
    only adds to it.
    """
    taken = []
    for _ in range(ROUNDS):
        now = machine_clock()
        began = time.perf_counter()
        with store.everywhere(writes=False) as session:
            assert has_ready(session, now=now, machine=now)
        try:
            with store.everywhere() as session:
                assert len(claim_notices(session, now=now, machine=now, pace=PACE, limit=4)) == 4
                session.flush()
                taken.append(time.perf_counter() - began)
                raise _TakenBack
        except _TakenBack:
            continue
    return min(taken) * 1000


def test_a_scan_does_not_grow_with_what_is_pending(store: Store) -> None:
    now = machine_clock()
    factory = Factory(store, now)
    hour, year = timedelta(hours=1), timedelta(days=365)
    add_notices(store, factory.workspace_id, FEW // 10, due=(now - hour, now), kind=NoticeKind.TASK_ASSIGNED)
    coming = (now + hour, now + year)
    add_notices(store, factory.workspace_id, FEW - FEW // 10, due=coming, kind=NoticeKind.TASK_REMINDER)
    few = _scan_ms(store)
    later = (now + 2 * hour, now + year)
    add_notices(store, factory.workspace_id, MANY - FEW, due=later, kind=NoticeKind.TASK_REMINDER)
    many = _scan_ms(store)
    seen(
        "due scan", engine=store.engine.dialect.name, pending=[FEW, MANY], ms=[round(few, 2), round(many, 2)],
        ratio=round(many / few, 2),
    )  # fmt: skip
    assert many / few <= LIMIT
