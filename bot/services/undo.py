"""Undo: one transaction's changes taken back, unless somebody has built on them since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor, NotAllowed
from bot.domain.errors import Refusal
from bot.services.cards import refresh_cards
from bot.services.gates import outdate_approval
from bot.services.pools import tell_pool
from bot.services.progress import follow_part
from bot.services.rooms import keep_room_true
from bot.store import Session, unless_taken
from bot.store.cards import opportunities_that_stand_somewhere
from bot.store.changes import built_on, changed_entities, later_change, list_changeset, restored
from bot.store.models import Lead, Opportunity, Task
from bot.store.people import access_person


class NothingToUndo(Refusal):
    """The changes were undone already, or never were."""

    message = "There is nothing left to undo here."


class ChangedSince(Refusal):
    """Somebody changed the same thing after it."""

    message = "{who} has changed this since, so undoing would lose their change. Edit it instead."


class TakenSince(Refusal):
    """What it was called before is now the name of another."""

    message = "Another record has this name or number by now, so undoing would make two. Edit it instead."


class BuiltOnSince(Refusal):
    """Something else came to belong to what was made."""

    message = "{who} has built on this since, so it cannot be taken back. Edit it instead."


@dataclass(frozen=True)
class Undone:
    """What was taken back: how many records, and the changeset that takes this back again."""

    records: int
    changeset: str


def undo(session: Session, actor: Actor, changeset: str, *, now: datetime) -> Undone:
    """Take back what one transaction changed: made records go, changed fields get their old values.

    Only who did it, or an admin, may undo it. Raises ChangedSince where a field was changed again later,
    BuiltOnSince where a record that would go has others that belong to it, and TakenSince.
    """
    changes = list_changeset(session, changeset)
    if not changes:
        raise NothingToUndo
    author = changes[0].person_id
    if not actor.is_admin and author != actor.person_id:
        raise NotAllowed(owner=access_person(session, author).name if author else "—")
    if later := later_change(session, changes):
        change, again, who = later
        if again.how == session.info["how"] or (change.field == "" and again.field == "deleted_at"):
            raise NothingToUndo
        raise ChangedSince(who=who or "—")
    entities = changed_entities(session, changes)
    touched: dict[tuple[str, int], Any] = {}
    before: list[tuple[Any, str, Any]] = []
    for change in reversed(changes):
        entity = entities.get((change.entity, change.entity_id))
        if entity is None:
            continue
        touched[(change.entity, change.entity_id)] = entity
        if change.field == "":
            entity.deleted_at = now
        else:
            before.append((entity, change.field, restored(type(entity), change.field, change.old)))
    _set_back(session, before)
    for (kind, entity_id), entity in touched.items():
        who = built_on(session, kind, entity_id) if entity.deleted_at else None
        if who is not None:
            raise BuiltOnSince(who=who)
    opportunities = [each.id for each in touched.values() if isinstance(each, Opportunity)]
    somewhere = opportunities_that_stand_somewhere(session, opportunities)
    for entity in touched.values():
        if isinstance(entity, Lead):
            tell_pool(session, entity, now)
        elif isinstance(entity, Opportunity) and entity.id in somewhere:
            outdate_approval(session, entity, now)
            keep_room_true(session, entity, now)
            refresh_cards(session, entity, now)
        elif isinstance(entity, Task) and entity.deleted_at is None:
            follow_part(session, entity, now=now)
    return Undone(len(touched), str(session.info["changeset"]))


def _set_back(session: Session, before: Iterable[tuple[Any, str, Any]]) -> None:
    """Set each field to its value before; where one was set more than once, the last of these is the first.

    What was empty is emptied first: a value that only one row may have, such as a Slack id, may move back.
    Raises TakenSince where another row has such a value by now.
    """
    first = {(id(entity), field): (entity, field, value) for entity, field, value in before}
    with unless_taken(session, TakenSince()):
        for is_empty in (True, False):
            for entity, field, value in first.values():
                if (value is None) == is_empty:
                    setattr(entity, field, value)
            session.flush()
