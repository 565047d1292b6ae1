"""What a search found: records of every kind, each with what fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.duplicates import Reason
from bot.store.models import Contact, Customer, Lead, Opportunity, Person, Product

Record = TypeVar("Record")


@dataclass(frozen=True)
class Hit(Generic[Record]):
    """A record that fits; `matched` is what does, where that is not its name."""

    record: Record
    matched: str | None = None


@dataclass(frozen=True)
class Found:
    """Records by kind, the best first; one more than a page where there are more."""

    customers: Sequence[Hit[Customer]]
    contacts: Sequence[Hit[Contact]]
    opportunities: Sequence[Hit[Opportunity]]
    leads: Sequence[Hit[Lead]]
    products: Sequence[Hit[Product]]
    people: Sequence[Hit[Person]]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        kinds = self.customers, self.contacts, self.opportunities, self.leads, self.products, self.people
        return any(kinds)


@dataclass(frozen=True)
class Close(Generic[Record]):
    """A record that is probably the same; `is_seen` is False where the reader may know its owner only."""

    record: Record
    reasons: tuple[Reason, ...]
    is_seen: bool
