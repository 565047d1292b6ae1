"""Products and quotes."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.money import Money
from bot.store.base import Base, Named, Recorded
from bot.store.models.customers import Customer
from bot.store.types import BigId, Day, ExactDecimal, Minor

if TYPE_CHECKING:
    from bot.store.models.opportunities import Opportunity


class Product(Named, Recorded, Base):
    """Something that is sold, at a list price."""

    __tablename__ = "products"
    __table_args__ = (Index(None, "workspace_id", "name_key"),)

    name: Mapped[str]
    name_key: Mapped[str]
    price_minor: Mapped[int | None] = mapped_column(Minor)
    currency: Mapped[str] = mapped_column(String(3))
    external_id: Mapped[str | None]

    @property
    def price(self) -> Money | None:
        """The list price; None when unknown."""
        return None if self.price_minor is None else Money(self.price_minor, self.currency)


class Quote(Recorded, Base):
    """An offer to a customer: lines, a discount on their sum, a day until which it holds."""

    __tablename__ = "quotes"
    __table_args__ = (Index("ix_quotes_customer", "workspace_id", "customer_id"),)

    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    currency: Mapped[str] = mapped_column(String(3))
    discount_percent: Mapped[Decimal] = mapped_column(ExactDecimal, default=Decimal(0))
    valid_until: Mapped[date | None] = mapped_column(Day)
    state: Mapped[str] = mapped_column(default="draft")
    """draft, sent, accepted or declined."""
    total_minor: Mapped[int] = mapped_column(Minor)
    """As bot.domain.quotes computes it from the lines; kept so that lists and sums need no lines."""
    note: Mapped[str | None]
    external_id: Mapped[str | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    opportunity: Mapped["Opportunity | None"] = relationship(lazy="raise")
    lines: Mapped[list["QuoteLine"]] = relationship(
        lazy="raise", back_populates="quote", order_by="QuoteLine.position"
    )

    @property
    def total(self) -> Money:
        """What the customer is to pay."""
        return Money(self.total_minor, self.currency)


class QuoteLine(Recorded, Base):
    """One line of a quote: how many of what, at which price."""

    __tablename__ = "quote_lines"

    quote_id: Mapped[int] = mapped_column(BigId, ForeignKey("quotes.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("products.id"))
    position: Mapped[int]
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(ExactDecimal)
    unit_price_minor: Mapped[int] = mapped_column(Minor)
    discount_percent: Mapped[Decimal] = mapped_column(ExactDecimal, default=Decimal(0))

    quote: Mapped[Quote] = relationship(lazy="raise", back_populates="lines")
    product: Mapped[Product | None] = relationship(lazy="raise")
