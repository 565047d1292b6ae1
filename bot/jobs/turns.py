"""Whose messages go one after another: those of workspaces whose history the bot may not read.

A worker that dies leaves open whether what it was sending arrived. Where history tells, several may be on
their way at once; where it does not, they are sent again, so that there must never be more than one.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_READS = frozenset(["channels:history", "groups:history", "im:history", "mpim:history"])


class Turns:
    """What this worker has heard of each workspace's scopes. Safe to use from several threads."""

    def __init__(self) -> None:
        self._blind: set[int] = set()
        self._turn: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def hear(self, workspace_id: int, headers: Mapping[str, str]) -> None:
        """Keep what an answer of Slack's says about the scopes of its token."""
        scopes = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
        if scopes is None:
            return
        if _READS & {scope.strip() for scope in scopes.split(",")}:
            self._blind.discard(workspace_id)
        else:
            self._blind.add(workspace_id)

    def is_blind(self, workspace_id: int) -> bool:
        """True where the bot is known to have no scope to look what arrived."""
        return workspace_id in self._blind

    @contextmanager
    def of(self, workspace_id: int) -> Iterator[None]:
        """Wait until nothing else of the workspace is on its way, where that could not be looked up."""
        if not self.is_blind(workspace_id):
            yield
            return
        with self._turn[workspace_id]:
            yield
