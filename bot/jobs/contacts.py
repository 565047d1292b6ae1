"""Contacts as notices: their cards as a file, and their birthdays."""

from datetime import date, datetime
from functools import partial
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.files import SharedFile
from bot.domain.notices import person_of
from bot.i18n import translate
from bot.jobs.calls import Slack
from bot.jobs.mails import acting
from bot.jobs.words import Drawn, Fetched, Reader
from bot.services.card_imports import keep_cards
from bot.services.vcards import card_of_contact, read_cards, write_cards
from bot.store import Session
from bot.store.contacts import UnknownContact, access_contact
from bot.store.models import Contact, Notice
from bot.store.notices import access_notice
from bot.views import vcards as views
from bot.views.blocks import Message
from bot.views.undelivered import why_failed


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


def taken_cards(session: Session, reader: Reader, notice: Notice) -> Message | Fetched | None:
    """A file of cards that somebody sent: read first, then the contacts that came of it."""
    payload = notice.payload
    if "error" in payload:
        return views.not_taken(payload.get("name") or "", _why(payload, reader.locale), reader.locale)
    if "contacts" in payload:
        kept = [access_contact(session, int(each)) for each in payload["contacts"]]
        return views.taken(kept, payload["new"], reader.locale, changeset=payload["changeset"])
    gather = partial(_download, file_id=payload["file"])
    return Fetched(
        gather, partial(_keep, notice_id=notice.id, now=reader.now), person_of(notice.recipient) or 0
    )


def _why(payload: dict[str, Any], locale: str) -> str:
    if payload["error"] == "refused":
        return translate(locale, payload["message"], **payload["values"])
    return why_failed(payload["error"], locale)


def _download(slack: Slack, file_id: str) -> bytes:
    return slack.download(file_id, most=_LARGEST_FILE)


_LARGEST_FILE = 2_000_000


def _keep(
    session: Session, content: bytes | None, error: str | None, *, notice_id: int, now: datetime
) -> None:
    notice = access_notice(session, notice_id)
    payload = dict(notice.payload)
    if content is None or error:
        notice.payload = payload | {"error": error or "unknown"}
        return
    attempt = session.begin_nested()
    try:
        cards = read_cards(content.decode("utf-8-sig", "replace"))
        kept, new = keep_cards(session, acting(session), cards, customer_id=None, now=now)
        attempt.commit()
    except Refusal as refusal:
        attempt.rollback()
        values = {key: str(value) for key, value in refusal.values.items()}
        notice.payload = payload | {"error": "refused", "message": refusal.message, "values": values}
        return
    notice.payload = payload | {
        "contacts": [each.id for each in kept],
        "new": new,
        "changeset": session.info["changeset"],
    }
