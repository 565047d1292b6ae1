"""The timeline of a customer: everything that happened with it, in order, with who did it and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

OWN = "custom:"
"""Before the name of a field that the workspace's admins defined."""


class TimelineKind(StrEnum):
    """What an entry is about; a timeline can be read by one of them."""

    ACTIVITY = "activity"
    STAGE = "stage"
    QUOTE = "quote"
    TASK = "task"
    RATING = "rating"
    """A score that the customer gave."""
    DATA = "data"
    """What was written into the customer, its contacts and opportunities."""


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as the record of changes keeps it; ids of records are names already."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Entry:
    """One thing that happened.

    `what` tells entries of a kind apart: logged, moved, made or changed. `entity` is the table that it
    happened to, `name` what that row is called. `how` is the interaction's name, or import, shell, clock.
    """

    at: datetime
    kind: TimelineKind
    what: str
    entity: str
    entity_id: int
    who: str | None = None
    how: str | None = None
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
