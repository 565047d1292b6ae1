"""The worker: in-memory ticks that claim what is due and deliver it on a small pool."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, machine_clock
from bot.config import Environment
from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.jobs.daily import run_due_routines
from bot.jobs.delivery import ClientFor, Delivery
from bot.services.pools import tend_lead
from bot.services.schedules import make_due
from bot.store import Store, StoreUnavailable
from bot.store.claims import Claimed, Pace, claim_notices, has_ready, renew_lease
from bot.store.interactions import forget_interactions
from bot.store.open_ledger import compact
from bot.store.pools import list_idle
from bot.store.schedules import UnknownSchedule, due_schedules

log = structlog.get_logger(__name__)
# A tick that is still sending when the next one is due is no news.
logging.getLogger("apscheduler").setLevel(logging.ERROR)

_THREADS = 16
_SHARE = 4
"""How many deliveries of one workspace may run at once, so that one that hangs leaves room for the others."""
_IN_LINE_S = 0.5
"""How long a workspace's next message waits for the one before, so that they arrive in the order of their
moments and yet one channel that hangs does not stop the rest."""
_LOOK_AGAIN_S = 0.1
_BEATS_A_LEASE = 3
_REMEMBERED = timedelta(days=30)
"""How long a delivery of Slack's is known again; its own retries end within hours."""


class Worker:
    """Sends what is due. Several of them share the work on PostgreSQL; SQLite has one.

    `clock` says what is due and may be moved by the demo; `machine` measures leases and waits, and is the
    same for all workers of a database. `client_for` finds the client of a Slack team.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        client_for: ClientFor,
        environment: Environment,
        *,
        machine: Clock = machine_clock,
        pace: timedelta = timedelta(seconds=1),
    ) -> None:
        self._store, self._clock, self._machine = store, clock, machine
        self._delivery = Delivery(store, clock, machine, client_for, environment)
        self._pace = Pace(
            timedelta(seconds=environment.dealdesk_lease_s),
            pace,
            environment.dealdesk_digest_above,
            environment.dealdesk_messages_a_minute,
        )
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="notice")
        self._ticks = BackgroundScheduler(timezone="UTC")
        self._one_sender = threading.Lock()
        self._stopping = threading.Event()
        self._running: dict[Future[None], Claimed] = {}
        self._last: dict[int, Future[None]] = {}
        """Of each workspace, the delivery that began last."""

    def start(self) -> None:
        """Tick once a second, on a thread of its own, until stopped."""
        for tick in (self._make_due, self._send_due):
            self._ticks.add_job(
                self._guarded, "interval", [tick], seconds=1, coalesce=True, misfire_grace_time=None
            )
        self._ticks.add_job(
            self._guarded, "interval", [self._tend_idle], minutes=1, coalesce=True, misfire_grace_time=None
        )
        beat = self._pace.lease.total_seconds() / _BEATS_A_LEASE
        self._ticks.add_job(self._guarded, "interval", [self._keep_leases], seconds=beat, coalesce=True)
        self._ticks.add_job(self._guarded, "interval", [self._forget], hours=1, misfire_grace_time=None)
        self._ticks.add_job(
            self._guarded, "interval", [self._compact], minutes=1, coalesce=True, misfire_grace_time=None
        )
        self._ticks.add_job(
            self._guarded, "interval", [self._run_routines], minutes=1, coalesce=True, misfire_grace_time=None
        )
        self._ticks.start()

    def stop(self) -> None:
        """Begin nothing more, and let what is being sent end."""
        self._stopping.set()
        if self._ticks.running:
            self._ticks.shutdown(wait=True)
        self._pool.shutdown(wait=True)

    def tick(self) -> None:
        """Make the notices of due schedules and idle leads, then send all that is due, one message a second
        a channel.

        Returns when nothing more can be sent now. What failed, or waits for Slack's 429, is left for later.
        """
        self._run_routines()
        self._make_due()
        self._tend_idle()
        self._send_due()

    def _run_routines(self) -> None:
        run_due_routines(self._store, self._clock)

    def _send_due(self) -> None:
        with self._one_sender:
            while not self._stopping.is_set():
                began = self._begin()
                self._running = {each: claimed for each, claimed in self._running.items() if not each.done()}
                if began:
                    continue
                if not self._running and not self._has_ready():
                    return
                # Either something ends, or a channel's second does.
                if self._running:
                    wait(self._running, timeout=_LOOK_AGAIN_S, return_when=FIRST_COMPLETED)
                else:
                    self._stopping.wait(_LOOK_AGAIN_S)

    def _guarded(self, tick: Callable[[], None]) -> None:
        try:
            tick()
        except StoreUnavailable as error:
            log.warning("database_does_not_answer", error=str(error))
        except Exception:
            # The scheduler would say nothing of it, and tick on.
            log.exception("tick_failed")

    def _make_due(self) -> None:
        now = self._clock()
        with self._store.everywhere(writes=False) as session:
            due = due_schedules(session, now)
        for workspace_id, schedule_id in due:
            try:
                with self._store.transaction(Actor(workspace_id), now=now, how="clock") as session:
                    make_due(session, schedule_id, now)
            except UnknownSchedule:
                continue
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("schedule_failed", schedule=schedule_id)  # the others run all the same

    def _tend_idle(self) -> None:
        now = self._clock()
        with self._store.everywhere(writes=False) as session:
            found = list_idle(session, now=now)
        for idle in found:
            try:
                with self._store.transaction(Actor(idle.workspace_id), now=now, how="clock") as session:
                    tend_lead(session, idle.lead_id, now=now)
            except Refusal:
                continue  # it was deleted or changed at the same moment
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("lead_failed", lead=idle.lead_id)  # the others are tended all the same

    def _keep_leases(self) -> None:
        """The heartbeat: what is still being delivered is not taken for dead, however long it takes."""
        alive = [claimed for future, claimed in list(self._running.items()) if not future.done()]
        if alive:
            with self._store.everywhere() as session:
                for claimed in alive:
                    renew_lease(session, claimed, until=self._machine() + self._pace.lease)

    def _compact(self) -> None:
        goes_on = True
        while goes_on and not self._stopping.is_set():
            with self._store.everywhere() as session:
                goes_on = compact(session)

    def _forget(self) -> None:
        with self._store.everywhere() as session:
            forget_interactions(session, before=self._clock() - _REMEMBERED)

    def _has_ready(self) -> bool:
        with self._store.everywhere(writes=False) as session:
            return has_ready(session, now=self._clock(), machine=self._machine())

    def _begin(self) -> bool:
        """Claim what may begin now and hand it to the pool; False when there was nothing."""
        room = min(_THREADS - len(self._running), _SHARE)
        # SQLite has one writer: nobody takes its lock each second only to see that nothing is due.
        if room <= 0 or not self._has_ready():
            return False
        busy = Counter(claimed.workspace_id for claimed in self._running.values())
        with self._store.everywhere() as session:
            claimed = claim_notices(
                session,
                now=self._clock(),
                machine=self._machine(),
                pace=self._pace,
                limit=room,
                busy_workspaces=[workspace for workspace, count in busy.items() if count >= _SHARE],
                busy_notices=[notice for each in self._running.values() for notice in each.members],
            )
        for each in claimed:
            before = self._last.get(each.workspace_id)
            future = self._pool.submit(self._deliver, each, before)
            self._running[future], self._last[each.workspace_id] = each, future
        return bool(claimed)

    def _deliver(self, claimed: Claimed, before: Future[None] | None) -> None:
        if before is not None:
            wait([before], timeout=_IN_LINE_S)
        self._delivery.deliver(claimed)
