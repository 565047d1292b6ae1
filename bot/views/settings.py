"""The workspace's settings as people see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import get_day_names, get_month_names

from bot.i18n import N_, translator
from bot.i18n.formats import babel_locale
from bot.store.models import Settings
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    fields,
    header,
    modal,
    option,
    search_input,
    select_input,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown

LOCALES = (("en-US", "English (US)"), ("en-GB", "English (UK)"), ("zh-CN", "简体中文"), ("zh-TW", "繁體中文"))
"""The languages offered for people whose own Slack does not tell."""

ADMINS = N_("Admins: {names}")


def card(
    settings: Settings,
    locale: str,
    *,
    admins: str,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """What holds for everybody here, with who may change it."""
    _ = translator(locale)
    months = get_month_names("wide", locale=babel_locale(locale))
    pairs = [
        (_("Currency"), settings.currency),
        (_("Fiscal year begins in"), str(months[settings.fiscal_start_month])),
        (_("Time zone"), settings.zone),
        (_("Working days"), working_days(settings.working_days, locale)),
        (_("Public holidays"), country(settings.holidays_of, locale)),
        (_("Language where Slack tells none"), dict(LOCALES).get(settings.locale, settings.locale)),
    ]
    row = [button(_("Edit"), "settings.edit", style="primary")] if may_edit else []
    row += [
        button(_("Products"), "product.list"),
        button(_("Team"), "team.list"),
        button(_("Pipelines"), "pipeline.list"),
        button(_("Customer fields"), "field.list"),
        button(_("Task rules"), "task_rules.show"),
        button(_("Customer classes"), "class.list"),
        button(_("Exchange rates"), "rate.list"),
    ]
    row += [button(_("Sales channels"), "channels.edit")] if may_edit else []
    row.append(button(_("In channels"), "postings.show"))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    title = _("Settings")
    blocks: list[Block] = [header(said or title), fields(pairs)]
    blocks.append(context(_(ADMINS, names=shown(admins, 500))))
    blocks.append(action_row(*row))
    text = "\n".join(f"{label}: {value}" for label, value in pairs)
    return Message(f"{said or title}\n{text}", tuple(blocks))


def working_days(digits: str, locale: str) -> str:
    """`Mon, Tue, Wed` from ISO weekday digits."""
    names = get_day_names("abbreviated", locale=babel_locale(locale))
    separator = "、" if locale.startswith("zh") else ", "
    return separator.join(str(names[int(digit) - 1]) for digit in sorted(digits))


def country(code: str | None, locale: str) -> str:
    """The country's name in the reader's language; `none` for no country."""
    _ = translator(locale)
    if not code:
        return _("none")
    return str(babel_locale(locale).territories.get(code, code))


def countries(codes: Sequence[str], locale: str) -> list[tuple[str, str]]:
    """Countries by name in the reader's language."""
    return sorted((country(code, locale), code) for code in codes)


def form(
    settings: Settings,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of the settings, with what they are or what was typed so far."""
    _ = translator(locale)
    values = values or form_values(settings)
    months = get_month_names("wide", locale=babel_locale(locale))
    names = get_day_names("wide", locale=babel_locale(locale))
    zone = str(values.get("zone") or settings.zone)
    holidays_of = str(values.get("holidays_of") or "")
    inputs = [
        text_input(
            "currency", _("Currency"), values.get("currency"), optional=False, longest=3, placeholder="USD"
        ),
        select_input(
            "fiscal_start_month",
            _("Fiscal year begins in"),
            [option(str(months[month]), str(month)) for month in range(1, 13)],
            str(values.get("fiscal_start_month")),
            optional=False,
        ),
        search_input("zone", _("Time zone"), option(zone, zone), optional=False),
        checkboxes_input(
            "working_days",
            _("Working days"),
            [option(str(names[day - 1]), str(day)) for day in range(1, 8)],
            list(values.get("working_days") or ""),
        ),
        search_input(
            "holidays_of",
            _("Public holidays"),
            option(country(holidays_of, locale), holidays_of) if holidays_of else None,
            hint=_("Days off of a country, with the weekend days that are worked instead. Empty: none."),
        ),
        select_input(
            "locale",
            _("Language where Slack tells none"),
            [option(name, code) for code, name in LOCALES],
            str(values.get("locale")),
            optional=False,
        ),
    ]
    return modal(
        _("Settings"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="settings.edit",
        close=_("Cancel"),
        version=settings.version,
    )


def form_values(settings: Settings) -> dict[str, Any]:
    """What the form shows."""
    return {
        "currency": settings.currency,
        "fiscal_start_month": str(settings.fiscal_start_month),
        "zone": settings.zone,
        "working_days": settings.working_days,
        "holidays_of": settings.holidays_of or "",
        "locale": settings.locale,
    }
