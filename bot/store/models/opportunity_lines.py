"""What an opportunity is about: products with quantities and prices, whose sum is its amount."""

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.money import Money
from bot.domain.quotes import LineValue
from bot.store.base import Base, Recorded
from bot.store.models.products import Product
from bot.store.types import BigId, ExactDecimal, Minor


class OpportunityLine(Recorded, Base):
    """One line: how many of what, at which price, in the opportunity's currency."""

    __tablename__ = "opportunity_lines"

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("products.id"))
    position: Mapped[int]
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(ExactDecimal)
    unit_price_minor: Mapped[int] = mapped_column(Minor)
    discount_percent: Mapped[Decimal] = mapped_column(ExactDecimal, default=Decimal(0))

    product: Mapped[Product | None] = relationship(lazy="raise")

    def value(self, currency: str) -> LineValue:
        """The line as it is priced; its currency is the opportunity's."""
        return LineValue(self.quantity, Money(self.unit_price_minor, currency), self.discount_percent)
