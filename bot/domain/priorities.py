"""How much a task matters beside others of its day."""

from enum import IntEnum


class Priority(IntEnum):
    """Higher comes first."""

    LOW = -1
    NORMAL = 0
    HIGH = 1
    """Its reminder comes once more where nobody reacts."""
