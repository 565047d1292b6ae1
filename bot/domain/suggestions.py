"""What to do next: what those that were won had in this stage, and this one has not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.domain.winning import SalePast

DEEDS = ("visit", "meeting", "call", "quote")
_ENOUGH_WON, _ENOUGH_LOST = 10, 5
_USUAL = 0.5
"""At least so many of those won had it."""
_LIFT = 0.15
"""And so much more of them than of those lost."""


@dataclass(frozen=True)
class Suggestion:
    """One thing to do, with the counts that it rests on."""

    deed: str
    stage_id: int
    won_with: int
    won: int
    lost_with: int
    lost: int

    @property
    def lift(self) -> float:
        """How much more usual it was with those won."""
        return self.won_with / self.won - self.lost_with / self.lost


def count_deeds(sales: Iterable[SalePast]) -> dict[str, list[int]]:
    """By stage/deed of sales that ended: won with it there, won, lost with it there, lost."""
    counts: dict[str, list[int]] = {}
    for sale in sales:
        there: dict[int, set[str]] = {}
        for stage_id, start, end in _stays(sale):
            there.setdefault(stage_id, set()).update(deeds_between(sale, start, end))
        for stage_id, deeds in there.items():
            for deed in DEEDS:
                count = counts.setdefault(f"{stage_id}/{deed}", [0, 0, 0, 0])
                first = 0 if sale.is_won else 2
                count[first] += deed in deeds
                count[first + 1] += 1
    return counts


def deeds_between(sale: SalePast, start: datetime, end: datetime | None) -> set[str]:
    """What was done from one moment on, to before another where one is named."""
    done = {kind for at, kind in sale.touches if start <= at and (end is None or at < end)}
    if any(start <= at and (end is None or at < end) for at in sale.quotes):
        done.add("quote")
    return done & set(DEEDS)


def suggest(
    counts: Mapping[str, Sequence[int]], sale: SalePast, stage_id: int, *, since: datetime | None
) -> Suggestion | None:
    """The one thing not yet done that most tells those won in this stage from those lost, if anything does.

    `since` is when the sale entered the stage.
    """
    done = deeds_between(sale, since, None) if since is not None else set()
    found = []
    for deed in DEEDS:
        won_with, won, lost_with, lost = counts.get(f"{stage_id}/{deed}", (0, 0, 0, 0))
        if deed in done or won < _ENOUGH_WON or lost < _ENOUGH_LOST:
            continue
        each = Suggestion(deed, stage_id, won_with, won, lost_with, lost)
        if won_with / won >= _USUAL and each.lift >= _LIFT:
            found.append(each)
    return max(found, key=lambda each: each.lift, default=None)


def _stays(sale: SalePast) -> Iterator[tuple[int, datetime, datetime | None]]:
    for (start, stage_id), (end, _next) in pairwise(sale.moves):
        yield stage_id, start, end
    if sale.moves:
        start, stage_id = sale.moves[-1]
        yield stage_id, start, None
