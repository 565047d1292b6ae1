"""Whom nobody spoke with for too long."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.classes import ClassRules, due_on
from bot.store import Session
from bot.store.classes import Silent, list_silent
from bot.store.workspaces import workspace_settings


def silent_customers(
    session: Session, *, now: datetime, rules: ClassRules, owner_id: int | None = None
) -> list[Silent]:
    """Everybody of a class with a rhythm who was missed: of one owner or of all, the best class first."""
    zone = ZoneInfo(workspace_settings(session).zone)
    today = now.astimezone(zone).date()
    found = []
    for customer, last_at in list_silent(session, dict(rules.rhythms), owner_id=owner_id):
        every = rules.rhythms[customer.value_class or ""]
        last_on = (last_at or customer.created_at).astimezone(zone).date()
        if due_on(last_on, every) < today:
            found.append(Silent(customer, last_on, every, (today - last_on).days, last_at is not None))
    return sorted(found, key=lambda each: (each.customer.value_class or "", -each.days, each.customer.id))
