"""The database's clock: one for all processes, whatever the clocks of their machines say."""

import threading
import time
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.clock import Clock, machine_clock
from bot.store.database import Store, StoreUnavailable

_ASKED_EACH_S = 60.0
_UNANSWERED_S = 5.0


class DatabaseClock:
    """The moment by PostgreSQL's clock. Calling it costs nothing: the database is asked once a minute.

    In between it runs on by the process's monotonic time, which no change of the machine's clock moves.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: tuple[datetime, float] | None = None
        """A moment of the database's, and when it was that by monotonic time."""
        self._ask_at = 0.0
        self._one_asks = threading.Lock()

    def __call__(self) -> datetime:
        if time.monotonic() >= self._ask_at and self._one_asks.acquire(blocking=self._read is None):
            try:
                if time.monotonic() >= self._ask_at:
                    self._ask()
            finally:
                self._one_asks.release()
        if self._read is None:
            return machine_clock()
        moment, at = self._read
        return moment + timedelta(seconds=time.monotonic() - at)

    def _ask(self) -> None:
        before = time.monotonic()
        try:
            with self._store.everywhere(writes=False) as session:
                moment = session.scalar(select(func.clock_timestamp()))
        except StoreUnavailable:
            # Nothing can be done without it anyway; what was read before is still right.
            self._ask_at = time.monotonic() + _UNANSWERED_S
            return
        after = time.monotonic()
        if moment is not None:
            self._read, self._ask_at = (moment, (before + after) / 2), after + _ASKED_EACH_S


def clock_of(store: Store) -> Clock:
    """The clock that all who use the database share: its own, or on SQLite the one machine's."""
    return machine_clock if store.is_sqlite else DatabaseClock(store)
