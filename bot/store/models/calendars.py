"""Calendars that other programs read."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Tenant
from bot.store.models.workspace import Person
from bot.store.types import BigId, Instant


class CalendarFeed(Tenant, Base):
    """The private address of a person's calendar: one a person, known by the hash of its token alone.

    It is no Recorded row: an undo must not bring an address back that somebody gave up.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("person_id"), UniqueConstraint("token_hash"))

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    token_hash: Mapped[str]
    """SHA-256 of the token, in hexadecimal."""
    made_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship(lazy="raise")
