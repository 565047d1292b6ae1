"""The change feed: a page waits here for news instead of asking again and again."""

import threading
from collections import deque
from dataclasses import dataclass

_KEPT = 2_000


@dataclass(frozen=True)
class Change:
    """Something people may see differently now.

    `noun` is message, modal, home, channel, user, team or delivery; `channel` and `user` say for whom it
    matters, where that is narrower than everyone.
    """

    number: int
    noun: str
    channel: str | None = None
    user: str | None = None


class Changes:
    """Numbered changes, newest last; waiting for the next one costs no polling."""

    def __init__(self, lock: threading.RLock) -> None:
        self._news = threading.Condition(lock)
        self._kept: deque[Change] = deque(maxlen=_KEPT)
        self._number = 0
        self._closed = False

    @property
    def number(self) -> int:
        """The number of the newest change; 0 before the first."""
        with self._news:
            return self._number

    def note(self, noun: str, *, channel: str | None = None, user: str | None = None) -> Change:
        """Record a change and wake whoever waits."""
        with self._news:
            self._number += 1
            change = Change(self._number, noun, channel, user)
            self._kept.append(change)
            self._news.notify_all()
            return change

    def since(self, number: int, *, timeout: float = 0.0) -> list[Change]:
        """The changes after `number`, waiting up to `timeout` seconds for the first of them."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._number > number, timeout)
            return [change for change in self._kept if change.number > number]

    def close(self) -> None:
        """Let every waiting reader go on without a change, so that a server can stop at once."""
        with self._news:
            self._closed = True
            self._news.notify_all()
