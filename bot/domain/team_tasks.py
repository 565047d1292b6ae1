"""What several people are each to do: how far they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How many have done their part; who declined, or whose part was dropped, no longer counts."""

    done: int
    open: int
    declined: int

    @property
    def total(self) -> int:
        """How many parts there are to be done."""
        return self.done + self.open

    @property
    def share(self) -> float:
        """What is done of it, from 0 to 1."""
        return self.done / self.total if self.total else 0.0

    @property
    def is_over(self) -> bool:
        """Nobody has anything left to do."""
        return not self.open
