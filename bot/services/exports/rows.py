"""Records as rows of an export. An import into an empty database and another export give the same rows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.custom_fields import Value
from bot.domain.money import Money
from bot.domain.priorities import Priority
from bot.domain.typed import as_typed
from bot.store import Session
from bot.store.custom_fields import list_fields
from bot.store.transfers import EXPORTED_KINDS, exported
from bot.store.workspaces import workspace_settings

__all__ = ["EXPORTED_KINDS", "export_rows"]

_Values = tuple[Any, ...]

_KEPT: dict[str, tuple[str, ...]] = {
    "customers": (
        *("id", "external_id", "name", "kind", "industry", "region", "website", "phone", "note"),
        *("legal_name", "tax_id", "size", "aliases", "other_phones", "addresses", "tags"),
    ),
    "contacts": (
        *("id", "external_id", "name", "title", "email", "phone"),
        *("decision_role", "birthday_on", "preferences"),
    ),
    "leads": (
        "id",
        "external_id",
        "name",
        "contact_name",
        "email",
        "phone",
        "source",
        "campaign",
        "region",
        "size",
        "need",
        "note",
        "state",
        "reason",
    ),
    "opportunities": ("id", "external_id", "name"),
    "activities": ("id", "external_id", "kind", "text"),
    "ratings": ("id", "external_id", "kind", "score", "comment"),
    "tasks": ("id", "external_id", "text"),
    "products": ("id", "external_id", "name"),
    "quotes": ("id", "external_id", "number"),
    "quotas": ("id",),
    "people": ("id", "name", "role", "email", "slack_user_id", "locale", "zone"),
}
"""The first columns of each kind: fields that are written as they are kept."""


def export_rows(session: Session, kind: str) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """The columns and rows of a kind, by id; values are text, int, Decimal or None (unknown).

    Days are ISO, moments too, in the workspace's zone. Columns that an import kept come last.
    """
    zone = ZoneInfo(workspace_settings(session).zone)
    kept, (others, rest) = _KEPT[kind], _REST[kind]
    columns = dict.fromkeys((*kept, *others))
    own = {field.key: field.name for field in list_fields(session, kind) if field.name not in columns}
    columns |= dict.fromkeys(own.values())
    rows = []
    for entity in exported(session, kind):
        row = {name: _kept(getattr(entity, name)) for name in kept} | dict(
            zip(others, rest(entity, zone), strict=True)
        )
        values = getattr(entity, "custom", None) or {}
        row |= {name: _own(values[key]) for key, name in own.items() if key in values}
        for name, value in (getattr(entity, "extra", None) or {}).items():
            if name not in row:
                columns[name] = None
                row[name] = value
        rows.append({name: as_typed(cell) if isinstance(cell, str) else cell for name, cell in row.items()})
    return tuple(columns), rows


def _own(value: Value) -> str:
    """A value of a field that an admin defined, as an import reads it."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _kept(value: Any) -> Any:
    """A field as a cell: several values between semicolons, days as ISO says them."""
    if isinstance(value, list):
        return "; ".join(value) or None
    return value.isoformat() if isinstance(value, date) else value


def _owner(entity: Any, zone: tzinfo) -> _Values:
    return (_name(entity.owner),)


def _customer(entity: Any, zone: tzinfo) -> _Values:
    return (*_owner(entity, zone), *_channel(entity), _name(entity.parent))


def _contact(entity: Any, zone: tzinfo) -> _Values:
    return (_name(entity.customer),)


def _opportunity(entity: Any, zone: tzinfo) -> _Values:
    return (
        _name(entity.customer),
        _name(entity.owner),
        _name(entity.product),
        entity.source,
        entity.stage.name,
        _amount(entity.amount),
        entity.currency,
        _day(entity.opened_on),
        _day(entity.close_on),
        _day(entity.closed_on),
        str(entity.stage.kind),
        entity.probability,
        entity.competitor,
        entity.loss_reason,
        entity.lesson,
        entity.stage.pipeline.name,
        entity.note,
        *_channel(entity),
    )


def _activity(entity: Any, zone: tzinfo) -> _Values:
    return (
        _name(entity.customer),
        _moment(entity.happened_at, zone),
        _name(entity.person),
        *_about(entity.opportunity),
    )


def _rating(entity: Any, zone: tzinfo) -> _Values:
    return (
        _name(entity.customer),
        _moment(entity.rated_at, zone),
        _name(entity.person),
        _name(entity.product),
    )


def _task(entity: Any, zone: tzinfo) -> _Values:
    return (
        _name(entity.assignee),
        _moment(entity.due_at, zone) or _day(entity.due_on),
        entity.state,
        _name(entity.customer),
        *_about(entity.opportunity),
        Priority(entity.priority).name.lower(),
    )


def _product(entity: Any, zone: tzinfo) -> _Values:
    return _amount(entity.price), entity.currency


def _quote(entity: Any, zone: tzinfo) -> _Values:
    return (
        _name(entity.customer),
        _amount(entity.total),
        entity.currency,
        entity.discount_percent,
        entity.state,
        _day(entity.valid_until),
        *_about(entity.opportunity),
    )


def _lead(entity: Any, zone: tzinfo) -> _Values:
    return *_owner(entity, zone), _day(entity.needed_on)


def _quota(entity: Any, zone: tzinfo) -> _Values:
    last_on = entity.ends_on - timedelta(days=1)
    return (
        _name(entity.person),
        _name(entity.team),
        _day(entity.starts_on),
        _day(last_on),
        _amount(entity.amount),
        entity.currency,
    )


def _person(entity: Any, zone: tzinfo) -> _Values:
    return _name(entity.manager), _name(entity.team)


_CHANNEL = ("sales_channel", "partner", "partner_percent")


def _channel(entity: Any) -> _Values:
    return entity.sales_channel, _name(entity.partner), entity.partner_percent


_ABOUT = ("opportunity", "opportunity_id")

_REST: dict[str, tuple[tuple[str, ...], Callable[[Any, tzinfo], _Values]]] = {
    "customers": (("owner", *_CHANNEL, "parent"), _customer),
    "contacts": (("customer",), _contact),
    "leads": (("owner", "needed_on"), _lead),
    "opportunities": (
        (
            *(
                "customer",
                "owner",
                "product",
                "source",
                "stage",
                "amount",
                "currency",
                "created_on",
                "close_on",
            ),
            *(
                "closed_on",
                "outcome",
                "probability",
                "competitor",
                "loss_reason",
                "lesson",
                "pipeline",
                "note",
            ),
            *_CHANNEL,
        ),
        _opportunity,
    ),
    "activities": (("customer", "happened_at", "person", *_ABOUT), _activity),
    "ratings": (("customer", "rated_at", "person", "product"), _rating),
    "tasks": (("assignee", "due", "state", "customer", *_ABOUT, "priority"), _task),
    "products": (("price", "currency"), _product),
    "quotes": (
        ("customer", "total", "currency", "discount_percent", "state", "valid_until", *_ABOUT),
        _quote,
    ),
    "quotas": (("person", "team", "starts_on", "last_on", "amount", "currency"), _quota),
    "people": (("manager", "team"), _person),
}
"""The further columns of each kind, and what a record has in them."""


def _about(opportunity: Any | None) -> _Values:
    return _name(opportunity), None if opportunity is None else opportunity.external_id


def _name(entity: Any | None) -> str | None:
    return None if entity is None else str(entity.name)


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()
