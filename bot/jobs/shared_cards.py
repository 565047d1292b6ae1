"""Cards that somebody shared into a channel: posted, and edited where they stand."""

from bot.domain.notices import NoticeKind
from bot.jobs.words import Copy, Reader, Said
from bot.reports.satisfaction import scores_of_customer
from bot.store import Session
from bot.store.activities import list_activities
from bot.store.customers import access_customer
from bot.store.leads import access_lead
from bot.store.models import Lead, Notice, Opportunity, Quote
from bot.store.opportunities import access_opportunity, list_open_opportunities
from bot.store.people import access_person
from bot.store.quotes import access_quote, list_quotes
from bot.store.tasks import list_open_tasks_of
from bot.views import customers, leads, opportunities, quotes
from bot.views.blocks import Message
from bot.views.satisfaction import summary
from bot.views.sharing import copied, shared

_MOST_OPPORTUNITIES = 200


def posted(session: Session, reader: Reader, notice: Notice) -> Said:
    """The card as it is now, and a copy of it for a channel that the bot is not in."""
    message = shared_card(session, reader, notice)
    url = notice.payload.get("reply_url")
    return Said(message, (notice.id,), copy=Copy(url, copied(message, reader.locale)) if url else None)


def shared_card(session: Session, reader: Reader, notice: Notice) -> Message:
    """The card as it is now; of a deal room without words to it."""
    card = _card(session, reader, notice)
    if notice.kind != NoticeKind.SHARED_CARD:
        return card
    by = notice.payload.get("by")
    name = access_person(session, int(by)).name if by else None
    return shared(card, name, notice.payload.get("words"), reader.locale)


def _card(session: Session, reader: Reader, notice: Notice) -> Message:
    record_id, locale = notice.subject_id or 0, reader.locale
    match notice.subject:
        case Opportunity.__tablename__:
            return opportunities.card(access_opportunity(session, record_id), locale)
        case Lead.__tablename__:
            return leads.card(access_lead(session, record_id), locale)
        case Quote.__tablename__:
            return quotes.card(access_quote(session, record_id), locale)
    return customers.card(
        access_customer(session, record_id),
        locale,
        zone=reader.zone,
        opportunities=list_open_opportunities(session, customer_id=record_id, limit=_MOST_OPPORTUNITIES),
        activities=list_activities(session, customer_id=record_id, limit=customers.FEW),
        tasks=list_open_tasks_of(session, record_id, limit=customers.FEW),
        quotes=list_quotes(session, customer_id=record_id, limit=customers.FEW),
        satisfaction=summary(scores_of_customer(session, record_id), locale),
    )
