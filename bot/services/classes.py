"""Classes of customers: set by rule when something is won or lost and every night, or by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.classes import FIRST_FLOORS, VALUE_CLASSES, ClassRules, Sales, life_cycle, value_class
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.classes import list_by_ids, list_classed_ids, revenue_of, sales_of
from bot.store.models import Customer, Settings
from bot.store.workspaces import workspace_settings


class NotMonths(Refusal):
    """A number of months that is none."""

    message = "“{typed}” is not a number of months. Type one from 1 to 120, such as: 12"


class NotDays(Refusal):
    """A rhythm that is no number of days."""

    message = "“{typed}” is not a number of days. Type one from 1 to 400, such as: 14; or leave it empty"


class FloorsUpsideDown(Refusal):
    """B that begins above A."""

    message = "A must begin at more than B. Type the larger amount first, such as: 100k 20k"


def rules_of(settings: Settings) -> ClassRules:
    """The workspace's rules; the first floors hold where an admin has set none."""
    floors = {currency: (int(a), int(b)) for currency, (a, b) in settings.class_floors.items()}
    if not floors:
        a, b = (Money.of(FIRST_FLOORS[each], settings.currency).minor for each in ("A", "B"))
        floors = {settings.currency: (a, b)}
    rhythms = {each: int(days) for each, days in settings.class_rhythms.items() if days}
    return ClassRules(settings.lapse_months, settings.class_months, floors, rhythms)


def edit_rules(
    session: Session,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> int:
    """Change the rules and class everybody anew; how many changed class.

    Raises AdminsOnly, NotMonths, NotDays, FloorsUpsideDown and EditConflict.
    """
    check_is_admin(session, actor)
    for field in ("lapse_months", "class_months"):
        if field in values and not 1 <= values[field] <= 120:
            raise NotMonths(field=field, typed=str(values[field]))
    for name, days in (values.get("class_rhythms") or {}).items():
        if name not in VALUE_CLASSES or not 1 <= days <= 400:
            raise NotDays(field=f"rhythm_{name.lower()}", typed=str(days))
    for a, b in (values.get("class_floors") or {}).values():
        if a <= b:
            raise FloorsUpsideDown(field="class_floors")
    edit(session, workspace_settings(session), values, version=version, seen=seen)
    return classify_all(session, now)


def classify_customer(session: Session, customer_id: int | None, now: datetime) -> None:
    """Class one customer by the rules; what somebody set by hand stays."""
    if customer_id is not None:
        _classify(session, [customer_id], now)


def classify_all(session: Session, now: datetime) -> int:
    """Class everybody who has anything to be classed by; how many changed."""
    return _classify(session, None, now)


def _classify(session: Session, customer_ids: Sequence[int] | None, now: datetime) -> int:
    settings = workspace_settings(session)
    rules = rules_of(settings)
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    sales = sales_of(session, customer_ids)
    revenue = revenue_of(session, since=rules.counted_since(today), customer_ids=customer_ids)
    wanted = customer_ids if customer_ids is not None else {*sales, *revenue, *list_classed_ids(session)}
    changed = 0
    for customer in list_by_ids(session, list(wanted)):
        kind = life_cycle(customer.kind, sales.get(customer.id, Sales()), rules, today)
        worth = value_class(revenue.get(customer.id, []), rules)
        changed += _set(customer, kind, worth)
    session.flush()
    return changed


def _set(customer: Customer, kind: str, worth: str | None) -> bool:
    before = customer.kind, customer.value_class
    if not customer.kind_by_hand and kind != customer.kind:
        customer.kind = kind
    if not customer.class_by_hand and worth != customer.value_class:
        customer.value_class = worth
    return (customer.kind, customer.value_class) != before


def by_hand(customer: Customer, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an edit, with the note that a class which it sets anew was set by hand."""
    said = dict(columns)
    for field, flag in (("kind", "kind_by_hand"), ("value_class", "class_by_hand")):
        if field in said and flag not in said and said[field] != getattr(customer, field):
            said[flag] = True
    return said
