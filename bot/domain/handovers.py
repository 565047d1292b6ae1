"""Hand-overs: what of one person's book goes to another."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class HandoverFilter:
    """Which customers, by region and type, and whether closed opportunities stay; None and False are all."""

    region: str | None = None
    kind: str | None = None
    open_only: bool = False

    @property
    def names_customers(self) -> bool:
        """Only some customers are meant."""
        return bool(self.region or self.kind)


@dataclass(frozen=True)
class HandoverCounts:
    """How many records go."""

    customers: int
    opportunities: int
    leads: int
    tasks: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.customers + self.opportunities + self.leads + self.tasks

    def as_payload(self) -> dict[str, Any]:
        """As a notice keeps it."""
        return asdict(self)
