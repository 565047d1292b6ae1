"""What the bot says unasked, when, and what it has already done.

Notices, schedules, interactions, changes.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.notices import NoticeState
from bot.store.base import Base, Json, Recorded, Tenant
from bot.store.models.workspace import Person, Team
from bot.store.types import BigId, Day, Instant

_UNSETTLED: dict[str, Any] = {
    f"{dialect}_where": text("settled_at IS NULL") for dialect in ("sqlite", "postgresql")
}
"""The scan for what is due never reads the millions that were sent before."""

_CLASSES: dict[str, Any] = {
    f"{dialect}_where": text("field IN ('kind', 'value_class')") for dialect in ("sqlite", "postgresql")
}
"""Who changed class in a quarter is found among the changes of classes alone."""


class Schedule(Recorded, Base):
    """A digest that a Slack channel asked for, at a local time of its own."""

    __tablename__ = "schedules"
    __table_args__ = (Index(None, "next_at"),)

    kind: Mapped[str]
    """forecast or performance."""
    slack_channel: Mapped[str]
    freq: Mapped[str]
    """daily, weekdays, weekly, monthly or quarterly, as bot.domain.repeats says it."""
    weekdays: Mapped[str] = mapped_column(default="")
    """For weekly: the ISO weekday digits on which it runs."""
    month_day: Mapped[int | None]
    """For monthly and quarterly: 1 to 31, the last day where the month is shorter; -1 is the last day."""
    counts_working_days: Mapped[bool] = mapped_column(default=False)
    """month_day counts the working days of the month instead of all its days."""
    interval: Mapped[int] = mapped_column(default=1)
    """2 is every other week (day, month), counted from the first run."""
    local_time: Mapped[str]
    """HH:MM in `zone`."""
    zone: Mapped[str]
    locale: Mapped[str]
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """None while paused."""
    ran_on: Mapped[date | None] = mapped_column(Day)
    """The last local date for which a notice was made."""

    about_person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Whose figures alone it tells; a team's where about_team_id is set, else everybody's."""
    about_team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("teams.id"))

    creator: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[creator_id])
    about_person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[about_person_id])
    about_team: Mapped[Team | None] = relationship(lazy="raise")


class Notice(Tenant, Base):
    """One thing to be said unasked, written in the transaction of its cause and sent by a worker.

    `due_at` is a moment of the application's clock, which the demo moves. Leases, not_before and settled_at
    are moments of the database's own clock, since other workers and Slack do not live in the demo's time.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key"),
        Index("ix_notices_waiting", "due_at", "id", **_UNSETTLED),
        Index("ix_notices_waiting_recipient", "workspace_id", "recipient", "due_at", "id", **_UNSETTLED),
        Index(None, "workspace_id", "recipient", "settled_at"),
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
    """Whose try it is. One that is still here when the lease ends died in the middle: nobody knows what it
    sent.
    """
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    slack_channel: Mapped[str | None]
    """Where it was sent: for a person, the channel of their direct messages."""
    message_ts: Mapped[str | None]
    error: Mapped[str | None]
    """Why the last try failed, as Slack's error code or a short sentence for the shell."""
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it came to its end.

    Sent, dead or cancelled. Until then it waits, and holds back what follows it.
    """
    created_at: Mapped[datetime] = mapped_column(Instant)


class Hold(Tenant, Base):
    """How long a method of the Web API waits in a workspace: for Slack's 429, and for our own pace."""

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("workspace_id", "method"),)

    method: Mapped[str]
    until: Mapped[datetime] = mapped_column(Instant)
    """By the database's clock."""


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
        Index("ix_changes_of", "workspace_id", "entity", "entity_id", "id"),
        Index(None, "changeset"),
        Index(None, "workspace_id", "at"),
        Index("ix_changes_classes", "workspace_id", "at", **_CLASSES),
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
