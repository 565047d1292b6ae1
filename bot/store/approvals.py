"""Approvals: found by id, by what they are about, by who is to decide."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.approvals import ApprovalState
from bot.domain.errors import Refusal
from bot.store.models import Approval


class UnknownApproval(Refusal):
    """No such request: undone, or never there."""

    message = "This request is no longer here; it was taken back. `/crm approvals` shows what waits."


def _whole() -> Select[Approval]:
    people = (Approval.asked_by, Approval.approver, Approval.decided_by)
    return select(Approval).options(*(joinedload(each) for each in people))


def access_approval(session: Session, approval_id: int) -> Approval:
    """The approval with its people, or UnknownApproval."""
    wanted = _whole().where(Approval.id == approval_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownApproval
    return found


def find_asked(session: Session, subject: str, subject_id: int) -> Approval | None:
    """What waits for a yes about a record, the latest."""
    wanted = _whole().where(
        Approval.subject == subject, Approval.subject_id == subject_id, Approval.state == ApprovalState.ASKED
    )
    return session.scalars(wanted.order_by(Approval.id.desc()).limit(1)).one_or_none()


def list_asked(session: Session, person_id: int, *, limit: int = 20) -> Sequence[Approval]:
    """What waits for somebody's yes, and what they wait for themselves, the oldest first."""
    wanted = _whole().where(
        Approval.state == ApprovalState.ASKED,
        (Approval.approver_id == person_id) | (Approval.asked_by_id == person_id),
    )
    return session.scalars(wanted.order_by(Approval.id).limit(limit)).all()
