"""The sales plan and what is done about its gaps: quotas, measures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.money import Money
from bot.store.base import Base, Recorded
from bot.store.models.tasks import Task
from bot.store.models.workspace import Person, Team
from bot.store.types import BigId, Day, ExactDecimal, Instant, Minor


class Quota(Recorded, Base):
    """What a person or a team is to sell in a period; both empty means the whole workspace."""

    __tablename__ = "quotas"
    __table_args__ = (Index(None, "workspace_id", "starts_on"),)

    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("teams.id"))
    starts_on: Mapped[date] = mapped_column(Day)
    ends_on: Mapped[date] = mapped_column(Day)
    """The first day after the period."""
    amount_minor: Mapped[int] = mapped_column(Minor)
    currency: Mapped[str] = mapped_column(String(3))

    person: Mapped[Person | None] = relationship(lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")

    @property
    def amount(self) -> Money:
        """The target."""
        return Money(self.amount_minor, self.currency)


class Measure(Recorded, Base):
    """What is done about a finding: cause, action, owner, metric, and the day it is measured again."""

    __tablename__ = "measures"

    cause: Mapped[str]
    action: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    metric: Mapped[str]
    """A key of bot.domain.performance.METRICS."""
    metric_scope: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Whose figure over how many days: {"person_id": …} or {"team_id": …}, {"days": …}."""
    value_at_start: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    value_at_review: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    currency: Mapped[str | None] = mapped_column(String(3))
    review_on: Mapped[date] = mapped_column(Day)
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    task_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("tasks.id"))
    slack_channel: Mapped[str | None]
    """Where it was recorded, and where the result is told."""

    owner: Mapped[Person | None] = relationship(lazy="raise")
    task: Mapped[Task | None] = relationship(lazy="raise")
