"""Who works together on a record, and who wants to hear of it."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, ExactDecimal


class Collaborator(Recorded, Base):
    """Somebody who works on a customer or an opportunity besides its owner."""

    __tablename__ = "collaborators"
    __table_args__ = (Index(None, "customer_id"), Index(None, "opportunity_id"))

    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    role: Mapped[str | None]
    """presales, technical, delivery, service or sponsor; or what somebody called it."""
    credit_percent: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Their share of what an opportunity brings; the owner has what is left of 100."""

    person: Mapped[Person] = relationship(lazy="raise")


class Follow(Recorded, Base):
    """Somebody who hears of what happens with a customer, an opportunity or a task."""

    __tablename__ = "follows"
    __table_args__ = (
        Index(None, "customer_id"),
        Index(None, "opportunity_id"),
        Index(None, "task_id"),
        Index(None, "person_id"),
    )

    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"))
    task_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("tasks.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))

    person: Mapped[Person] = relationship(lazy="raise")
