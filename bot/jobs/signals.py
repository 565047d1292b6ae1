"""Signals are told to their owners once, in the morning of a working day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.signals import PRESSING
from bot.jobs.words import Reader
from bot.reports.signals import pressing_by_owner, signals_now
from bot.services.signals import tell_signals
from bot.store import Session, Store
from bot.store.models import Notice
from bot.store.opportunities import list_by_id
from bot.store.signals import Signalled
from bot.store.workspaces import list_workspaces, workspace_settings
from bot.views import signals as views
from bot.views.blocks import Message

_MORNING = range(8, 12)
"""The workspace's hours in which owners are told; a worker that was down at eight catches up until noon."""
_NAMED = 5


def tell_owners(store: Store, now: datetime) -> None:
    """In each workspace where it is a working morning, tell the owners what newly needs a look."""
    with store.everywhere(writes=False) as session:
        ids = [workspace.id for workspace in list_workspaces(session)]
    for workspace_id in ids:
        with store.reading(workspace_id) as session:
            settings = workspace_settings(session)
            local = now.astimezone(ZoneInfo(settings.zone))
            if local.hour not in _MORNING or str(local.isoweekday()) not in settings.working_days:
                continue
            found = pressing_by_owner(session, now=now)
        if found:
            with store.transaction(Actor(workspace_id), now=now, how="clock") as session:
                for owner_id, signals in found.items():
                    tell_signals(session, owner_id, signals, today=local.date(), now=now)


def signals_told(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """What still needs a look of what was found; nothing where all is seen to by now."""
    found = []
    for opportunity in list_by_id(session, notice.payload["opportunities"]):
        if not opportunity.stage.is_open:
            continue
        _, signals = signals_now(session, opportunity.id, now=reader.now)
        if any(each.kind in PRESSING for each in signals):
            found.append(Signalled(opportunity, signals))
    if not found:
        return None
    return views.told(found[:_NAMED], reader.locale, more=max(0, len(found) - _NAMED))
