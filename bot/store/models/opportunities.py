"""Opportunities, the pipeline they move along, and what happens around them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from bot.domain.money import Money
from bot.domain.stages import ForecastCategory, StageKind
from bot.store.base import Base, Json, Named, Recorded
from bot.store.models.customers import Contact, Customer
from bot.store.models.opportunity_lines import OpportunityLine
from bot.store.models.products import Product
from bot.store.models.stakes import Involvement, Rival
from bot.store.models.workspace import Person
from bot.store.types import BigId, Day, ExactDecimal, Instant, Minor


class Pipeline(Recorded, Base):
    """A way that opportunities go. The first that is not retired is the one of whoever names none."""

    __tablename__ = "pipelines"

    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when no opportunity begins in it; what has ended in it stays."""
    stages: Mapped[list["Stage"]] = relationship(
        lazy="raise", order_by="Stage.position", back_populates="pipeline"
    )


class Stage(Recorded, Base):
    """One step of a pipeline. Ask is_open, is_won, is_lost; never compare a name."""

    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("pipeline_id", "name"),)

    pipeline_id: Mapped[int] = mapped_column(BigId, ForeignKey("pipelines.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default=StageKind.OPEN)
    position: Mapped[int]
    category: Mapped[str] = mapped_column(default=ForecastCategory.PIPELINE)
    """What an opportunity in it counts as in a forecast, unless somebody says otherwise."""
    expected_days: Mapped[int | None]
    needs: Mapped[list[str]] = mapped_column(Json, default=list)
    """Fields that must be filled before one moves on from it."""
    checks: Mapped[list[str]] = mapped_column(Json, default=list)
    """What must be ticked before one moves on from it."""
    approver_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who must agree before one comes into it."""
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when nothing moves into it; it still names the past."""

    pipeline: Mapped[Pipeline] = relationship(lazy="raise", back_populates="stages")
    approver: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        """Work goes on."""
        return self.kind == StageKind.OPEN

    @property
    def is_won(self) -> bool:
        """It ended in a sale."""
        return self.kind == StageKind.WON

    @property
    def is_lost(self) -> bool:
        """It ended without one."""
        return self.kind == StageKind.LOST


class Opportunity(Named, Recorded, Base):
    """A sale that may happen: how much, when, where it stands."""

    __tablename__ = "opportunities"
    __table_args__ = (
        Index("ix_opportunities_customer", "workspace_id", "customer_id"),
        Index(None, "workspace_id", "stage_id", "close_on"),
        Index(None, "workspace_id", "owner_id", "stage_id"),
        Index(None, "workspace_id", "external_id"),
        Index(
            "ix_opportunities_sums",
            *("workspace_id", "owner_id", "stage_id", "currency", "close_on", "amount_minor", "deleted_at"),
            *("source", "competitor", "product_id", "sales_channel"),
        ),
    )

    name: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contacts.id"))
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    stage_id: Mapped[int] = mapped_column(BigId, ForeignKey("stages.id"))
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("products.id"))
    amount_minor: Mapped[int | None] = mapped_column(Minor)
    """Unknown is None, never 0."""
    currency: Mapped[str]
    close_on: Mapped[date | None] = mapped_column(Day)
    """The planned day; None where nobody has said one."""
    source: Mapped[str | None]
    competitor: Mapped[str | None]
    probability: Mapped[int | None]
    """The seller's own view, in percent."""
    sales_channel: Mapped[str | None]
    """direct, distribution, ecommerce, or the name of one that an admin added."""
    partner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    partner_percent: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """The partner's share of the amount."""
    note: Mapped[str | None]
    strategy: Mapped[str | None]
    """How it is to be won, in a line; its past is in Strategy."""
    score: Mapped[int | None]
    """Of 100, by the last Evaluation."""
    score_before: Mapped[int | None]
    """By the one before it."""
    scored_on: Mapped[date | None] = mapped_column(Day)
    opened_on: Mapped[date | None] = mapped_column(Day)
    """The day that the sale began; an import keeps the original one."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_on: Mapped[date | None] = mapped_column(Day)
    """The day on which it was won or lost, as whoever closed it said it."""
    loss_reason: Mapped[str | None]
    lesson: Mapped[str | None]
    """What was learnt when it was lost."""
    category: Mapped[str | None]
    """What it counts as in a forecast, where somebody said so; else its stage says it."""
    category_reason: Mapped[str | None]
    ticked: Mapped[list[str]] = mapped_column(Json, default=list)
    """The checks of its pipeline's stages that were ticked."""
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values of the fields that admins define, by the field's id as text."""
    external_id: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)

    customer: Mapped[Customer | None] = relationship(lazy="raise", foreign_keys=[customer_id])
    partner: Mapped[Customer | None] = relationship(lazy="raise", foreign_keys=[partner_id])
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    owner: Mapped[Person | None] = relationship(lazy="raise")
    stage: Mapped[Stage] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")
    rivals: Mapped[list[Rival]] = relationship(lazy="raise", order_by="Rival.id", viewonly=True)
    involved: Mapped[list[Involvement]] = relationship(lazy="raise", order_by="Involvement.id", viewonly=True)
    lines: Mapped[list[OpportunityLine]] = relationship(
        lazy="raise", order_by="OpportunityLine.position", viewonly=True
    )

    has_next_step: Mapped[bool | None] = query_expression()
    """Whether an open task is about it; None where the query did not ask."""
    rests_until: Mapped[date | None] = query_expression()
    """Until when it waits for its next step, where somebody said so."""

    @property
    def amount(self) -> Money | None:
        """The expected amount; None when unknown."""
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    @property
    def forecast_category(self) -> ForecastCategory:
        """What it counts as in a forecast, by hand or by its stage."""
        return ForecastCategory(self.category or self.stage.category)


class StageChange(Recorded, Base):
    """One move of an opportunity along its pipeline. The first has no from_stage.

    `at` is when it happened; `created_at` when it was written down, which for an import is later.
    """

    __tablename__ = "stage_changes"
    __table_args__ = (Index(None, "opportunity_id", "at"),)

    opportunity_id: Mapped[int] = mapped_column(BigId, ForeignKey("opportunities.id"))
    from_stage_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stages.id"))
    to_stage_id: Mapped[int] = mapped_column(BigId, ForeignKey("stages.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))


class Activity(Recorded, Base):
    """Something that happened with a customer: call, visit, meeting, email, message, note."""

    __tablename__ = "activities"
    __table_args__ = (
        Index(None, "workspace_id", "person_id", "happened_at"),
        Index("ix_activities_customer", "workspace_id", "customer_id", "happened_at"),
        Index(None, "workspace_id", "slack_message"),
    )

    kind: Mapped[str] = mapped_column(default="note")
    text: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contacts.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    permalink: Mapped[str | None]
    """Of the Slack message that it was made from."""
    slack_message: Mapped[str | None]
    """The channel and moment of that message: it is kept once."""
    direction: Mapped[str | None]
    """in: they began it; out: we did."""
    outcome: Mapped[str | None]
    duration_min: Mapped[int | None]
    people: Mapped[str | None]
    """Who else was there, as it was typed."""
    needs: Mapped[str | None]
    """What they need, as it was heard; collected on the customer."""
    tells: Mapped[str | None]
    """customer: it is feedback of theirs; market: it tells of the market."""
    external_id: Mapped[str | None]

    person: Mapped[Person | None] = relationship(lazy="raise")
    customer: Mapped[Customer | None] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise")
    files: Mapped[list["ActivityFile"]] = relationship(
        lazy="raise", order_by="ActivityFile.id", back_populates="activity"
    )


class ActivityFile(Recorded, Base):
    """A file in Slack that belongs to an activity: photos of a visit, a mail, a protocol."""

    __tablename__ = "activity_files"

    activity_id: Mapped[int] = mapped_column(BigId, ForeignKey("activities.id"), index=True)
    slack_file: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    """Where Slack shows it."""

    activity: Mapped[Activity] = relationship(lazy="raise", back_populates="files")
