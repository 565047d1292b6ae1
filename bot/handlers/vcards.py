"""Contacts to the phone and from it: vCards out and in, and birthdays."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.handlers.answers import Answer
from bot.handlers.asked import MINE
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.birthdays import coming_birthdays, forget_birthday, remind_of_birthday
from bot.services.card_imports import keep_cards
from bot.services.customers import customer_for
from bot.services.notices import post_notice
from bot.services.vcards import read_cards
from bot.store.birthdays import find_reminder
from bot.store.contacts import access_contact, search_contacts
from bot.store.customers import access_customer, find_customers_called, search_customers
from bot.store.models import Contact
from bot.views import contacts as contact_views
from bot.views import vcards as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()


class NobodyToSend(Refusal):
    """Neither a customer nor a contact of the name."""

    message = "There is no customer or contact “{typed}” with a card to send. Look with `/crm find {typed}`"


def send(interaction: Interaction, typed: str) -> Answer:
    """`/crm contact vcard Acme`: everybody at Acme, or who has this name, as a file in a direct message."""
    typed = plain(typed)
    session = interaction.session
    customers = find_customers_called(session, typed)
    people = [] if customers else _people_called(interaction, typed)
    if not (customers or people):
        customers = search_customers(session, typed, limit=1)
    contacts = people or [
        each for customer in customers for each in access_customer(session, customer.id).contacts
    ]
    if not contacts:
        raise NobodyToSend(typed=typed)
    return Answer(_send(interaction, contacts))


def _people_called(interaction: Interaction, typed: str) -> list[Contact]:
    found = search_contacts(interaction.session, typed)
    return [each for each in found if each.name.casefold() == typed.casefold()]


def _send(interaction: Interaction, contacts: list[Contact]) -> Message:
    ids = [each.id for each in contacts]
    post_notice(
        interaction.session,
        kind=NoticeKind.CONTACT_CARDS,
        recipient=direct_to(interaction.actor.person_id or 0),
        due_at=interaction.now,
        dedupe_key=f"vcards:{interaction.changeset}",
        payload={"contacts": ids},
    )
    return views.on_its_way(len(ids), interaction.actor.locale)


@routes.action("contact.vcard")
def press_send(interaction: Interaction) -> Answer:
    """One contact, or everybody at a customer, as a file in a direct message."""
    value = interaction.value
    if value.get("contact"):
        return Answer(_send(interaction, [access_contact(interaction.session, value["contact"])]))
    contacts = access_customer(interaction.session, value["customer"]).contacts
    if not contacts:
        raise NobodyToSend(typed="—")
    return Answer(_send(interaction, list(contacts)))


def take(interaction: Interaction, typed: str) -> Answer:
    """`/crm contact import`: the form for cards that are pasted."""
    return Answer(modal=views.form(interaction.actor.locale, cards=typed))


@routes.action("contact.import")
def press_import(interaction: Interaction) -> Answer:
    """The form for cards that are pasted."""
    return Answer(modal=views.form(interaction.actor.locale))


@routes.message_shortcut("contact.import", "Contacts from vCard")
def shortcut_import(interaction: Interaction) -> Answer:
    """The same, with what a message says."""
    message = interaction.payload.get("message") or {}
    if take_card_files(interaction, message):
        return Answer(views.reading(interaction.actor.locale))
    text = str(message.get("text") or "")
    return Answer(modal=views.form(interaction.actor.locale, cards=plain(text)))


@routes.view("contact.import")
def submit_import(interaction: Interaction) -> Answer:
    """Keep every card as a contact of its organisation; whoever is there already gets what the card adds."""
    cards = read_cards(plain(interaction.form.get("cards") or ""))
    chosen = interaction.form.get("customer")
    session, actor, now = interaction.session, interaction.actor, interaction.now
    default = customer_for(session, actor, chosen, now=now)[0].id if chosen else None
    kept, new = keep_cards(session, actor, cards, customer_id=default, now=now)
    return Answer(views.taken(kept, new, actor.locale, changeset=interaction.changeset))


def take_card_files(interaction: Interaction, message: Mapping[str, Any]) -> bool:
    """Let every .vcf among a message's files be read; False where there is none."""
    found = [each for each in message.get("files") or [] if isinstance(each, dict) and _is_card(each)]
    person_id = interaction.actor.person_id or 0
    for file in found[:_MOST_FILES]:
        post_notice(
            interaction.session,
            kind=NoticeKind.CARDS_TAKEN,
            recipient=direct_to(person_id),
            due_at=interaction.now,
            dedupe_key=f"cards:{person_id}:{message.get('ts')}:{file.get('id')}",
            payload={"file": str(file.get("id")), "name": str(file.get("name") or "")[:255]},
        )
    return bool(found)


_MOST_FILES = 5


def _is_card(file: Mapping[str, Any]) -> bool:
    name = str(file.get("name") or "").lower()
    return bool(file.get("id")) and (name.endswith(".vcf") or file.get("mimetype") == "text/vcard")


def birthdays(interaction: Interaction, typed: str) -> Answer:
    """`/crm contact birthdays`: those of the next weeks, at my customers or at all."""
    mine = not typed or typed.casefold() in MINE
    found = coming_birthdays(
        interaction.session,
        owner_id=interaction.actor.person_id if mine else None,
        today=interaction.today,
    )
    return Answer(views.birthdays(found, interaction.actor.locale, today=interaction.today, mine=mine))


@routes.action("contact.remind")
def press_remind(interaction: Interaction) -> Answer:
    """Tell me of this birthday; pressed again, no more."""
    contact_id = interaction.value["contact"]
    session, actor = interaction.session, interaction.actor
    _ = interaction._
    if find_reminder(session, contact_id, actor.person_id):
        contact = forget_birthday(session, actor, contact_id, now=interaction.now)
        said = _("You hear no more of this birthday.")
    else:
        contact = remind_of_birthday(session, actor, contact_id)
        said = _("You hear of this birthday a week before and on the day.")
    card = contact_views.card(contact, actor.locale, said="🎂 " + said, changeset=interaction.changeset)
    return Answer(card)


ASKS = (
    (re.compile(r"(?:(?:vcards?|to phone)\s+|(?:导出名片|名片|存手机)\s*)(.+)", re.IGNORECASE), send),
    (re.compile(r"(?:import(?=\s|$)|导入名片|导入)\s*(.*)", re.IGNORECASE | re.DOTALL), take),
    (re.compile(r"(?:birthdays?|生日)(?:\s+(.*)|)", re.IGNORECASE), birthdays),
)
"""What asks after `/crm contact`."""
