"""Segments: saved by anybody, changed by who made them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.services.edits import edit
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.models import Segment
from bot.store.segments import access_segment, find_segment

FILTERS = ("kinds", "classes", "industry", "region", "size", "tag", "owner_id", "silent_days")


class SegmentNameMissing(Refusal):
    """A segment without a name."""

    message = "What is this segment called? For example: Key accounts South"


class SegmentExists(Refusal):
    """A second segment of one name."""

    message = "There is a segment “{name}” already. Choose another name, or edit that one."


class NothingFiltered(Refusal):
    """A segment of everybody."""

    message = "Say at least one thing that the customers have in common, such as: class A, region South"


def save_segment(session: Session, actor: Actor, *, name: str, **filters: Any) -> Segment:
    """A new segment. Raises SegmentNameMissing, SegmentExists and NothingFiltered."""
    values = _checked(session, {"name": name, **filters}, besides=None)
    segment = Segment(creator_id=actor.person_id, **values)
    session.add(segment)
    session.flush()
    return access_segment(session, segment.id)


def edit_segment(
    session: Session,
    actor: Actor,
    segment_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Segment:
    """Change a segment. Raises NotAllowed, EditConflict, and what save_segment raises."""
    segment = access_segment(session, segment_id)
    check_may_change(session, actor, segment.creator_id)
    edit(session, segment, _checked(session, values, besides=segment.id), version=version, seen=seen)
    return access_segment(session, segment_id)


def delete_segment(session: Session, actor: Actor, segment_id: int, *, now: datetime) -> Segment:
    """Take a segment away; its customers stay. Raises NotAllowed."""
    segment = access_segment(session, segment_id)
    check_may_change(session, actor, segment.creator_id)
    segment.deleted_at = now
    session.flush()
    return segment


def _checked(session: Session, values: Mapping[str, Any], *, besides: int | None) -> dict[str, Any]:
    name = " ".join(str(values.get("name") or "").split())[:80]
    if not name:
        raise SegmentNameMissing(field="name")
    known = find_segment(session, name)
    if known and known.id != besides:
        raise SegmentExists(field="name", name=known.name)
    if not any(values.get(each) for each in FILTERS):
        raise NothingFiltered(field="kinds")
    return {**values, "name": name, "name_key": name_key(name)}
