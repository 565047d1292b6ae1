"""Messages of Slack that people chose: kept on an opportunity's timeline, each once."""

from datetime import UTC, datetime

from bot.domain.actors import Actor
from bot.services.activities import log_activity
from bot.store import Session, alone
from bot.store.activities import find_activity_from
from bot.store.changes import is_made_by
from bot.store.models import Activity


def collect_message(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    text: str,
    place: tuple[str, str],
    permalink: str | None,
    author_id: int | None,
    author: str | None,
    now: datetime,
) -> Activity | None:
    """Keep a message as its author said it, when they said it; None where it is kept already.

    An author whom nobody here knows is named among the people who were there.
    """
    alone(session, "activities.collect")
    key = ":".join(place)
    if find_activity_from(session, key):
        return None
    return log_activity(
        session,
        actor,
        now=now,
        kind="message",
        text=text or "📎",
        opportunity_id=opportunity_id,
        happened_at=min(datetime.fromtimestamp(float(place[1]), UTC), now),
        person_id=author_id,
        permalink=permalink,
        people=None if author_id else author,
        slack_message=key,
    )


def uncollect(session: Session, actor: Actor, activity: Activity, *, now: datetime) -> bool:
    """Take a message from the timeline again; only who put it there does, and False for anybody else."""
    if not is_made_by(session, activity, actor.person_id):
        return False
    activity.deleted_at = now
    session.flush()
    return True
