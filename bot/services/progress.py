"""The card of a task of many: posted, and kept true while everybody does their part."""

from datetime import datetime

from bot.domain.notices import NoticeKind, direct_to
from bot.services.cards import refresh_posted
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Task, TeamTask
from bot.store.team_tasks import access_team_task


def show_progress(session: Session, team_task_id: int, recipient: str, *, now: datetime) -> None:
    """Post the card that follows everybody to a person or into a channel, once."""
    post_notice(
        session,
        kind=NoticeKind.TEAM_TASK,
        recipient=recipient,
        due_at=now,
        dedupe_key=f"team_task:{team_task_id}:{recipient}",
        subject=TeamTask.__tablename__,
        subject_id=team_task_id,
    )


def refresh_progress(session: Session, team_task_id: int, *, now: datetime) -> None:
    """Bring the cards that follow everybody up to date."""
    refresh_posted(session, TeamTask.__tablename__, team_task_id, (NoticeKind.CARD_REFRESH,), now)


def follow_part(session: Session, part: Task, *, now: datetime) -> None:
    """Bring the card up to date after somebody's part changed; tell who gave it when that was the last."""
    if part.team_task_id is None:
        return
    refresh_progress(session, part.team_task_id, now=now)
    if part.state == "open":
        return
    shared = access_team_task(session, part.team_task_id)
    if shared.progress.is_over and shared.task.creator_id is not None:
        post_notice(
            session,
            kind=NoticeKind.TEAM_TASK_DONE,
            recipient=direct_to(shared.task.creator_id),
            due_at=now,
            dedupe_key=f"team_task:{part.team_task_id}:done:{session.info['changeset']}",
            subject=TeamTask.__tablename__,
            subject_id=part.team_task_id,
        )
