"""Segments: filters of customers that somebody saved under a name."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Json, Named, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId


class Segment(Named, Recorded, Base):
    """Customers that fit everything that is set; what is empty does not count."""

    __tablename__ = "segments"
    __table_args__ = (Index("ix_segments_name", "workspace_id", "name_key"),)

    name: Mapped[str]
    name_key: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    classes: Mapped[list[str]] = mapped_column(Json, default=list)
    industry: Mapped[str | None]
    region: Mapped[str | None]
    size: Mapped[str | None]
    tag: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    silent_days: Mapped[int | None]
    """Nobody spoke with them for so many days."""
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))

    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])
