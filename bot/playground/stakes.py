"""What the demo's best-known opportunities are made of: products, contacts, competitors, shared credit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.domain.profiles import ContactRole
from bot.domain.stages import ForecastCategory
from bot.domain.stakes import Standing
from bot.services.opportunity_lines import write_lines
from bot.services.quotes import QuoteItem
from bot.store import Session
from bot.store.collaboration import list_collaborators
from bot.store.models import Collaborator, Involvement, Opportunity, Person, Rival
from bot.store.opportunities import list_open_opportunities
from bot.store.stakes import list_contacts_of

KNOWN = ("Fjord Textiles", "明德教育科技")
"""Whose opportunities the examples name; a seller without one has them on their first."""
_ITEMS = (QuoteItem("Pro", Decimal(120), None, Decimal(5)), QuoteItem("Training Day", Decimal(2)))
_ROLES = (ContactRole.DECISION_MAKER, ContactRole.INFLUENCER, ContactRole.USER)
_RIVALS = {
    "en": (("Zoho", "20% cheaper, no training", Standing.AHEAD), ("SAP", "the whole suite", Standing.LEVEL)),
    "zh": (("用友", "便宜两成，不含培训", Standing.AHEAD), ("金蝶", "整套方案", Standing.LEVEL)),
}
_TAGS = {"en": ["key account", "2027"], "zh": ["重点客户", "2027"]}
_SAID = {"en": "signed letter of intent", "zh": "客户已签意向书"}
_CREDIT = Decimal(30)


def seed_stakes(session: Session, sellers: Sequence[Person], now: datetime) -> None:
    """One opportunity of each seller in Slack has all of it; their next one is a commit by hand."""
    for seller in [each for each in sellers if each.slack_user_id]:
        own = list_open_opportunities(session, owner_id=seller.id, limit=100)
        own = sorted(own, key=lambda each: not (each.customer and each.customer.name in KNOWN))
        if len(own) < 2:
            continue
        language = "en" if seller.locale.startswith("en") else "zh"
        _involve(session, own[0], language)
        write_lines(session, own[0], _ITEMS, now)
        there = {each.person_id for each in list_collaborators(session, own[0])} | {seller.id}
        colleague = next(each for each in sellers if each.id not in there)
        session.add(
            Collaborator(
                opportunity_id=own[0].id, person_id=colleague.id, role="presales", credit_percent=_CREDIT
            )
        )
        expected = next((each for each in own[1:] if each.stage.category != ForecastCategory.COMMIT), own[1])
        expected.category, expected.category_reason = ForecastCategory.COMMIT, _SAID[language]
        expected.close_on = min(expected.close_on or now.date(), now.date() + timedelta(days=18))
    session.flush()


def _involve(session: Session, opportunity: Opportunity, language: str) -> None:
    contacts = list_contacts_of(session, opportunity.customer_id or 0)
    for contact, role in zip(contacts, _ROLES, strict=False):
        session.add(Involvement(opportunity_id=opportunity.id, contact_id=contact.id, role=role))
    for name, offer, standing in _RIVALS[language]:
        session.add(Rival(opportunity_id=opportunity.id, name=name, offer=offer, standing=standing))
    opportunity.competitor = _RIVALS[language][0][0]
    opportunity.tags = list(_TAGS[language])
