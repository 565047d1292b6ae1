"""Mails become activities: of their sender and date, with the customer whose address it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.activities import Direction
from bot.domain.actors import Actor
from bot.language.mails import Mail
from bot.services.activities import Attached, log_activity
from bot.store import Session
from bot.store.mails import activity_of_mail, contact_of_mail, customer_of_domain, is_colleague
from bot.store.models import Activity


@dataclass(frozen=True)
class Logged:
    """The activity of a mail; `is_new` where it was not here already."""

    activity: Activity
    is_new: bool


def words_of(mail: Mail) -> str:
    """Subject and text as the activity has them."""
    return "\n\n".join(each for each in (mail.subject, mail.text) if each)


def details_of(session: Session, mail: Mail) -> dict[str, Any]:
    """Who wrote to whom, and whether it came or went."""
    sender = (
        f"{mail.sender_name} <{mail.sender}>"
        if mail.sender not in ("", mail.sender_name)
        else mail.sender_name
    )
    came = not (mail.sender and is_colleague(session, mail.sender))
    people = ", ".join([sender, *mail.recipients])[:500]
    return {"direction": Direction.IN if came else Direction.OUT, "people": people}


def log_mail(
    session: Session, actor: Actor, mail: Mail, *, now: datetime, files: Sequence[Attached] = ()
) -> Logged | None:
    """Write a mail down; the same mail again finds the first. None where nobody knows its customer."""
    if mail.message_id and (known := activity_of_mail(session, mail.message_id)):
        return Logged(known, False)
    contact = contact_of_mail(session, mail.addresses)
    customer_id = contact.customer_id if contact else None
    if customer_id is None:
        theirs = [each for each in mail.addresses if not is_colleague(session, each)]
        customer_id = customer_of_domain(session, [each.rpartition("@")[2] for each in theirs])
    if customer_id is None:
        return None
    activity = log_activity(
        session,
        actor,
        now=now,
        kind="email",
        text=words_of(mail),
        customer_id=customer_id,
        contact_id=contact.id if contact else None,
        happened_at=min(mail.at, now) if mail.at else None,
        files=files,
        external_id=mail.message_id,
        **details_of(session, mail),
    )
    return Logged(activity, True)
