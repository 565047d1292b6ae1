"""Leads as notices tell of them: free in the pool, given to somebody, idle, gone back."""

from datetime import timedelta

from bot.domain.leads import LeadState
from bot.domain.notices import NoticeState, person_of
from bot.jobs.words import Edited, Reader
from bot.store import Session
from bot.store.leads import access_lead, count_open_leads, find_lead
from bot.store.models import Lead, Notice
from bot.store.notices import access_notice
from bot.store.people import access_person
from bot.store.pools import lead_policy, list_pool_cards
from bot.views import pools as views
from bot.views.blocks import Message


def pool_card(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """A lead that anybody may claim; nothing where somebody has it by now."""
    lead = access_lead(session, notice.subject_id or 0)
    return views.pool_card(lead, reader.locale) if _is_free(lead) else None


def pool_card_again(session: Session, reader: Reader, notice: Notice) -> Edited | None:
    """The card that stands in the channel, with what is true of its lead now."""
    card = access_notice(session, int(notice.payload["card"]))
    lead = find_lead(session, notice.subject_id or 0)
    if card.state != NoticeState.SENT or not card.message_ts or not card.slack_channel or lead is None:
        return None
    latest = list_pool_cards(session, lead.id)[0]
    message = views.pool_card(lead, reader.locale, is_latest=latest.id == card.id)
    return Edited(message, card.slack_channel, card.message_ts)


def pool_news(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """How many leads anybody may claim, after many came at once."""
    count = count_open_leads(session, owner_id=None, whose="pool")
    return views.pool_news(count, reader.locale) if count else None


def assigned(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Somebody, a rule or the turn gave the reader a lead."""
    lead = access_lead(session, notice.subject_id or 0)
    if lead.owner_id != person_of(notice.recipient) or lead.state != LeadState.OPEN:
        return None
    by_id = notice.payload.get("by_id")
    return views.assigned(lead, access_person(session, by_id).name if by_id else None, reader.locale)


def idle(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The reader's lead goes back to the pool soon; nothing where they have worked on it since."""
    lead, policy = access_lead(session, notice.subject_id or 0), lead_policy(session)
    if lead.owner_id != person_of(notice.recipient) or lead.warned_at is None or policy.idle_days is None:
        return None
    goes_on = (lead.warned_at + timedelta(days=policy.warn_days)).astimezone(reader.zone).date()
    return views.idle(lead, reader.locale, idle_days=policy.idle_days - policy.warn_days, goes_on=goes_on)


def returned(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """A lead that was the reader's is in the pool again."""
    return views.returned(access_lead(session, notice.subject_id or 0), reader.locale)


def _is_free(lead: Lead) -> bool:
    return lead.owner_id is None and lead.state == LeadState.OPEN
