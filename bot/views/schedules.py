"""Digests that run regularly: in words, in a list with their buttons, and the form for a new one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates

from bot.domain.notices import person_of
from bot.domain.task_repeats import TaskRepeat
from bot.i18n import N_, format_moment, format_time, format_zone, translator
from bot.i18n.formats import babel_locale
from bot.store.models import Schedule
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    confirmation,
    context,
    modal,
    option,
    plain_text,
    search_input,
    section,
    select_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.settings import LOCALES
from bot.views.text import shown

KINDS = {
    "forecast": N_("Forecast digest"),
    "performance": N_("Performance summary"),
    "pipeline": N_("Open pipeline"),
    "changes": N_("What changed in the pipeline"),
    "signals": N_("Opportunities that need a look"),
    "plan": N_("Sales plan"),
    "satisfaction": N_("Customer satisfaction"),
    "channels": N_("Sales channels and partners"),
}

RHYTHMS = {
    "weekly": N_("Every week, on the days below"),
    "daily": N_("Every day"),
    "weekdays": N_("Every working day"),
    "month_start": N_("On the first working day of the month"),
    "month_end": N_("On the last working day of the month"),
    "quarter_end": N_("On the last working day of the quarter"),
}
"""The rhythms of the form; a typed line can say more."""

KEPT = "kept"
"""The choice of an edit that leaves the rhythm as it is."""

_LISTED = 20
"""A message has 50 blocks, and each digest takes two."""


def rhythm(schedule: Schedule, locale: str) -> str:
    """`Every Monday at 9:00 AM (Shanghai time)`."""
    _ = translator(locale)
    at = format_time(time.fromisoformat(schedule.local_time), locale)
    zone = format_zone(schedule.zone, locale)
    return _("{days} at {time} ({zone} time)", days=days_in_words(schedule, locale), time=at, zone=zone)


def whose(schedule: Schedule) -> str | None:
    """Whose figures alone it tells, by name."""
    only = schedule.about_person or schedule.about_team
    return only.name if only else None


def _named(schedule: Schedule, locale: str) -> str:
    only = whose(schedule)
    name = f"*{translator(locale)(KINDS[schedule.kind])}*"
    return f"{name} · {shown(only, 80)}" if only else name


def _next(runs: Sequence[datetime], schedule: Schedule, locale: str) -> str:
    _, zone = translator(locale), ZoneInfo(schedule.zone)
    moments = " · ".join(format_moment(run, locale, zone=zone, year=False) for run in runs)
    return _("Next: {moments}", moments=moments)


def days_in_words(schedule: Schedule | TaskRepeat, locale: str) -> str:
    """`Every Monday`, `Every month on the last working day`."""
    _ = translator(locale)
    count = schedule.interval
    match schedule.freq:
        case "daily":
            return _("Every day") if count == 1 else _("Every {count} days", count=count)
        case "weekdays":
            return _("Every working day")
        case "weekly":
            days = _weekdays(schedule.weekdays, locale)
            return _("Every {days}", days=days) if count == 1 else _(
                "Every {count} weeks on {days}", count=count, days=days
            )  # fmt: skip
        case "monthly":
            day = _day_of_month(schedule, locale)
            if count == 1:
                return _("Every month on {day}", day=day)
            return _("Every {count} months on {day}", count=count, day=day)
    return _("Every quarter on {day}", day=_day_of_month(schedule, locale))


def _weekdays(digits: str, locale: str) -> str:
    names = dates.get_day_names("wide", locale=babel_locale(locale))
    _ = translator(locale)
    return _(", ").join(names[int(digit) - 1] for digit in digits)


def _day_of_month(schedule: Schedule | TaskRepeat, locale: str) -> str:
    _ = translator(locale)
    last = schedule.month_day is not None and schedule.month_day < 0
    if schedule.counts_working_days:
        return _("the last working day") if last else _("working day {day}", day=schedule.month_day or 1)
    return _("the last day") if last else _("day {day}", day=schedule.month_day or 1)


def subscribed(
    schedule: Schedule,
    runs: Sequence[datetime],
    locale: str,
    *,
    said: str,
    changeset: str,
    recipient: str | None = None,
) -> Message:
    """What just happened to a digest, when it comes next, and what can be done about it."""
    _ = translator(locale)
    where = place(schedule, locale, recipient)
    text = f"✅ {said}\n{_named(schedule, locale)} · {where}\n{rhythm(schedule, locale)}"
    blocks = [section(text)]
    if runs:
        blocks.append(context(_next(runs, schedule, locale)))
    blocks.append(action_row(*_actions(schedule, locale), button(_("Undo"), "undo", changeset=changeset)))
    return Message(text, tuple(blocks))


def place(schedule: Schedule, locale: str, recipient: str | None) -> str:
    """The channel, or the person's name; without a name it is the reader's own."""
    _ = translator(locale)
    if person_of(schedule.slack_channel) is None:
        return f"<#{schedule.slack_channel}>"
    return _("direct message to {name}", name=shown(recipient, 80)) if recipient else _("direct message")


def _actions(schedule: Schedule, locale: str, here: str | None = None) -> list[Block]:
    _ = translator(locale)
    about: dict[str, Any] = {"schedule": schedule.id, "to": here or schedule.slack_channel}
    is_paused = schedule.next_at is None
    sure = confirmation(_("Delete this digest?"), _("It will not be sent any more."), _("Delete"), _("Keep"))
    return [
        button(_("Edit"), "digest.edit", **about),
        button(_("Run now"), "digest.run", **about),
        button(_("Resume"), "digest.resume", **about)
        if is_paused
        else button(_("Pause"), "digest.pause", **about),
        button(_("Delete"), "digest.delete", style="danger", confirm=sure, **about),
    ]


def listing(
    schedules: Sequence[Schedule],
    locale: str,
    *,
    here: str,
    runs: Mapping[int, Sequence[datetime]],
    recipients: Mapping[str, str],
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The digests of a place and the reader's own elsewhere, with their next `runs` and their buttons."""
    _ = translator(locale)
    heading = _("Digests in this channel") if schedules else _("No digest comes to this channel.")
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(said, accessory=undo)] if said else []
    blocks.append(section(f"*{heading}*"))
    for schedule in schedules[:_LISTED]:
        state = _next(runs[schedule.id], schedule, locale) if schedule.next_at else _("Paused")
        name = _named(schedule, locale)
        if schedule.slack_channel != here:
            name += " · " + place(schedule, locale, recipients.get(schedule.slack_channel))
        blocks += [
            section(f"{name} · {rhythm(schedule, locale)}\n{state}"),
            action_row(*_actions(schedule, locale, here)),
        ]
    blocks.append(action_row(button(_("New digest"), "digest.new", style="primary")))
    blocks.append(context(_("Or type: `/crm digest forecast every Monday 9:00`")))
    return Message(f"{said}\n{heading}" if said else heading, tuple(blocks))


def form(
    locale: str,
    *,
    channel: str | None,
    zone: str,
    values: Mapping[str, Any] | None = None,
    problem: str | None = None,
    changes: Schedule | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new digest, or of one that `changes`; `problem` tells what was typed before."""
    _ = translator(locale)
    values = values or {}
    rhythms = [option(_(name), key) for key, name in RHYTHMS.items()]
    if changes is not None and values.get("rhythm") == KEPT:
        rhythms.insert(0, option(days_in_words(changes, locale), KEPT))
    days = dates.get_day_names("wide", locale=babel_locale(locale))
    choices = [option(days[number], str(number + 1)) for number in range(7)]
    chosen = [choice for choice in choices if choice["value"] in values.get("weekdays", "1")]
    place: Block = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    blocks = [context("⚠️ " + problem)] if problem else []
    blocks += [
        select_input(
            "kind",
            _("What"),
            [option(_(name), kind) for kind, name in KINDS.items()],
            values.get("kind", "forecast"),
            optional=False,
        ),
        select_input(
            "rhythm",
            _("How often"),
            rhythms,
            values.get("rhythm", "weekly"),
            optional=False,
        ),
        _input(
            "weekdays",
            _("Weekdays"),
            {"type": "checkboxes", "options": choices} | ({"initial_options": chosen} if chosen else {}),
            hint=_("They count for “every week” alone."),
        ),
        _input("at", _("Time"), {"type": "timepicker", "initial_time": values.get("at", "09:00")}),
        search_input(
            "zone",
            _("Time zone"),
            option(str(values.get("zone") or zone), str(values.get("zone") or zone)),
            hint=_("A digest to a person follows that person’s clock and language unless you change them."),
        ),
        select_input(
            "locale", _("Language"), [option(name, code) for code, name in LOCALES], values.get("locale")
        ),
        _input(
            "place",
            _("Channel"),
            place | ({"initial_conversation": channel} if channel else {}),
            hint=_("Empty: as a direct message to you."),
        ),
        user_input(
            "person",
            _("Or to a person"),
            values.get("person"),
            hint=_("In place of a channel, by direct message."),
        ),
        user_input("about", _("Only the figures of"), values.get("about")),
        search_input("team", _("Or of a team"), values.get("team")),
    ]
    if changes is not None:
        return modal(
            _("Edit digest"),
            _("Save"),
            with_problems(blocks, problems or {}),
            callback="digest.edit",
            close=_("Cancel"),
            schedule=changes.id,
            version=changes.version,
        )
    return modal(_("New digest"), _("Create"), blocks, callback="digest.create", close=_("Cancel"))


def form_values(schedule: Schedule, slack_ids: Mapping[int, str | None]) -> dict[str, Any]:
    """What the form shows of a digest; `slack_ids` are those of the people in it."""
    person = person_of(schedule.slack_channel)
    team = schedule.about_team
    return {
        "kind": schedule.kind,
        "rhythm": _form_rhythm(schedule),
        "weekdays": schedule.weekdays,
        "at": schedule.local_time,
        "zone": schedule.zone,
        "locale": schedule.locale,
        "place": schedule.slack_channel if person is None else None,
        "person": slack_ids.get(person) if person is not None else None,
        "about": slack_ids.get(schedule.about_person_id) if schedule.about_person_id else None,
        "team": option(team.name, str(team.id)) if team else None,
    }


def _form_rhythm(schedule: Schedule) -> str:
    """Which choice of the form a rhythm is; KEPT for what only a line can say."""
    day = schedule.month_day if schedule.counts_working_days else None
    match (schedule.freq, schedule.interval, day):
        case ("daily" | "weekdays" | "weekly", 1, _):
            return schedule.freq
        case ("monthly", 1, 1):
            return "month_start"
        case ("monthly", 1, -1):
            return "month_end"
        case ("quarterly", 1, -1):
            return "quarter_end"
    return KEPT


def _input(field: str, label: str, element: Block, *, hint: str | None = None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain_text(label, 2000),
        "optional": field != "at",
        "element": element | {"action_id": field},
    }
    return block | {"hint": plain_text(hint, 2000)} if hint else block
