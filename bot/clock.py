"""The clock: a function that tells the moment. Below the edge it is an argument."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """The machine's own moment, in UTC."""
    return datetime.now(UTC)


class SetClock:
    """A clock that was set to a moment and runs on from it; the demo moves it forward."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._set_at = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._set_at)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to another moment."""
        self._start, self._set_at = moment.astimezone(UTC), time.monotonic()
