"""Cards that a phone shared become contacts of the organisations that they name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.cards import ContactCard
from bot.domain.errors import Refusal
from bot.services.contacts import BadMail, check_mail, keep_contact
from bot.services.customers import make_customer
from bot.store import Session
from bot.store.customers import find_customers_called
from bot.store.models import Contact


class WhoseCard(Refusal):
    """A card without an organisation, and no customer chosen for it."""

    message = "{name} has no organisation on the card. Choose the customer for such cards above."


def keep_cards(
    session: Session, actor: Actor, cards: Sequence[ContactCard], *, customer_id: int | None, now: datetime
) -> tuple[list[Contact], int]:
    """Every card as a contact, and how many are new; who is there already gets what the card adds.

    Without `customer_id` each goes to its organisation, which is made where nobody has it. Raises WhoseCard.
    """
    kept, new = [], 0
    for card in cards:
        at = customer_id or _organisation(session, actor, card, now)
        contact, is_new = keep_contact(session, actor, customer_id=at, name=card.name, **_values(card))
        kept.append(contact)
        new += is_new
    return kept, new


def _organisation(session: Session, actor: Actor, card: ContactCard, now: datetime) -> int:
    if not card.organisation:
        raise WhoseCard(field="customer", name=card.name)
    known = find_customers_called(session, card.organisation)
    return known[0].id if known else make_customer(session, actor, card.organisation, now=now).id


def _values(card: ContactCard) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": card.title,
        "phone": card.phone,
        "birthday_on": card.birthday_on,
        "preferences": card.note,
    }
    try:
        values["email"] = check_mail(card.email)
    except BadMail:
        values["preferences"] = " · ".join(filter(None, (card.note, card.email)))
    return values
