"""Settings of the workspace: what its admins decide for everybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import list_currencies

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Settings
from bot.store.workspaces import workspace_settings


class UnknownCurrency(Refusal):
    """Not a currency of ISO 4217."""

    message = "“{typed}” is not a currency. Type its three letters, such as: USD, CNY or EUR"


class UnknownZone(Refusal):
    """Not a time zone."""

    message = "“{typed}” is not a time zone. Type a city, such as: Asia/Shanghai or Europe/Berlin"


class NoWorkingDay(Refusal):
    """A week without work."""

    message = "Choose at least one working day."


def edit_settings(
    session: Session,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Settings:
    """Change the workspace's currency, fiscal start month, zone, locale or working days (ISO digits).

    Amounts that were kept in another currency stay in it. Raises AdminsOnly, UnknownCurrency, UnknownZone,
    NoWorkingDay and EditConflict.
    """
    check_is_admin(session, actor)
    columns = dict(values)
    if "currency" in columns:
        columns["currency"] = str(columns["currency"] or "").strip().upper()
        if columns["currency"] not in list_currencies():
            raise UnknownCurrency(field="currency", typed=columns["currency"])
    if "zone" in columns and columns["zone"] not in available_timezones():
        raise UnknownZone(field="zone", typed=str(columns["zone"]))
    if "working_days" in columns and not columns["working_days"]:
        raise NoWorkingDay(field="working_days")
    settings = workspace_settings(session)
    edit(session, settings, columns, version=version, seen=seen)
    return settings
