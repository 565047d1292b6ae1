"""Messages of deal rooms that people mark with the workspace's emoji: kept on the timeline, once."""

from collections.abc import Mapping
from typing import Any

from bot.domain.notices import NoticeKind, direct_to
from bot.domain.postings import same_emoji
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.messages import moment_of
from bot.handlers.router import Routes
from bot.services.collecting import uncollect
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.activities import find_activity_from
from bot.store.rooms import find_room_in
from bot.store.workspaces import workspace_settings

routes = Routes()

EVENTS = frozenset(["reaction_added", "reaction_removed"])


@routes.event("reaction_added", changes=True)
def mark(interaction: Interaction) -> Answer:
    """Have the message fetched and kept. A message that is kept already stays as it is."""
    place = _marked(interaction)
    if place is None or find_activity_from(interaction.session, ":".join(place)):
        return Answer()
    _post(interaction, place, gone=False)
    return Answer()


@routes.event("reaction_removed", changes=True)
def unmark(interaction: Interaction) -> Answer:
    """Whoever marked it takes it from the timeline again."""
    place = _marked(interaction)
    kept = find_activity_from(interaction.session, ":".join(place)) if place else None
    if place and kept and uncollect(interaction.session, interaction.actor, kept, now=interaction.now):
        _post(interaction, place, gone=True)
    return Answer()


def _marked(interaction: Interaction) -> tuple[str, str] | None:
    return marked_place(interaction.session, interaction.payload)


def marked_place(session: Session, payload: Mapping[str, Any]) -> tuple[str, str] | None:
    """Channel and moment of a message in a deal room, where the reaction is the one that collects."""
    event: dict[str, Any] = payload.get("event") or {}
    item = event.get("item")
    if not isinstance(item, dict) or item.get("type") != "message":
        return None
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    emoji = workspace_settings(session).collect_emoji
    if not moment_of(ts) or not same_emoji(str(event.get("reaction") or ""), emoji):
        return None
    return (channel, ts) if find_room_in(session, channel) else None


def _post(interaction: Interaction, place: tuple[str, str], *, gone: bool) -> None:
    post_notice(
        interaction.session,
        kind=NoticeKind.COLLECTED,
        recipient=direct_to(interaction.actor.person_id or 0),
        due_at=interaction.now,
        dedupe_key=f"collect:{':'.join(place)}:{interaction.changeset}",
        payload={"channel": place[0], "ts": place[1], "gone": gone},
    )
