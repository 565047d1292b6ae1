"""What is said of approvals: the question to whoever decides, and how it ended to who asked."""

from bot.domain.approvals import ApprovalState
from bot.domain.notices import person_of
from bot.jobs.words import Reader
from bot.services.approvals import REMIND_AFTER
from bot.store import Session
from bot.store.approvals import access_approval
from bot.store.models import Approval, Notice
from bot.store.opportunities import access_opportunity
from bot.store.pipelines import access_stage
from bot.views import approvals as views
from bot.views.blocks import Message


def asked(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The question; nothing where it is decided or was withdrawn, or where somebody else decides now."""
    approval = access_approval(session, notice.subject_id or 0)
    if approval.state != ApprovalState.ASKED or approval.approver_id != person_of(notice.recipient):
        return None
    again = notice.due_at >= approval.created_at + REMIND_AFTER
    return views.request(_pending(session, approval), reader.locale, again=again)


def decided(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """How it ended; nothing where that was undone, or was the reader's own deed."""
    approval = access_approval(session, notice.subject_id or 0)
    if approval.state in (ApprovalState.ASKED, ApprovalState.WITHDRAWN):
        return None
    if approval.decided_by_id is not None and approval.decided_by_id == approval.asked_by_id:
        return None
    return views.decided(_pending(session, approval), reader.locale)


def _pending(session: Session, approval: Approval) -> views.Pending:
    opportunity = access_opportunity(session, approval.subject_id)
    return approval, opportunity, access_stage(session, int(approval.wanted["to_stage_id"]))
