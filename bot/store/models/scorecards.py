"""How good an opportunity is: what a workspace asks, the answers over time, and the strategy."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Json, Named, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, Instant


class Criterion(Named, Recorded, Base):
    """One question of the scorecard; each level is worth its place in the list, the first nothing."""

    __tablename__ = "criteria"

    key: Mapped[str]
    """Under which evaluations keep the answer; a question that is taken up again keeps its past."""
    name: Mapped[str]
    levels: Mapped[list[str]] = mapped_column(Json, default=list)
    position: Mapped[int] = mapped_column(default=0)

    @property
    def most(self) -> int:
        """The points of the highest level."""
        return max(0, len(self.levels) - 1)


class Evaluation(Recorded, Base):
    """An opportunity as somebody judged it at a moment, with what the scorecard could give then."""

    __tablename__ = "evaluations"
    __table_args__ = (Index(None, "opportunity_id", "at"),)

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    levels: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By the key of the question, the level; what nobody can say yet is not there."""
    points: Mapped[int]
    most: Mapped[int]
    note: Mapped[str | None]

    person: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def score(self) -> int:
        """Of 100; what is not known counts nothing."""
        return round(100 * self.points / self.most) if self.most else 0


class Strategy(Recorded, Base):
    """How an opportunity is to be won, from a moment on, and why that changed."""

    __tablename__ = "strategies"
    __table_args__ = (Index(None, "opportunity_id", "at"),)

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str | None]
    reason: Mapped[str | None]

    person: Mapped[Person | None] = relationship(lazy="raise")
