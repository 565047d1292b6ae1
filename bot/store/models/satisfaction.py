"""What customers say of us: satisfaction and recommendation, after a visit or a delivery."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Recorded
from bot.store.models.customers import Customer
from bot.store.models.opportunities import Activity
from bot.store.models.products import Product
from bot.store.models.workspace import Person
from bot.store.types import BigId, Instant


class Rating(Recorded, Base):
    """One score that a customer gave: CSAT from 1 to 5, or NPS from 0 to 10."""

    __tablename__ = "ratings"
    __table_args__ = (
        Index(None, "workspace_id", "rated_at"),
        Index("ix_ratings_customer", "workspace_id", "customer_id"),
    )

    kind: Mapped[str]
    """csat or nps."""
    score: Mapped[int]
    comment: Mapped[str | None]
    rated_at: Mapped[datetime] = mapped_column(Instant)
    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Whose work was rated."""
    recorder_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("products.id"))
    activity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("activities.id"))
    """The visit or delivery that it is about."""
    external_id: Mapped[str | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    product: Mapped[Product | None] = relationship(lazy="raise")
    activity: Mapped[Activity | None] = relationship(lazy="raise")
