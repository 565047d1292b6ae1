"""The chance that an opportunity is won, as it is told: with reasons, beside the owner's own estimate."""

from dataclasses import dataclass

from bot.domain.suggestions import Suggestion
from bot.domain.winning import Reason


@dataclass(frozen=True)
class WinChance:
    """What the history says of an opportunity, beside what its owner says; shares of 1."""

    chance: float
    is_learned: bool
    reasons: tuple[Reason, ...]
    own: float | None
    """The owner's estimate."""
    ended: int
    """Sales that it was learned from, or that there are so far."""
    is_enough: bool
    """There was enough to learn from; where nothing was learned all the same, it told nothing."""
    suggestion: Suggestion | None
    source: str | None

    @property
    def apart(self) -> int | None:
        """By how many points the owner's estimate is above the history's; None without an estimate."""
        return None if self.own is None else round(self.own * 100) - round(self.chance * 100)
