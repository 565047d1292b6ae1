"""Deal rooms: the Slack channel in which an opportunity is worked on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Recorded
from bot.store.models.opportunities import Opportunity
from bot.store.types import BigId, Instant


class DealRoom(Recorded, Base):
    """The room of an opportunity: a channel made for it, or one that was there."""

    __tablename__ = "deal_rooms"
    __table_args__ = (Index(None, "opportunity_id"), Index(None, "workspace_id", "slack_channel"))

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    slack_channel: Mapped[str | None]
    """None until Slack has made it."""
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    archived_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was archived because somebody asked for it: it is the opportunity's room no more."""

    opportunity: Mapped[Opportunity] = relationship(lazy="raise")
