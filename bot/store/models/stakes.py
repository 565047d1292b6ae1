"""Who is involved in an opportunity: contacts with their roles in it, and competitors."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Named, Recorded
from bot.store.models.customers import Contact
from bot.store.types import BigId


class Rival(Named, Recorded, Base):
    """A competitor in an opportunity: what they offer, and where we stand against them."""

    __tablename__ = "rivals"

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    name: Mapped[str]
    offer: Mapped[str | None]
    standing: Mapped[str | None]
    """ahead, level or behind: where we are."""


class Involvement(Recorded, Base):
    """A contact's role in an opportunity, which may be another than they have at the customer."""

    __tablename__ = "involvements"

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contacts.id"), index=True)
    role: Mapped[str]
    """decision_maker, influencer, user or blocker."""

    contact: Mapped[Contact] = relationship(lazy="raise")
