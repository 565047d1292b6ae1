"""Wins: told in the channel that the workspace chose, and marked there where one was taken back."""

from datetime import datetime

from bot.domain.notices import NoticeKind
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Opportunity
from bot.store.workspaces import workspace_settings


def tell_win(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Write down that a win is to be told. What becomes of it later edits the message, as it edits cards."""
    channel = workspace_settings(session).win_channel
    if channel is None:
        return
    post_notice(
        session,
        kind=NoticeKind.WIN,
        recipient=channel,
        due_at=now,
        dedupe_key=f"win:{opportunity.id}:{session.info['changeset']}",
        subject=Opportunity.__tablename__,
        subject_id=opportunity.id,
    )
