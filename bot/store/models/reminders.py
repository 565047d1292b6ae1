"""Reminders that people asked for."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Recorded
from bot.store.models.customers import Contact
from bot.store.models.workspace import Person
from bot.store.types import BigId


class BirthdayReminder(Recorded, Base):
    """Somebody wants to hear of a contact's birthday, a week before and on the day."""

    __tablename__ = "birthday_reminders"
    __table_args__ = (Index("ix_birthday_reminders_of", "workspace_id", "contact_id", "person_id"),)

    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contacts.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))

    contact: Mapped[Contact] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
