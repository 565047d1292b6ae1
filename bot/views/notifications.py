"""My notifications: when somebody is told, of what, and their absence."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from babel.dates import get_day_names

from bot.domain.notices import NoticeGroup
from bot.i18n import N_, format_time, translator
from bot.i18n.formats import babel_locale
from bot.store.models import LeadShare, Person, Settings
from bot.store.pools import is_away
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
    section,
    select_input,
    text_input,
    time_input,
)
from bot.views.forms import with_problems
from bot.views.lead_policy import away_words
from bot.views.settings import working_days
from bot.views.text import shown

GROUPS: Mapping[NoticeGroup, str] = {
    NoticeGroup.REMINDERS: N_("Reminders of your tasks"),
    NoticeGroup.TASKS: N_("Tasks given to you"),
    NoticeGroup.SIGNALS: N_("Opportunities that need a look"),
    NoticeGroup.LEADS: N_("Leads"),
    NoticeGroup.CUSTOMERS: N_("Customers to contact, birthdays"),
    NoticeGroup.COLLEAGUES: N_("What colleagues do with your records"),
    NoticeGroup.FIGURES: N_("Digests and measures"),
    NoticeGroup.UPKEEP: N_("Duplicates and conflicts of channels"),
}
NEVER = "never"
_HOURS = range(5, 23)


def card(
    person: Person,
    settings: Settings,
    share: LeadShare | None,
    locale: str,
    *,
    today: date,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """What somebody hears of, and when, with how to change it."""
    _ = translator(locale)
    hour = person.day_hour
    at = format_time(time(hour), locale) if hour is not None else ""
    pairs = [
        (_("Your day"), _("on working days at {hour}", hour=at) if at else _("does not come by itself")),
        (_("Quiet hours"), quiet_words(person, locale)),
        (_("Your working days"), working_days(person.working_days or settings.working_days, locale)),
        (_("Away"), absence_words(share, locale, today)),
        (_("Many reminders"), _together(person, locale)),
    ]
    heard = [_(name) for group, name in GROUPS.items() if group not in person.muted]
    unheard = [_(name) for group, name in GROUPS.items() if group in person.muted]
    lines = ["🔔 " + _("You hear of: {groups}", groups=_(", ").join(heard) or _("nothing"))]
    if unheard:
        lines.append("🔕 " + _("You do not hear of: {groups}", groups=_(", ").join(unheard)))
    row = [
        button(_("Edit"), "notify.edit", style="primary"),
        button(_("My absence"), "lead.away"),
    ]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    title = _("My notifications")
    blocks: list[Block] = [section("✅ " + said)] if said else []
    blocks += [header(title), fields(pairs), section("\n".join(lines)), action_row(*row)]
    blocks.append(
        context(
            _(
                "Or type: `/crm quiet 22:00-8:00` · `/crm away until Fri` · `/crm notifications leads off` · "
                "`/crm notifications above 5`"
            )
        )
    )
    text = "\n".join([f"{label}: {value}" for label, value in pairs] + lines)
    return Message(f"{said}\n{text}" if said else f"{title}\n{text}", tuple(blocks))


def _together(person: Person, locale: str) -> str:
    """From how many on reminders come as one message."""
    _ = translator(locale)
    if person.digest_above is None:
        return _("one message when there are very many")
    return _("one message above {count} an hour", count=person.digest_above)


def quiet_words(person: Person, locale: str) -> str:
    """`22:00–08:00`, as the reader writes hours; none where there are none."""
    _ = translator(locale)
    if person.quiet_from is None or person.quiet_until is None:
        return _("none")
    first, last = (
        format_time(time.fromisoformat(each), locale) for each in (person.quiet_from, person.quiet_until)
    )
    return f"{first} – {last}"


def absence_words(share: LeadShare | None, locale: str, today: date) -> str:
    """When somebody is away and who stands in; `no` where they are not."""
    _ = translator(locale)
    words = away_words(share, locale) if share is not None and share.deleted_at is None else None
    if share is None or words is None or (share.away_until is not None and share.away_until < today):
        return _("no")
    if share.stand_in:
        words += " · " + _("{name} stands in", name=shown(share.stand_in.name, 80))
    return ("🌴 " if is_away(share, today) else "") + words


def form(
    person: Person,
    settings: Settings,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of it, with what it is or what was typed so far."""
    _ = translator(locale)
    values = values or form_values(person, settings)
    names = get_day_names("wide", locale=babel_locale(locale))
    hours = [option(_("Not by itself"), NEVER)]
    hours += [option(format_time(time(hour), locale), str(hour)) for hour in _HOURS]
    inputs = [
        select_input("day_hour", _("Your day comes at"), hours, str(values.get("day_hour")), optional=False),
        time_input("quiet_from", _("Quiet from"), values.get("quiet_from")),
        time_input(
            "quiet_until",
            _("Quiet until"),
            values.get("quiet_until"),
            hint=_("What comes unasked waits until then. Digests keep the hour chosen for them."),
        ),
        checkboxes_input(
            "heard",
            _("Tell me of"),
            [option(_(name), str(group)) for group, name in GROUPS.items()],
            list(values.get("heard") or []),
        ),
        checkboxes_input(
            "working_days",
            _("My working days"),
            [option(str(names[day - 1]), str(day)) for day in range(1, 8)],
            list(values.get("working_days") or ""),
        ),
        text_input(
            "digest_above",
            _("Reminders as one message above"),
            values.get("digest_above"),
            hint=_("How many an hour may come one by one. Empty: as it is for everybody here."),
        ),
    ]
    return modal(
        _("My notifications"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="notify.edit",
        close=_("Cancel"),
        version=person.version,
    )


def form_values(person: Person, settings: Settings) -> dict[str, Any]:
    """What the form shows."""
    return {
        "day_hour": NEVER if person.day_hour is None else str(person.day_hour),
        "quiet_from": person.quiet_from,
        "quiet_until": person.quiet_until,
        "heard": [str(group) for group in GROUPS if group not in person.muted],
        "working_days": person.working_days or settings.working_days,
        "digest_above": str(person.digest_above) if person.digest_above else None,
    }
