"""What is done about signals: paused for a while with a reason, told once."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, Recorded, Tenant
from bot.store.types import BigId, Day


class SignalPause(Recorded, Base):
    """No signal of an opportunity until a day, and why."""

    __tablename__ = "signal_pauses"
    __table_args__ = (UniqueConstraint("opportunity_id"),)

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    until_on: Mapped[date] = mapped_column(Day)
    why: Mapped[str]


class SignalTold(Tenant, Base):
    """A signal that its owner was told of, so that it is told once."""

    __tablename__ = "signals_told"
    __table_args__ = (UniqueConstraint("opportunity_id", "kind", "basis"),)

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    kind: Mapped[str]
    basis: Mapped[str]
