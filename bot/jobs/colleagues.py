"""What colleagues hear of each other's work: hand-overs."""

from bot.domain.handovers import HandoverCounts
from bot.domain.notices import person_of
from bot.jobs.words import Reader
from bot.store import Session
from bot.store.changes import has_value
from bot.store.models import Notice
from bot.store.people import access_person
from bot.views import handovers as handover_views
from bot.views.blocks import Message


def handed_over(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The summary; nothing where it was undone before it was told."""
    said = notice.payload
    table, first = said["first"]
    column = "assignee_id" if table == "tasks" else "owner_id"
    if not has_value(session, table, int(first), column, said["to"]):
        return None
    return handover_views.told(
        access_person(session, said["from"]),
        access_person(session, said["to"]),
        access_person(session, said["by"]).name if said.get("by") else None,
        HandoverCounts(**said["counts"]),
        reader.locale,
        is_taker=person_of(notice.recipient) == said["to"],
    )
