"""Proof: 4 worker processes share what is due, each notice claimed once, with clocks an hour apart too.

PROOF_CLAIMS is how many are due (full: 10000).
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pytest
import time_machine

from bot.domain.notices import NoticeKind, NoticeState
from bot.store import Store
from bot.store.claims import Pace, claim_notices
from bot.store.clock import clock_of
from bot.store.notices import settle
from tests.proofs.bulk import add_notices
from tests.proofs.sizes import seen, size
from tests.support.factories import Factory

CLAIMS = size("PROOF_CLAIMS", 1000)
WORKERS = 4
_forks = get_context("forkserver")


def work(database_url: str, skew: timedelta, taken: Connection) -> None:
    """Claim and settle until nothing is left, on a machine whose clock is wrong by `skew`."""
    with time_machine.travel(datetime.now(UTC) + skew):
        store = Store(database_url)
        clock, ids = clock_of(store), []
        pace = Pace(timedelta(seconds=60), timedelta(0))
        while True:
            with store.everywhere() as session:
                now = clock()
                batch = claim_notices(session, now=now, machine=now, pace=pace, limit=4)
            if not batch:
                break
            with store.everywhere() as session:
                ids += [(each.id, each.uncertain) for each in batch]
                settle(session, [each.id for each in batch], NoticeState.SENT, machine=clock())
    taken.send(ids)


@pytest.mark.parametrize("hours", [(0, 0, 0, 0), (-1, 1, 0, -1)], ids=str)
def test_each_notice_is_claimed_once(postgres_url: str, hours: tuple[int, ...]) -> None:
    store = Store(postgres_url)
    now = clock_of(store)()
    factory = Factory(store, now)
    due = (now - timedelta(minutes=1), now - timedelta(seconds=1))
    add_notices(store, factory.workspace_id, CLAIMS, due=due, kind=NoticeKind.TASK_ASSIGNED)
    pipes = [_forks.Pipe(duplex=False) for _ in range(WORKERS)]
    processes = [
        _forks.Process(target=work, args=(postgres_url, timedelta(hours=skew), there))
        for skew, (_here, there) in zip(hours, pipes, strict=True)
    ]
    for process in processes:
        process.start()
    shares = [here.recv() for here, _there in pipes]
    for process in processes:
        process.join()
    store.close()
    counts = Counter(notice for share in shares for notice, _uncertain in share)
    uncertain = sum(uncertain for share in shares for _notice, uncertain in share)
    seen(
        "shared claims", due=CLAIMS, clocks_apart_h=hours, claimed=len(counts),
        twice=counts.total() - len(counts), taken_for_dead=uncertain, shares=[len(share) for share in shares],
    )  # fmt: skip
    assert (len(counts), counts.total(), uncertain) == (CLAIMS, CLAIMS, 0)
