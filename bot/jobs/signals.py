"""Signals are told to their owners once, in the morning of a working day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.signals import PRESSING
from bot.jobs.words import Reader
from bot.reports.signals import pressing_by_owner, signals_now
from bot.services.signals import tell_signals
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.models import Notice
from bot.store.opportunities import list_by_id
from bot.store.people import list_in_slack
from bot.store.signals import Signalled
from bot.store.workspaces import workspace_settings
from bot.views import signals as views
from bot.views.blocks import Message

_NAMED = 5


def tell_owners(session: Session, now: datetime, before: date | None) -> None:
    """Tell the owners what newly needs a look; on a day off nobody is told, nor is who is not in Slack."""
    settings = workspace_settings(session)
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    if not is_working_day(settings, today):
        return
    reachable = {person.id for person in list_in_slack(session)}
    for owner_id, signals in pressing_by_owner(session, now=now).items():
        if owner_id in reachable:
            tell_signals(session, owner_id, signals, today=today, now=now)


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
