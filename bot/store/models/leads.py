"""Leads, and how they are handed out: the pool, whose turn it is, the rules of an admin."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.leads import BANT
from bot.domain.money import Money
from bot.store.base import Base, Named, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, Day, Instant, Minor


class Lead(Named, Recorded, Base):
    """Somebody who may want to buy, not yet qualified. Converting makes customer, contact and opportunity."""

    __tablename__ = "leads"
    __table_args__ = (Index(None, "workspace_id", "state", "touched_at"),)

    name: Mapped[str]
    """The company, or the person where no company is known."""
    contact_name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    source: Mapped[str | None]
    campaign: Mapped[str | None]
    region: Mapped[str | None]
    size: Mapped[int | None]
    """How many people work there."""
    note: Mapped[str | None]
    need: Mapped[str | None]
    budget_minor: Mapped[int | None] = mapped_column(Minor)
    currency: Mapped[str | None]
    """Of the budget."""
    authority: Mapped[str | None]
    """Of the contact: decides, influences or uses."""
    needed_on: Mapped[date | None] = mapped_column(Day)
    """Until when they want it."""
    state: Mapped[str] = mapped_column(default="open")
    """open, converted or disqualified."""
    reason: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    """Nobody's where empty: it is in the pool."""
    held_since: Mapped[datetime | None] = mapped_column(Instant)
    """When its owner got it."""
    touched_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its owner last did something with it: an idle one goes back to the pool."""
    warned_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its owner was told that it goes back soon; empty again once they do something."""
    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"))
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values of the fields that admins define, by the field's id as text."""
    external_id: Mapped[str | None]

    owner: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def budget(self) -> Money | None:
        """What they can spend; None when unknown."""
        return (
            None
            if self.budget_minor is None or not self.currency
            else Money(self.budget_minor, self.currency)
        )

    @property
    def known(self) -> int:
        """How many of need, budget, authority and time are known."""
        return sum(getattr(self, column) is not None for column in BANT)


class LeadPolicy(Recorded, Base):
    """How leads are handed out: one row a workspace."""

    __tablename__ = "lead_policies"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    slack_channel: Mapped[str | None]
    """Where unclaimed leads are posted."""
    idle_days: Mapped[int | None]
    """After so many days without work a lead goes back to the pool; never where empty."""
    warn_days: Mapped[int] = mapped_column(default=2)
    """So many days before, its owner is told."""
    most_held: Mapped[int | None]
    """So many open leads one person may hold; any number where empty."""
    takes_turns: Mapped[bool] = mapped_column(default=False)
    """A new lead that no rule names anybody for goes to whoever has waited longest, not to the pool."""


class LeadShare(Recorded, Base):
    """A person's part in the turns: whether they take one, how many leads they carry, when they are away."""

    __tablename__ = "lead_shares"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    takes_turns: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    away_from: Mapped[date | None] = mapped_column(Day)
    away_until: Mapped[date | None] = mapped_column(Day)
    """The last day away."""
    stand_in_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who gets their reminders meanwhile; None: they wait."""

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    stand_in: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[stand_in_id])


class LeadRule(Recorded, Base):
    """To whom leads of a kind go. The first rule that fits decides; what a rule leaves empty fits all."""

    __tablename__ = "lead_rules"

    position: Mapped[int]
    region: Mapped[str | None]
    source: Mapped[str | None]
    least_size: Mapped[int | None]
    most_size: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Empty: to the pool."""

    person: Mapped[Person | None] = relationship(lazy="raise")
