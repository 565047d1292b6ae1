"""Exchange rates by date."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, Recorded
from bot.store.types import Day, ExactDecimal


class ExchangeRate(Recorded, Base):
    """On a day one unit of `base` is worth `value` units of `quote`."""

    __tablename__ = "exchange_rates"
    __table_args__ = (UniqueConstraint("workspace_id", "base", "quote", "on_day"),)

    base: Mapped[str] = mapped_column(String(3))
    quote: Mapped[str] = mapped_column(String(3))
    on_day: Mapped[date] = mapped_column(Day)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
