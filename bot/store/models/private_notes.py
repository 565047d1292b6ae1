"""What somebody wrote down about an opportunity for themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, Instant


class PrivateNote(Recorded, Base):
    """A note that its author, those above the author and admins see, and nobody else."""

    __tablename__ = "private_notes"

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str]

    author: Mapped[Person] = relationship(lazy="raise")
