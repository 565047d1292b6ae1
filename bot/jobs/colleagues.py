"""What colleagues hear of each other's work: hand-overs, mentions, teams, news of records, shared cards."""

from datetime import datetime
from typing import Any

from bot.domain.handovers import HandoverCounts
from bot.domain.money import Money
from bot.domain.notices import person_of
from bot.i18n import format_date, format_money, translator
from bot.jobs.words import Reader
from bot.services.mentions import mentioned_people
from bot.store import Session
from bot.store.activities import access_activity
from bot.store.changes import has_value, list_changes_since, restored
from bot.store.collaboration import Record, access_collaborator
from bot.store.customers import access_customer
from bot.store.models import Activity, Customer, Notice, Opportunity
from bot.store.opportunities import access_opportunity
from bot.store.people import access_person
from bot.store.pipelines import access_stage
from bot.views import collaboration as views
from bot.views import customers as customer_views
from bot.views import handovers as handover_views
from bot.views.blocks import Message
from bot.views.text import shown
from bot.views.words import CATEGORIES, stage_name

_TOLD = (
    *("stage_id", "amount_minor", "close_on", "owner_id", "kind", "name", "score", "strategy"),
    *("category", "category_reason"),
)
"""The fields of which followers hear."""


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
        _by(session, notice),
        HandoverCounts(**said["counts"]),
        reader.locale,
        is_taker=person_of(notice.recipient) == said["to"],
    )


def mentioned(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The note as it is now; nothing where it names the reader no more."""
    note: Activity | Record
    if notice.subject == Activity.__tablename__:
        note = access_activity(session, notice.subject_id or 0)
        text = note.text
    else:
        note = _record(session, notice)
        text = note.note or ""
    if person_of(notice.recipient) not in {person.id for person in mentioned_people(session, text)}:
        return None
    return views.mentioned(note, text, _by(session, notice), reader.locale)


def collaborator_added(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Whose team the reader is on."""
    found = access_collaborator(session, notice.subject_id or 0)
    record: Record
    if found.customer_id is not None:
        record = access_customer(session, found.customer_id)
    else:
        record = access_opportunity(session, found.opportunity_id or 0)
    return views.added(found, record, _by(session, notice), reader.locale)


def record_news(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """What others changed since; nothing where all of it was changed back."""
    record = _record(session, notice)
    since = datetime.fromisoformat(notice.payload["since"])
    me = person_of(notice.recipient)
    lines, who = news_since(session, record, since, reader.locale, besides=me)
    return views.news(record, lines, who, reader.locale) if lines and who else None


def news_since(
    session: Session, record: Record, since: datetime, locale: str, *, besides: int | None = None
) -> tuple[list[str], list[str]]:
    """What is different from how it was, a line a field, and who changed it, `besides` one person."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    who: dict[str, None] = {}
    for change, name in list_changes_since(session, record.__tablename__, record.id, since):
        if change.field in _TOLD:
            before.setdefault(change.field, change.old)
            after[change.field] = change.new
        elif change.field == "":
            before[""], after[""] = None, "made"
        if change.person_id != besides and (change.field in _TOLD or change.field == "") and name:
            who[name] = None
    changed = [field for field, old in before.items() if old != after[field]]
    if "" in changed:
        changed = [""]
    lines = [_line(session, record, field, before[field], after[field], locale) for field in changed]
    return lines, list(who)


def _line(session: Session, record: Record, field: str, old: Any, new: Any, locale: str) -> str:
    _ = translator(locale)
    labels = {
        "stage_id": _("Stage"),
        "amount_minor": _("Amount"),
        "close_on": _("Close date"),
        "owner_id": _("Owner"),
        "kind": _("Type"),
        "name": _("Name"),
        "score": _("Score"),
        "strategy": _("Strategy"),
        "category": _("Forecast category"),
        "category_reason": _("Reason"),
    }
    if field == "":
        amount = record.amount if isinstance(record, Opportunity) else None
        return "✨ " + _("New opportunity") + (f" · {format_money(amount, locale)}" if amount else "")
    words = [_value(session, record, field, value, locale) for value in (old, new)]
    if field == "stage_id" and isinstance(record, Opportunity) and not record.stage.is_open:
        mark = "🎉 " if record.stage.is_won else "📕 "
        return f"{mark}{labels[field]}: {words[0]} → *{words[1]}*"
    return f"{labels[field]}: {words[0]} → *{words[1]}*"


def _value(session: Session, record: Record, field: str, kept: Any, locale: str) -> str:
    if kept is None:
        return translator(locale)("by its stage") if field == "category" else "—"
    value = restored(type(record), field, kept)
    match field:
        case "stage_id":
            return shown(stage_name(access_stage(session, value).name, locale), 60)
        case "amount_minor":
            return format_money(Money(value, getattr(record, "currency", "USD")), locale)
        case "close_on":
            return format_date(value, locale)
        case "owner_id":
            return shown(access_person(session, value).name, 60)
        case "category":
            return translator(locale)(CATEGORIES[value])
        case "kind":
            return shown(customer_views.kind_name(value, locale), 60)
    return shown(str(value), 100)


def _record(session: Session, notice: Notice) -> Record:
    if notice.subject == Customer.__tablename__:
        return access_customer(session, notice.subject_id or 0)
    return access_opportunity(session, notice.subject_id or 0)


def _by(session: Session, notice: Notice) -> str | None:
    by = notice.payload.get("by")
    return access_person(session, int(by)).name if by else None
