"""Trouble on demand: Slack answering late, wrongly or not at all."""

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """How the next calls of a method fail.

    `error` is an error code with status 200, such as internal_error; `status` a bare HTTP status such as 500;
    `retry_after` seconds make it 429 `ratelimited`; `drop_before_accept` closes the connection with nothing
    done, `drop_after_accept` does the work and then closes it without an answer; `delay` seconds pass between
    the work and the answer.
    """

    method: str
    times: int = 1
    status: int | None = None
    error: str | None = None
    retry_after: int | None = None
    drop_before_accept: bool = False
    drop_after_accept: bool = False
    delay: float = 0.0


class Faults:
    """The faults still to come, taken in the order in which they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(
        self,
        method: str = "*",
        *,
        times: int = 1,
        status: int | None = None,
        error: str | None = None,
        retry_after: int | None = None,
        drop_before_accept: bool = False,
        drop_after_accept: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Let the next `times` calls of `method` fail: "*" is any, "response_url" those answers."""
        fault = Fault(method, times, status, error, retry_after, drop_before_accept, drop_after_accept, delay)
        with self._lock:
            self._waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault of this call, used up by being taken."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in ("*", method):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                    return fault
            return None

    def clear(self) -> None:
        """Let everything work again."""
        with self._lock:
            self._waiting.clear()
