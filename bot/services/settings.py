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
from bot.services.working_days import countries
from bot.store import Session
from bot.store.models import Settings
from bot.store.workspaces import workspace_settings


class UnknownCurrency(Refusal):
    """Not a currency of ISO 4217."""

    message = "“{typed}” is not a currency. Type its three letters, such as: USD, CNY or EUR"


class UnknownZone(Refusal):
    """Not a time zone."""

    message = "“{typed}” is not a time zone. Type a city, such as: Asia/Shanghai or Europe/Berlin"


class UnknownCountry(Refusal):
    """Not a country whose public holidays are known."""

    message = "I do not know the public holidays of “{typed}”. Choose a country from the list."


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
    """Change the workspace's currency, fiscal start month, zone, locale or working days.

    Working days are ISO digits, `holidays_of` is the country whose public holidays are days off.

    Amounts that were kept in another currency stay in it. Raises AdminsOnly, UnknownCurrency, UnknownZone,
    NoWorkingDay, UnknownCountry and EditConflict.
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
    if "holidays_of" in columns:
        columns["holidays_of"] = str(columns["holidays_of"] or "").strip().upper() or None
        if columns["holidays_of"] and columns["holidays_of"] not in countries():
            raise UnknownCountry(field="holidays_of", typed=columns["holidays_of"])
    settings = workspace_settings(session)
    edit(session, settings, columns, version=version, seen=seen)
    return settings
