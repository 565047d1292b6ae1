"""Contacts as notices: their cards as a file, and their birthdays."""

from datetime import date

from bot.domain.files import SharedFile
from bot.i18n import translate
from bot.jobs.words import Drawn, Reader
from bot.services.vcards import card_of_contact, write_cards
from bot.store import Session
from bot.store.contacts import UnknownContact, access_contact
from bot.store.models import Contact, Notice
from bot.views import vcards as views
from bot.views.blocks import Message


def cards(session: Session, reader: Reader, notice: Notice) -> Drawn | None:
    """The file with the cards of those who are still there."""
    found: list[Contact] = []
    for contact_id in notice.payload["contacts"]:
        try:
            found.append(access_contact(session, int(contact_id)))
        except UnknownContact:
            continue
    if not found:
        return None
    content = write_cards(card_of_contact(each) for each in found)
    names = {each.customer.name for each in found}
    title = found[0].name if len(found) == 1 else " / ".join(sorted(names)[:3])
    said = translate(reader.locale, "Contacts: {names}", names=title)
    return Drawn(lambda: SharedFile(content, said), "contacts.vcf")


def birthday(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The birthday, where it is still written down so."""
    contact = access_contact(session, notice.subject_id or 0)
    day = date.fromisoformat(str(notice.payload["day"]))
    if contact.birthday_on is None or (contact.birthday_on.month, contact.birthday_on.day) not in (
        (day.month, day.day),
        (2, 29),
    ):
        return None
    return views.birthday_notice(contact, day, reader.now.astimezone(reader.zone).date(), reader.locale)
