"""Cards that stand somewhere: edited in place; an opportunity's with what changed in its thread."""

from datetime import datetime, timedelta

from bot.domain.notices import NoticeKind
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.cards import list_cards_of_touched, list_posted_cards, waits_for_card
from bot.store.models import Notice, Opportunity

TOGETHER = timedelta(seconds=15)
"""Changes in so short a time are one edit of a card: at most four a minute, and the last is true."""


def refresh_cards(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Have the cards that stand in channels brought up to date. Call it after every change."""
    kinds = (NoticeKind.CARD_REFRESH, NoticeKind.CARD_NEWS)
    refresh_posted(session, Opportunity.__tablename__, opportunity.id, kinds, now)


def refresh_posted(
    session: Session, table: str, record_id: int, kinds: tuple[NoticeKind, ...], now: datetime
) -> None:
    """Have the cards of any record that stand somewhere brought up to date, many changes at once."""
    for card in list_posted_cards(session, table, record_id):
        for kind in kinds:
            if kind == NoticeKind.CARD_NEWS and card.kind == NoticeKind.WIN:
                continue  # who is happy with a win hears nothing of its fields
            _refresh(session, card, kind, now)


def refresh_touched(session: Session) -> None:
    """Have the cards brought up to date that show what a transaction changed, at its end.

    Whatever it did and whichever door it came through: a customer's card shows its opportunities, tasks and
    contacts too.
    """
    for card in list_cards_of_touched(session):
        _refresh(session, card, NoticeKind.CARD_REFRESH, session.info["now"])


def _refresh(session: Session, card: Notice, kind: NoticeKind, now: datetime) -> None:
    if waits_for_card(session, kind, card.id):
        return
    post_notice(
        session,
        kind=kind,
        recipient=card.recipient,
        due_at=now + TOGETHER,
        dedupe_key=f"card:{card.id}:{kind}:{session.info['changeset']}",
        subject=Notice.__tablename__,
        subject_id=card.id,
        payload={"since": now.isoformat()},
    )
