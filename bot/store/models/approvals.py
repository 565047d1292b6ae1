"""Approvals: what somebody asked another person to agree to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.approvals import ApprovalState
from bot.store.base import Base, Recorded
from bot.store.models.workspace import Person
from bot.store.types import BigId, Instant


class Approval(Recorded, Base):
    """One person's yes or no to one thing, bound to what that thing was when it was asked.

    It names its subject by table and id, so that whatever needs a yes can ask for one; several in a row
    about one subject are a chain.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        Index("ix_approvals_subject", "workspace_id", "subject", "subject_id"),
        Index("ix_approvals_approver", "workspace_id", "approver_id", "state"),
    )

    subject: Mapped[str]
    """The table."""
    subject_id: Mapped[int] = mapped_column(BigId)
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is done on a yes."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the subject was when it was asked; a change of any of it kills the approval."""
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    approver_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(default=ApprovalState.ASKED)
    reason: Mapped[str | None]
    """Why not."""
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    asked_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    approver: Mapped[Person] = relationship(lazy="raise", foreign_keys=[approver_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
