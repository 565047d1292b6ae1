"""Follow-up rhythms: an owner hears of customers whom nobody spoke with in time, nothing being planned."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.classes import missed_again
from bot.domain.notices import NoticeKind, direct_to
from bot.services.classes import rules_of
from bot.services.notices import post_notice
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.classes import list_silent
from bot.store.workspaces import workspace_settings


def nudge_owners(session: Session, now: datetime, before: date | None) -> int:
    """Write a notice for each owner of customers who were missed since the run before; how many.

    Nobody is nudged on a day off: the next working day says it. A customer is named once for each whole
    rhythm that passes, not every morning.
    """
    settings = workspace_settings(session)
    zone = ZoneInfo(settings.zone)
    today = now.astimezone(zone).date()
    if not is_working_day(settings, today):
        return 0
    rules = rules_of(settings)
    missed: dict[int, list[int]] = {}
    for customer, last_at in list_silent(session, dict(rules.rhythms)):
        every = rules.rhythms[customer.value_class or ""]
        last_on = (last_at or customer.created_at).astimezone(zone).date()
        owner = customer.owner
        if owner and owner.slack_user_id and missed_again(last_on, every, since=before, today=today):
            missed.setdefault(owner.id, []).append(customer.id)
    for owner_id, customer_ids in missed.items():
        _post(session, owner_id, customer_ids, now=now, today=today)
    return len(missed)


def _post(
    session: Session, owner_id: int, customer_ids: Iterable[int], *, now: datetime, today: date
) -> None:
    post_notice(
        session,
        kind=NoticeKind.FOLLOW_UP,
        recipient=direct_to(owner_id),
        due_at=now,
        dedupe_key=f"rhythm:{owner_id}:{today.isoformat()}",
        payload={"customers": list(customer_ids)},
    )
