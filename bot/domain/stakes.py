"""Where we stand against a competitor."""

from enum import StrEnum


class Standing(StrEnum):
    """Seen from us."""

    AHEAD = "ahead"
    LEVEL = "level"
    BEHIND = "behind"
