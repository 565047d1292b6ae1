"""Activities: what happened with customers, written down, with what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.edits import edit
from bot.services.mentions import tell_mentioned
from bot.services.rights import check_may_change
from bot.services.subjects import only_open_opportunity, subject
from bot.store import Session
from bot.store.activities import access_activity
from bot.store.changes import is_made_by
from bot.store.contacts import access_contact
from bot.store.models import Activity, ActivityFile


class ActivityTextMissing(Refusal):
    """A note that says nothing."""

    message = "What happened? A few words are enough, such as: wants 50 seats, decides in March"


class AboutNobody(Refusal):
    """An activity with neither customer nor opportunity."""

    message = "Which customer was it with? Choose one, or type a new name."


class ContactElsewhere(Refusal):
    """A contact of another customer."""

    message = "{contact} is a contact of {customer}. Change one of the two, or empty it."


class NotHappenedYet(Refusal):
    """A moment that has not come."""

    message = "{at} has not come yet. For something still to do, type: `/crm task`"


@dataclass(frozen=True)
class Attached:
    """A file in Slack, to belong to an activity."""

    slack_file: str
    name: str
    address: str


def log_activity(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    kind: str = "note",
    text: str | None = None,
    customer_id: int | None = None,
    opportunity_id: int | None = None,
    happened_at: datetime | None = None,
    person_id: int | None = None,
    permalink: str | None = None,
    contact_id: int | None = None,
    files: Sequence[Attached] = (),
    **details: Any,
) -> Activity:
    """Write down what happened, now and by the actor unless said otherwise.

    An opportunity or a contact brings its customer; a customer with exactly one open opportunity brings that
    one. `details` are direction, outcome, duration_min, people and needs. Raises ActivityTextMissing (a call
    or visit needs no text, a note does), AboutNobody, AnotherCustomers, ContactElsewhere and NotHappenedYet.
    """
    customer_id = _with_contact(session, customer_id, contact_id)
    customer_id, opportunity_id = subject(session, customer_id, opportunity_id)
    if opportunity_id is None and customer_id is not None:
        opportunity_id = only_open_opportunity(session, customer_id)
    activity = Activity(
        kind=kind,
        text=(text or "").strip(),
        happened_at=happened_at or now,
        person_id=person_id or actor.person_id,
        customer_id=customer_id,
        opportunity_id=opportunity_id,
        permalink=permalink,
        contact_id=contact_id,
        **details,
    )
    _check(activity, actor, now)
    session.add(activity)
    session.flush()
    _tell(session, actor, activity, now)
    attach_files(session, activity.id, files)
    return access_activity(session, activity.id)


def edit_activity(
    session: Session,
    actor: Actor,
    activity_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Activity:
    """Change what was written down; who wrote it down may too, where it was somebody else's.

    Raises NotAllowed, EditConflict, and what log_activity raises.
    """
    activity = access_activity(session, activity_id)
    if not is_made_by(session, activity, actor.person_id):
        check_may_change(session, actor, activity.person_id)
    columns = dict(values)
    if columns.get("contact_id") is not None:
        columns["customer_id"] = _with_contact(session, columns.get("customer_id"), columns["contact_id"])
    if columns.get("opportunity_id") is not None:
        columns["customer_id"], _same = subject(
            session, columns.get("customer_id"), columns["opportunity_id"]
        )
    if "text" in columns:
        columns["text"] = (columns["text"] or "").strip()
    edit(session, activity, columns, version=version, seen=seen)
    _check(activity, actor, now)
    _tell(session, actor, activity, now)
    return access_activity(session, activity_id)


def _tell(session: Session, actor: Actor, activity: Activity, now: datetime) -> None:
    tell_mentioned(session, actor, activity, activity.text, now=now)


def attach_files(session: Session, activity_id: int, files: Sequence[Attached]) -> None:
    """Let files in Slack belong to an activity."""
    for file in files:
        session.add(
            ActivityFile(
                activity_id=activity_id, slack_file=file.slack_file, name=file.name, address=file.address
            )
        )
    session.flush()


def _with_contact(session: Session, customer_id: int | None, contact_id: int | None) -> int | None:
    """The customer, filled in from the contact. Raises ContactElsewhere."""
    if contact_id is None:
        return customer_id
    contact = access_contact(session, contact_id)
    if customer_id is not None and contact.customer_id != customer_id:
        raise ContactElsewhere(field="contact", contact=contact.name, customer=contact.customer.name)
    return contact.customer_id


def _check(activity: Activity, actor: Actor, now: datetime) -> None:
    if activity.customer_id is None and activity.opportunity_id is None:
        raise AboutNobody(field="customer")
    if not activity.text and activity.kind == "note":
        raise ActivityTextMissing(field="text")
    if activity.happened_at > now:
        raise NotHappenedYet(field="happened_at", at=activity.happened_at.astimezone(ZoneInfo(actor.zone)))
