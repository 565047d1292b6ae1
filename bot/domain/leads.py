"""Leads: what may become of them, what is known of them, and to whom they go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class LeadState(StrEnum):
    """How far a lead has come."""

    OPEN = "open"
    CONVERTED = "converted"
    DISQUALIFIED = "disqualified"


class Authority(StrEnum):
    """What the contact has to say in the matter."""

    DECIDES = "decides"
    INFLUENCES = "influences"
    USES = "uses"


BANT = ("need", "budget_minor", "authority", "needed_on")
"""What is asked to qualify a lead, by column."""


class _Rule(Protocol):
    region: str | None
    source: str | None
    least_size: int | None
    most_size: int | None


class _Lead(Protocol):
    region: str | None
    source: str | None
    size: int | None


def fits(rule: _Rule, lead: _Lead) -> bool:
    """Whether all that the rule names is so of the lead; a size that nobody knows fits no rule about size."""
    for wanted, found in ((rule.region, lead.region), (rule.source, lead.source)):
        if wanted and wanted.strip().casefold() != (found or "").strip().casefold():
            return False
    if rule.least_size is None and rule.most_size is None:
        return True
    if lead.size is None:
        return False
    return (rule.least_size or 0) <= lead.size and (rule.most_size is None or lead.size <= rule.most_size)


@dataclass(frozen=True)
class Candidate:
    """Somebody whose turn it may be: how many open leads they hold, and when they last got one."""

    person_id: int
    held: int
    most: int | None
    last_at: datetime | None

    @property
    def has_room(self) -> bool:
        """One more would not be too many."""
        return self.most is None or self.held < self.most


def next_in_turn(candidates: Iterable[Candidate]) -> int | None:
    """Who has waited longest of those who have room; of two alike the one who holds fewer."""
    able = [each for each in candidates if each.has_room]
    if not able:
        return None

    def waited(each: Candidate) -> tuple[bool, float, int, int]:
        last = each.last_at.timestamp() if each.last_at else 0.0
        return each.last_at is not None, last, each.held, each.person_id

    return min(able, key=waited).person_id
