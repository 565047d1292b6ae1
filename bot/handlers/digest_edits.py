"""An existing digest changed: by `/crm digest change …`, and by the form behind its Edit button."""

import re
from collections.abc import Collection, Mapping
from datetime import time
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.notices import direct_to, person_of
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.digest_targets import Target, read_target, recipient_names, target_of_form
from bot.handlers.hints import Incomplete
from bot.handlers.interaction import Interaction
from bot.handlers.lines import read_typed
from bot.handlers.rhythms import WeekdayMissing, kind_of, recurrence_of
from bot.handlers.router import Routes
from bot.language import Recurrence
from bot.services.edits import EditConflict
from bot.services.schedules import DigestKind, edit_schedule, next_runs, rhythm_columns
from bot.store.models import Schedule
from bot.store.people import slack_ids_of
from bot.store.schedules import access_schedule, list_schedules
from bot.views import schedules as views
from bot.views.blocks import View
from bot.views.settings import LOCALES
from bot.views.text import plain

routes = Routes()

_CHANGE = re.compile(r"^(?:(?:change|edit|move)\b|修改|编辑|更改|改)\s*", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)to(?=\s+every\b|\s+daily\b|\s+\d)|改成|改为|改到|换成", re.IGNORECASE)
_FIELDS = {
    "freq": "rhythm",
    "month_day": "rhythm",
    "counts_working_days": "rhythm",
    "interval": "rhythm",
    "local_time": "at",
    "slack_channel": "place",
    "about_person_id": "about",
    "about_team_id": "team",
}
"""The form's field by the column that it fills, where their names differ."""


class NoSuchDigest(Refusal):
    """Words that name no digest of this place."""

    message = "No such digest comes here. `/crm digest list` shows those that do."


def changed_by_line(interaction: Interaction, here: str) -> tuple[Answer | None, Collection[Schedule]]:
    """What `change forecast to every Tuesday 10:00` came to, or the digests that it fits where several.

    (None, ()) where the line is no change.
    """
    found = _CHANGE.match(interaction.text)
    if not found:
        return None, ()
    interaction.text = interaction.text[found.end() :]
    target, interaction.text = read_target(interaction)
    interaction.text = _TO.sub(" ", interaction.text).strip()
    line = read_typed(interaction, "digest")
    kind, recurrence = kind_of(plain(line.fields.get("text") or "")), line.fields.get("schedule")
    listed = list_schedules(interaction.session, slack_channel=here, creator_id=interaction.actor.person_id)
    meant = [each for each in listed if kind in (None, each.kind)]
    meant = [each for each in meant if each.slack_channel == here] or meant
    if not meant:
        raise NoSuchDigest
    if len(meant) > 1:
        return None, meant
    values = _said(target)
    if isinstance(recurrence, Recurrence):
        values |= rhythm_columns(recurrence)
    if not values:
        return Answer(modal=_form(interaction, meant[0])), ()
    return _saved(interaction, meant[0].id, values), ()


def _said(target: Target) -> dict[str, Any]:
    """The columns of what a line says besides when."""
    columns = {
        "slack_channel": target.recipient or None,
        "zone": target.zone,
        "locale": target.locale,
        "about_person_id": target.person_id,
        "about_team_id": target.team_id,
    }
    return {column: value for column, value in columns.items() if value is not None}


def _saved(
    interaction: Interaction,
    schedule_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Answer:
    session = interaction.session
    schedule = edit_schedule(
        session, interaction.actor, schedule_id, values, now=interaction.now, version=version, seen=seen
    )
    return Answer(
        views.subscribed(
            schedule,
            next_runs(session, schedule, after=interaction.now),
            interaction.actor.locale,
            said=interaction._("Saved."),
            changeset=interaction.changeset,
            recipient=recipient_names(interaction, [schedule]).get(schedule.slack_channel),
        )
    )


@routes.action("digest.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of an existing digest."""
    schedule = access_schedule(interaction.session, int(interaction.value["schedule"]))
    return Answer(modal=_form(interaction, schedule))


def _form(interaction: Interaction, schedule: Schedule, **also: Any) -> View:
    values = views.form_values(schedule, _slack_ids(interaction, schedule))
    place = values["place"]
    values |= also.pop("values", {})
    return views.form(
        interaction.actor.locale, channel=place, zone=schedule.zone, values=values, changes=schedule, **also
    )


def _slack_ids(interaction: Interaction, schedule: Schedule) -> dict[int, str | None]:
    people = {person_of(schedule.slack_channel), schedule.about_person_id} - {None}
    return slack_ids_of(interaction.session, [each for each in people if each is not None])


@routes.view("digest.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where it was saved elsewhere meanwhile, show both."""
    metadata = interaction.metadata
    schedule = access_schedule(interaction.session, int(metadata["schedule"]))
    values = _columns(interaction, schedule)
    try:
        return _saved(
            interaction, schedule.id, values, version=metadata.get("version"), seen=metadata.get("seen")
        )
    except EditConflict as conflict:
        now_there = access_schedule(interaction.session, schedule.id)
        problems = _problems(interaction, conflict, now_there)
        return conflict_answer(interaction, conflict, _form(interaction, now_there, problems=problems))


def _columns(interaction: Interaction, schedule: Schedule) -> dict[str, Any]:
    """What the form says, by column."""
    form = interaction.form
    if form.get("kind") not in set(DigestKind):
        raise Incomplete(field="kind")
    at = time.fromisoformat(form.get("at") or schedule.local_time)
    days = frozenset(int(day) for day in form.get("weekdays") or [])
    if form["rhythm"] == "weekly" and not days:
        raise WeekdayMissing(field="weekdays")
    if form["rhythm"] == views.KEPT:
        rhythm: dict[str, Any] = {"local_time": f"{at:%H:%M}"}
    else:
        recurrence = recurrence_of(form["rhythm"], at)
        rhythm = rhythm_columns(recurrence, days if recurrence.freq == "weekly" else frozenset())
    target = target_of_form(interaction)
    zone, locale = form.get("zone"), form.get("locale")
    return {
        "kind": form["kind"],
        **rhythm,
        "slack_channel": _recipient(interaction, target, schedule),
        "zone": zone or schedule.zone,
        "locale": locale if locale in dict(LOCALES) else schedule.locale,
        "about_person_id": target.person_id,
        "about_team_id": target.team_id,
    }


def _recipient(interaction: Interaction, target: Target, schedule: Schedule) -> str:
    """The channel or person of the form; where both are there, the one that was chosen now."""
    place = interaction.form.get("place")
    channel = place if place and place.startswith(("C", "G")) else ""
    if target.recipient and channel:
        return channel if target.recipient == schedule.slack_channel else target.recipient
    return target.recipient or channel or direct_to(interaction.actor.person_id or 0)


def _problems(interaction: Interaction, conflict: EditConflict, schedule: Schedule) -> dict[str, str]:
    """What each field that somebody else changed too says now."""
    locale, _ = interaction.actor.locale, interaction._
    named = EditConflict(
        who=conflict.values["who"],
        theirs={_FIELDS.get(field, field): value for field, value in conflict.theirs.items()},
        version=conflict.version,
    )
    days = views.days_in_words(schedule, locale)
    problems = conflict_problems(
        interaction,
        named,
        {
            "kind": _(views.KINDS[schedule.kind]),
            "rhythm": days,
            "weekdays": days,
            "at": schedule.local_time,
            "zone": schedule.zone,
            "locale": dict(LOCALES)[schedule.locale],
            "about": schedule.about_person.name if schedule.about_person else None,
            "team": schedule.about_team.name if schedule.about_team else None,
        },
    )
    if "place" in named.theirs:
        names = recipient_names(interaction, [schedule])
        place = views.place(schedule, locale, names.get(schedule.slack_channel))
        problems["place"] = _("Now: {value}", value=place)
    return problems
