"""Customers and their contacts."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base, Json, Named, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, Day, ExactDecimal


class Customer(Named, Recorded, Base):
    """An organisation one sells to."""

    __tablename__ = "customers"
    __table_args__ = (
        Index("ix_customers_parent", "workspace_id", "parent_id"),
        Index(None, "workspace_id", "name_key"),
        Index(None, "workspace_id", "external_id"),
        Index("ix_customers_value_class", "workspace_id", "value_class", "owner_id"),
    )

    name: Mapped[str]
    name_key: Mapped[str]
    """The name as it is matched: folded, without company suffixes (bot.domain.names.name_key)."""
    kind: Mapped[str] = mapped_column(default="prospect")
    """Where it stands in its life with us, as bot.domain.classes names it, or as an import did."""
    kind_by_hand: Mapped[bool] = mapped_column(default=False)
    """Somebody said so, and the rules leave it alone."""
    value_class: Mapped[str | None]
    """A, B or C by what it bought in the period that counts."""
    class_by_hand: Mapped[bool] = mapped_column(default=False)
    legal_name: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(Json, default=list)
    """What else people call it, such as its name in the other language."""
    tax_id: Mapped[str | None]
    industry: Mapped[str | None]
    size: Mapped[str | None]
    region: Mapped[str | None]
    website: Mapped[str | None]
    phone: Mapped[str | None]
    other_phones: Mapped[list[str]] = mapped_column(Json, default=list)
    addresses: Mapped[list[str]] = mapped_column(Json, default=list)
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    note: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    """The organisation that it belongs to."""
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    sales_channel: Mapped[str | None]
    """direct, distribution, ecommerce, or the name of one that an admin added."""
    partner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    partner_percent: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """The partner's share of the amount."""
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values of the fields that admins define, by the field's id as text."""
    external_id: Mapped[str | None]
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Columns of an import that have no field of their own, as they came."""

    owner: Mapped[Person | None] = relationship(lazy="raise")
    parent: Mapped["Customer | None"] = relationship(
        lazy="raise", remote_side="Customer.id", foreign_keys=[parent_id]
    )
    partner: Mapped["Customer | None"] = relationship(
        lazy="raise", remote_side="Customer.id", foreign_keys=[partner_id]
    )
    contacts: Mapped[list["Contact"]] = relationship(
        lazy="raise", back_populates="customer", order_by="Contact.id"
    )


class Contact(Named, Recorded, Base):
    """A person at a customer."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_customer", "workspace_id", "customer_id"),)

    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    name: Mapped[str]
    title: Mapped[str | None]
    decision_role: Mapped[str | None]
    """decision_maker, influencer, user or blocker."""
    email: Mapped[str | None]
    phone: Mapped[str | None]
    birthday_on: Mapped[date | None] = mapped_column(Day)
    """In the year 1904 where only month and day are known: a leap year before anybody's who works today."""
    preferences: Mapped[str | None]
    """What they like, for a gift or a dinner."""
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    external_id: Mapped[str | None]

    customer: Mapped[Customer] = relationship(lazy="raise", back_populates="contacts")
