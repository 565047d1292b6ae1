"""What was learned from the sales that ended, and what people did not want to hear."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, Recorded, Tenant
from bot.store.types import BigId, Instant


class WinLesson(Tenant, Base):
    """What a workspace's ended sales teach: learned anew each night, one row."""

    __tablename__ = "win_lessons"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    learned_at: Mapped[datetime] = mapped_column(Instant)
    model: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """bot.domain.winning.WinModel."""
    deeds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """bot.domain.suggestions.count_deeds."""


class SuggestionDismissal(Recorded, Base):
    """Nobody wants to hear a suggestion for an opportunity in this stage again."""

    __tablename__ = "suggestion_dismissals"

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    stage_id: Mapped[int] = mapped_column(BigId, ForeignKey("stages.id"))
    deed: Mapped[str]
