"""Signals: what about an open opportunity needs a look, each with its evidence; measured against history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

FEW = 20
"""With fewer past cases than this nothing is called unusual."""


class SignalKind(StrEnum):
    """In the order of how much it presses."""

    OVERDUE = "overdue"
    """Its planned day is over."""
    OUTLIVED = "outlived"
    """Open for longer than nearly all that were ever won."""
    STALE = "stale"
    """Nothing has happened for longer than is usual in its stage."""
    PUSHED = "pushed"
    """Its planned day was moved back, and moved back again."""
    SLOW = "slow"
    """In its stage for longer than an admin expects of one."""
    COMPETITOR = "competitor"
    """A competitor was named lately."""
    NO_NEXT_STEP = "no_next_step"
    """Nothing is planned."""
    SINGLE_CONTACT = "single_contact"
    """Everything hangs on one person at the customer."""


PRESSING = frozenset([SignalKind.OVERDUE, SignalKind.OUTLIVED, SignalKind.STALE, SignalKind.PUSHED])
"""Those that lists and messages tell of; the others stand on the card."""


@dataclass(frozen=True)
class Signal:
    """One signal. `days` and `usual` are what it rests on; a later one of its kind has another `basis`."""

    kind: SignalKind
    days: int = 0
    usual: int = 0
    times: int = 0
    who: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of one open opportunity; days are those of the workspace's zone."""

    id: int
    stage_id: int
    opened_on: date | None
    close_on: date | None
    touched_on: date | None
    """The last activity, move or edit."""
    pushes: tuple[int, ...] = ()
    """By how many days its planned day was moved back, each time."""
    competitor: str | None = None
    competitor_named_on: date | None = None
    has_next_step: bool = True
    contacts: int = 0
    in_stage_since: date | None = None
    expected_days: int | None = None
    """In this stage, as its admin says."""
    paused_until: date | None = None
    pause_reason: str = ""


@dataclass(frozen=True)
class Usual:
    """What history calls usual. A stage or figure with fewer than FEW cases is not there."""

    silence: Mapping[int, int] = field(default_factory=dict)
    """By open stage: in won sales nine of ten gaps between two touches were no longer, in days."""
    lifetime: int | None = None
    """Nineteen of twenty that were won had been won after so many days."""


NEW_FOR_DAYS = 14
"""So long a competitor is newly named."""


def signals_of(facts: Facts, usual: Usual, today: date) -> tuple[Signal, ...]:
    """What needs a look, the most pressing first; nothing while it is paused."""
    if facts.paused_until is not None and today < facts.paused_until:
        return ()
    found = []
    if facts.close_on is not None and facts.close_on < today:
        found.append(
            Signal(SignalKind.OVERDUE, (today - facts.close_on).days, basis=facts.close_on.isoformat())
        )
    age = (today - facts.opened_on).days if facts.opened_on else 0
    if usual.lifetime is not None and age > usual.lifetime:
        found.append(Signal(SignalKind.OUTLIVED, age, usual.lifetime))
    silent = (today - facts.touched_on).days if facts.touched_on else 0
    most = usual.silence.get(facts.stage_id)
    if facts.touched_on and most is not None and silent > most:
        found.append(Signal(SignalKind.STALE, silent, most, basis=facts.touched_on.isoformat()))
    if len(facts.pushes) >= 2:
        times = len(facts.pushes)
        found.append(Signal(SignalKind.PUSHED, sum(facts.pushes), times=times, basis=str(times)))
    stays = (today - facts.in_stage_since).days if facts.in_stage_since else 0
    if facts.expected_days is not None and stays > facts.expected_days:
        found.append(Signal(SignalKind.SLOW, stays, facts.expected_days))
    named = facts.competitor_named_on
    if facts.competitor and named is not None and 0 <= (today - named).days <= NEW_FOR_DAYS:
        found.append(
            Signal(SignalKind.COMPETITOR, (today - named).days, who=facts.competitor, basis=facts.competitor)
        )
    if not facts.has_next_step:
        found.append(Signal(SignalKind.NO_NEXT_STEP))
    if facts.contacts == 1:
        found.append(Signal(SignalKind.SINGLE_CONTACT))
    return tuple(found)


def usual_of(gaps: Mapping[int, Sequence[int]], lifetimes: Iterable[int]) -> Usual:
    """What is usual: `gaps` by stage and `lifetimes`, in days, of what was won."""
    ended = sorted(lifetimes)
    return Usual(
        {stage_id: quantile(sorted(days), 0.9) for stage_id, days in gaps.items() if len(days) >= FEW},
        quantile(ended, 0.95) if len(ended) >= FEW else None,
    )


def quantile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that at least this share of the values do not exceed."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
