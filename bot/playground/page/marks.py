"""How far each person has read in each channel."""

import threading
from collections.abc import Iterable

from bot.playground.slack.talk import Message


class Marks:
    """Read marks, in memory; what was said before `start` counts as read by everyone."""

    def __init__(self, start: str) -> None:
        self._start = start
        self._read: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def read(self, person: str, channel: str, ts: str) -> None:
        """The person has seen everything in the channel up to `ts`."""
        with self._lock:
            self._read[person, channel] = max(ts, self._read.get((person, channel), self._start))

    def unread(self, person: str, channel: str, messages: Iterable[Message]) -> int:
        """How many messages of others the person has not seen."""
        with self._lock:
            mark = self._read.get((person, channel), self._start)
        return sum(1 for message in messages if message.ts > mark and message.user != person)
