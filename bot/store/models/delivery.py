"""What the bot says unasked, when, and what it has already done: notices, schedules, interactions, changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.notices import NoticeState
from bot.store.base import Base, Json, Recorded, Tenant
from bot.store.types import BigId, Day, Instant


class Schedule(Recorded, Base):
    """A digest that a Slack channel asked for, at a local time of its own."""

    __tablename__ = "schedules"
    __table_args__ = (Index(None, "next_at"),)

    kind: Mapped[str]
    """forecast or performance."""
    slack_channel: Mapped[str]
    freq: Mapped[str]
    """daily, weekly or monthly."""
    weekdays: Mapped[str] = mapped_column(default="")
    """ISO weekday digits on which it runs, for daily and weekly."""
    month_day: Mapped[int | None]
    """For monthly: 1 to 31, the last day where the month is shorter; -1 is the last working day."""
    local_time: Mapped[str]
    """HH:MM in `zone`."""
    zone: Mapped[str]
    locale: Mapped[str]
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """None while paused."""
    ran_on: Mapped[date | None] = mapped_column(Day)
    """The last local date for which a notice was made."""


class Notice(Tenant, Base):
    """One thing to be said unasked, written in the transaction of its cause and sent by a worker."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key"),
        Index(None, "state", "due_at", "id"),
        Index(None, "recipient", "state"),
        Index(None, "subject", "subject_id"),
    )

    kind: Mapped[str]
    recipient: Mapped[str]
    """A Slack channel id, or `person:ID` for a direct message."""
    subject: Mapped[str | None]
    """The table that it is about, such as tasks."""
    subject_id: Mapped[int | None] = mapped_column(BigId)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime] = mapped_column(Instant)
    dedupe_key: Mapped[str]
    state: Mapped[str] = mapped_column(default=NoticeState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    lease_token: Mapped[str | None]
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    slack_channel: Mapped[str | None]
    message_ts: Mapped[str | None]
    error: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Interaction(Tenant, Base):
    """A delivery from Slack that changed something, with the answer it got: done once, answered alike."""

    __tablename__ = "interactions"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), Index(None, "at"))

    key: Mapped[str]
    """trigger:…, view:ID:HASH or event:…"""
    name: Mapped[str]
    """What the person did, such as `opportunity.create`."""
    answer: Mapped[Any] = mapped_column(Json)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Change(Tenant, Base):
    """One field of one entity, before and after: for timeline, undo, audit and 'what changed'."""

    __tablename__ = "changes"
    __table_args__ = (
        Index(None, "entity", "entity_id", "id"),
        Index(None, "changeset"),
        Index(None, "workspace_id", "at"),
    )

    changeset: Mapped[str]
    """One for each transaction: what Undo takes back."""
    entity: Mapped[str]
    """The table."""
    entity_id: Mapped[int] = mapped_column(BigId)
    entity_version: Mapped[int]
    """The version that the change made."""
    field: Mapped[str]
    """The column; empty for the making of the entity."""
    old: Mapped[Any] = mapped_column(Json, nullable=True)
    new: Mapped[Any] = mapped_column(Json, nullable=True)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    how: Mapped[str]
    """The interaction's name, or `import`, `shell`, `clock`."""
