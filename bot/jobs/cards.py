"""Cards in channels and tasks of many: edited where they stand, with what changed as a reply."""

from datetime import datetime

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, NoticeState
from bot.jobs import wins
from bot.jobs.colleagues import news_since
from bot.jobs.shared_cards import shared_card
from bot.jobs.tasks import progress
from bot.jobs.words import Edited, Reader, Said
from bot.store import Session
from bot.store.models import Notice
from bot.store.notices import access_notice
from bot.store.opportunities import access_opportunity
from bot.views.blocks import Message, text_message
from bot.views.collaboration import replied
from bot.views.problems import sentence


def refresh(session: Session, reader: Reader, notice: Notice) -> Edited | None:
    """The card with what is true now."""
    card = access_notice(session, notice.subject_id or 0)
    if card.state != NoticeState.SENT or not card.message_ts or not card.slack_channel:
        return None
    if card.kind == NoticeKind.WIN:
        return wins.again(session, reader, card)
    message: Message | None
    if card.kind == NoticeKind.TEAM_TASK:
        message = progress(session, reader, card)
    else:
        try:
            message = shared_card(session, reader, card)
        except Refusal as gone:  # deleted or undone: nobody presses buttons of what is no more
            message = text_message(sentence(gone, reader.locale))
    return Edited(message, card.slack_channel, card.message_ts) if message else None


def news(session: Session, reader: Reader, notice: Notice) -> Said | None:
    """What changed, as a reply to the card; nothing where all of it was changed back."""
    card = access_notice(session, notice.subject_id or 0)
    if card.state != NoticeState.SENT or not card.message_ts:
        return None
    opportunity = access_opportunity(session, card.subject_id or 0)
    since = datetime.fromisoformat(notice.payload["since"])
    lines, who = news_since(session, opportunity, since, reader.locale)
    if not lines:
        return None
    return Said(replied(lines, who, reader.locale), (notice.id,), thread_ts=card.message_ts)
