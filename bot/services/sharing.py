"""Sharing: a record's card into a Slack channel, because somebody asked for it."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Customer, Lead, Opportunity, Quote

Shareable = Customer | Lead | Opportunity | Quote


class ChannelMissing(Refusal):
    """A card that goes nowhere."""

    message = "Into which channel? Choose one that I am in; invite me with /invite."


def share_card(
    session: Session,
    actor: Actor,
    record: Shareable,
    *,
    slack_channel: str,
    words: str | None = None,
    reply_url: str | None = None,
    now: datetime,
) -> None:
    """Write down that the card is to be posted there, where it is kept up to date from then on.

    Where the bot is not in the channel, a copy goes by `reply_url`, which Slack gave for an answer there.
    Raises ChannelMissing.
    """
    if not slack_channel:
        raise ChannelMissing(field="share_into")
    payload = {"by": actor.person_id, "words": (words or "").strip()}
    post_notice(
        session,
        kind=NoticeKind.SHARED_CARD,
        recipient=slack_channel,
        due_at=now,
        dedupe_key=f"share:{session.info['changeset']}",
        subject=record.__tablename__,
        subject_id=record.id,
        payload=payload | ({"reply_url": reply_url} if reply_url else {}),
    )
