"""What is to be done: tasks, those given to many at once, and what is said about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.priorities import Priority
from bot.store.base import Base, Json, Recorded
from bot.store.models.customers import Customer
from bot.store.models.opportunities import Opportunity, Stage
from bot.store.models.workspace import Person
from bot.store.types import BigId, Day, Instant


class TeamTask(Recorded, Base):
    """One thing that several people are each to do: each of them has a task of their own."""

    __tablename__ = "team_tasks"

    text: Mapped[str]
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    audience: Mapped[str]
    """Who was meant: people, team:ID, role:NAME, below:ID (everybody below a manager) or everybody."""
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    due_on: Mapped[date | None] = mapped_column(Day)
    repeats: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """When it comes next for the same people, as bot.domain.task_repeats keeps it; it is given on."""

    creator: Mapped[Person | None] = relationship(lazy="raise")


class TaskTemplate(Recorded, Base):
    """What is to be done whenever an opportunity enters a stage."""

    __tablename__ = "task_templates"
    __table_args__ = (Index(None, "stage_id"),)

    stage_id: Mapped[int] = mapped_column(BigId, ForeignKey("stages.id"))
    text: Mapped[str]
    days: Mapped[int]
    """After how many days, on the next working day from there; 0 is the same day."""
    whose: Mapped[str]
    """owner, manager (the owner's) or person."""
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))

    stage: Mapped[Stage] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")


class Task(Recorded, Base):
    """Something to do: whose, until when, about what."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index(None, "workspace_id", "assignee_id", "state"),
        Index("ix_tasks_customer", "workspace_id", "customer_id"),
    )

    text: Mapped[str]
    assignee_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    creator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    """A moment: its assignee is reminded then."""
    due_on: Mapped[date | None] = mapped_column(Day)
    """The day, set also where there is a moment (in the assignee's zone when it was said)."""
    priority: Mapped[int] = mapped_column(default=Priority.NORMAL)
    """As bot.domain.priorities says it."""
    state: Mapped[str] = mapped_column(default="open")
    """open, done or cancelled."""
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunities.id"), index=True)
    external_id: Mapped[str | None]
    team_task_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("team_tasks.id"), index=True)
    """What it is a part of, where several people were given the same."""
    response: Mapped[str | None]
    """accepted or declined, where the assignee said so."""
    outcome: Mapped[str | None]
    """What came of it, where somebody said so when it was done."""

    remind_minutes: Mapped[int | None]
    """So long before its moment it reminds too."""
    checklist: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    """Its parts, each with `text` and whether it is `done`."""
    after_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("tasks.id"), index=True)
    """What has to be done before; until then it reminds nobody."""
    template_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("task_templates.id"))
    """What planned it, where a stage did."""
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)
    """When a manager heard that it is overdue: once for each due."""
    repeats: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """When the next one comes, as bot.domain.task_repeats keeps it; a done one has given it on."""

    @property
    def is_important(self) -> bool:
        """Its reminder comes once more where nobody reacts."""
        return self.priority == Priority.HIGH

    after: Mapped["Task | None"] = relationship(lazy="raise", remote_side="Task.id")
    assignee: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[assignee_id])
    creator: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[creator_id])
    customer: Mapped[Customer | None] = relationship(lazy="raise")
    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise")


class TaskNote(Recorded, Base):
    """What somebody said about a task: a comment, a call for help and its answer, why they declined."""

    __tablename__ = "task_notes"
    __table_args__ = (Index(None, "task_id"), Index(None, "person_id"))

    task_id: Mapped[int] = mapped_column(BigId, ForeignKey("tasks.id"))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    kind: Mapped[str]
    """comment, help, answer, declined or handed_over."""
    text: Mapped[str]

    person: Mapped[Person | None] = relationship(lazy="raise")
