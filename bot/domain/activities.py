"""Activities: how long one took, as people say it."""

import re
from enum import StrEnum


class Direction(StrEnum):
    """Who began it."""

    IN = "in"
    OUT = "out"


_HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:h|hours?|hrs?|小时|个小时|钟头)", re.IGNORECASE)
_MINUTES = re.compile(r"(\d+)\s*(?:m|mins?|minutes?|分钟|分)?$", re.IGNORECASE)
_LONGEST_MIN = 7 * 24 * 60


def read_duration(typed: str) -> int | None:
    """Minutes: 30, 30 min, 1h, 1.5 h, 1 h 20, 半小时, 1小时20分钟. None for what is no duration."""
    rest = (
        typed.strip()
        .replace("半个小时", "30分钟")
        .replace("半小时", "30分钟")
        .replace("half an hour", "30 min")
    )
    found = _HOURS.match(rest)
    total = round(float(found[1]) * 60) if found else 0
    rest = rest[found.end() :].strip() if found else rest
    if rest:
        minutes = _MINUTES.fullmatch(rest)
        if minutes is None:
            return None
        total += int(minutes[1])
    return total if 0 < total <= _LONGEST_MIN else None
