"""Digests: `/crm digest`, its form and the buttons of its list."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.domain.notices import direct_to
from bot.handlers.answers import Answer
from bot.handlers.digest_edits import changed_by_line
from bot.handlers.digest_targets import Target, read_target, recipient_names, target_of_form
from bot.handlers.hints import Incomplete
from bot.handlers.interaction import Interaction
from bot.handlers.lines import read_typed
from bot.handlers.rhythms import WeekdayMissing, beyond_kind, kind_of, recurrence_of
from bot.handlers.router import Routes
from bot.handlers.tasks import NobodyCalled
from bot.language import Recurrence
from bot.services.schedules import (
    DigestKind,
    delete_schedule,
    next_runs,
    pause_schedule,
    resume_schedule,
    run_schedule_now,
    subscribe_digest,
)
from bot.store.models import Schedule
from bot.store.people import find_people_named
from bot.store.schedules import list_schedules
from bot.views import schedules as views
from bot.views.blocks import Message
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

_LIST = frozenset(["list", "all", "mine", "列表", "全部", "查看"])


@routes.command("digest")
def digest(interaction: Interaction) -> Answer:
    """Subscribe by a line; without one the channel's digests, or the form where there are none."""
    here = _here(interaction)
    if not interaction.text or interaction.text.casefold() in _LIST:
        listed = _listing(interaction, here)
        if listed or interaction.text:
            return Answer(listed or _listing(interaction, here, empty=True))
        return Answer(modal=_form(interaction))
    changed, meant = changed_by_line(interaction, here)
    if meant:
        said = interaction._("There are several. Press Edit beside the one that you mean.")
        return Answer(_listing(interaction, here, said=said, only=meant))
    if changed:
        return changed
    target, interaction.text = read_target(interaction)
    line = read_typed(interaction, "digest")
    typed = plain(line.fields.get("text") or "")
    kind, recurrence = kind_of(typed), line.fields.get("schedule")
    beyond, is_whose = beyond_kind(typed) if kind else ("", False)
    problem = None
    if is_whose and len(named := find_people_named(interaction.session, beyond)) == 1:
        target = replace(target, person_id=named[0].id, team_id=None)
    elif is_whose:
        problem = sentence(NobodyCalled(typed=beyond), interaction.actor.locale)
    elif beyond and isinstance(recurrence, Recurrence):
        problem = _problem(interaction, None, typed)
    if kind is None or not isinstance(recurrence, Recurrence) or line.note or problem:
        problem = problem or _problem(interaction, kind, typed)
        return Answer(modal=_form(interaction, kind, recurrence, target, problem=problem))
    return _subscribe(interaction, kind, target.with_place(here), recurrence, frozenset())


def _problem(interaction: Interaction, kind: DigestKind | None, typed: str) -> str:
    """What of the line was not understood."""
    _ = interaction._
    if kind is None and typed:
        return _(
            "I do not know the digest “{typed}”. There are: {kinds}.",
            typed=shown(typed, 60),
            kinds=_(", ").join(_(name) for name in views.KINDS.values()),
        )
    return _("When shall it come? Choose below, or type: `/crm digest forecast every Monday 9:00`")


def _form(
    interaction: Interaction,
    kind: DigestKind | None = None,
    recurrence: object = None,
    target: Target | None = None,
    *,
    problem: str | None = None,
) -> dict[str, object]:
    values = {"kind": str(kind)} if kind else {}
    if target:
        values |= target.form_values(interaction)
    if isinstance(recurrence, Recurrence):
        values["at"] = f"{recurrence.at:%H:%M}"
        if recurrence.freq in views.RHYTHMS:
            values["rhythm"] = recurrence.freq
        if recurrence.iso_weekdays:
            values["weekdays"] = recurrence.iso_weekdays
    channel = interaction.channel or ""
    return views.form(
        interaction.actor.locale,
        channel=channel if channel.startswith(("C", "G")) else None,
        zone=interaction.actor.zone,
        values=values,
        problem=problem,
    )


def _here(interaction: Interaction) -> str:
    """Where a digest that is asked for here goes: the channel, or the person's direct messages."""
    return _recipient(interaction, interaction.channel)


def _recipient(interaction: Interaction, channel: str | None) -> str:
    if channel and channel.startswith(("C", "G")):
        return channel
    return direct_to(interaction.actor.person_id or 0)


def _subscribe(
    interaction: Interaction,
    kind: DigestKind,
    target: Target,
    recurrence: Recurrence,
    weekdays: frozenset[int],
) -> Answer:
    reader = target.reader(interaction)
    schedule = subscribe_digest(
        interaction.session,
        interaction.actor,
        kind=kind,
        recipient=target.recipient,
        recurrence=recurrence,
        weekdays=weekdays,
        zone=target.zone or reader.zone,
        locale=target.locale or reader.locale,
        about_person_id=target.person_id,
        about_team_id=target.team_id,
        now=interaction.now,
    )
    runs = next_runs(interaction.session, schedule, after=interaction.now)
    return Answer(_subscribed(interaction, schedule, runs))


def _subscribed(interaction: Interaction, schedule: Schedule, runs: Sequence[datetime]) -> Message:
    return views.subscribed(
        schedule,
        runs,
        interaction.actor.locale,
        said=interaction._("Subscribed."),
        changeset=interaction.changeset,
        recipient=recipient_names(interaction, [schedule]).get(schedule.slack_channel),
    )


@routes.action("digest.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form."""
    return Answer(modal=_form(interaction))


@routes.view("digest.create")
def submit_create(interaction: Interaction) -> Answer:
    """Subscribe by the form."""
    form = interaction.form
    weekdays = frozenset(int(day) for day in form.get("weekdays") or [])
    if form["rhythm"] == "weekly" and not weekdays:
        raise WeekdayMissing(field="weekdays")
    at = time.fromisoformat(form.get("at") or "09:00")
    recurrence = recurrence_of(form["rhythm"], at)
    target = target_of_form(interaction).with_place(_recipient(interaction, form.get("place")))
    days = weekdays if recurrence.freq == "weekly" else frozenset()
    kind = form["kind"]
    if kind not in set(DigestKind):
        raise Incomplete(field="kind")
    return _subscribe(interaction, DigestKind(kind), target, recurrence, days)


@routes.action("digest.run")
def press_run(interaction: Interaction) -> Answer:
    """Send it once, now."""
    run_schedule_now(interaction.session, interaction.actor, _schedule_id(interaction), now=interaction.now)
    return _listed(interaction, interaction._("It comes in a moment."))


@routes.action("digest.pause")
def press_pause(interaction: Interaction) -> Answer:
    """Send nothing until it is resumed."""
    pause_schedule(interaction.session, interaction.actor, _schedule_id(interaction))
    return _listed(interaction, interaction._("Paused."))


@routes.action("digest.resume")
def press_resume(interaction: Interaction) -> Answer:
    """Go on with the next run."""
    resume_schedule(interaction.session, interaction.actor, _schedule_id(interaction), now=interaction.now)
    return _listed(interaction, interaction._("It goes on."))


@routes.action("digest.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Stop it for good."""
    delete_schedule(interaction.session, interaction.actor, _schedule_id(interaction), now=interaction.now)
    return _listed(interaction, interaction._("Deleted."), offer_undo=True)


def _schedule_id(interaction: Interaction) -> int:
    return int(interaction.value["schedule"])


def _listed(interaction: Interaction, said: str, *, offer_undo: bool = False) -> Answer:
    """The list of the digest's channel, drawn anew where the button was pressed."""
    interaction.session.flush()
    here = str(interaction.value.get("to") or _here(interaction))
    changeset = interaction.changeset if offer_undo else None
    listed = _listing(interaction, here, empty=True, said="✅ " + said, changeset=changeset)
    return Answer(listed, replace=True)


def _listing(
    interaction: Interaction,
    here: str,
    *,
    empty: bool = False,
    said: str | None = None,
    changeset: str | None = None,
    only: Collection[Schedule] = (),
) -> Message | None:
    """What comes to a place, and what the person made for others, or `only` these of them.

    None for nothing, unless it may be empty.
    """
    session = interaction.session
    found = list(only) or list_schedules(session, slack_channel=here, creator_id=interaction.actor.person_id)
    if not (found or empty):
        return None
    return views.listing(
        found,
        interaction.actor.locale,
        here=here,
        runs={each.id: next_runs(session, each, after=interaction.now) for each in found},
        recipients=recipient_names(interaction, found),
        said=said,
        changeset=changeset,
    )
