"""What the page is given to show beside Slack's state: who may be played, what to try, and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Json = dict[str, Any]


class ClockControl(Protocol):
    """The demo's clock, which a visitor moves forward."""

    def now(self) -> datetime:
        """The moment it is in the demo, aware."""

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment`, after doing all that falls due until then."""

    def next_due(self) -> datetime | None:
        """When the next reminder or digest goes out; None where none is planned."""


@dataclass(frozen=True)
class Player:
    """A person whom a visitor may be; `role` is English and translated where it is shown."""

    id: str
    role: str


@dataclass(frozen=True)
class Example:
    """A line to try, and what it does in a few words, both in one language."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Cast:
    """Everything that does not change while the page is open.

    `commands` and `shortcuts` are the manifest's features.slash_commands and features.shortcuts;
    `examples` has the lines to try by language, en and zh.
    """

    players: tuple[Player, ...]
    commands: tuple[Json, ...]
    shortcuts: tuple[Json, ...]
    examples: Mapping[str, tuple[Example, ...]]

    def shortcuts_of(self, kind: str) -> list[Json]:
        """The shortcuts of one kind: global or message."""
        return [shortcut for shortcut in self.shortcuts if shortcut["type"] == kind]
