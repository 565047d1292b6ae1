"""The buttons of a task, on its card, in a list, in the day and in a reminder.

A list is drawn again, a card or reminder is replaced by what happened; a reminder of many keeps the others.
"""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.due import typed_when
from bot.handlers.hints import read_hints
from bot.handlers.home import day_message, week_message
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_lists import tasks_of, tasks_of_person
from bot.i18n import format_moment
from bot.services.tasks import (
    cancel_task,
    complete_task,
    postpone_task,
    reopen_task,
    reschedule_task,
    snooze_task,
)
from bot.store.models import Task
from bot.store.tasks import access_task, list_tasks_made
from bot.views import task_forms as forms
from bot.views import tasks as views
from bot.views.blocks import Block, Message

routes = Routes()


@routes.action("task.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    found = access_task(interaction.session, _task_id(interaction))
    return Answer(views.card(found, interaction.actor.locale, zone=interaction.actor.tz))


@routes.action("task.done")
def press_done(interaction: Interaction) -> Answer:
    """Done; nothing is asked."""
    done = complete_task(interaction.session, interaction.actor, _task_id(interaction), now=interaction.now)
    return happened(interaction, done)


@routes.action("task.drop")
def press_drop(interaction: Interaction) -> Answer:
    """Not to be done any more."""
    dropped = cancel_task(interaction.session, interaction.actor, _task_id(interaction), now=interaction.now)
    return happened(interaction, dropped)


@routes.action("task.reopen")
def press_reopen(interaction: Interaction) -> Answer:
    """To be done after all."""
    opened = reopen_task(interaction.session, interaction.actor, _task_id(interaction), now=interaction.now)
    return happened(interaction, opened, said=interaction._("Open again."))


@routes.action("task.snooze_hour")
def press_snooze(interaction: Interaction) -> Answer:
    """In an hour."""
    later = snooze_task(interaction.session, interaction.actor, _task_id(interaction), now=interaction.now)
    return happened(interaction, later, said=moved_to(interaction, later))


@routes.action("task.snooze_tomorrow")
def press_tomorrow(interaction: Interaction) -> Answer:
    """Tomorrow, at the same time of day."""
    later = postpone_task(interaction.session, interaction.actor, _task_id(interaction), now=interaction.now)
    return happened(interaction, later, said=moved_to(interaction, later))


@routes.action("task.reschedule")
def press_reschedule(interaction: Interaction) -> Answer:
    """Ask for another day or moment."""
    found = access_task(interaction.session, _task_id(interaction))
    view = forms.reschedule_form(
        found,
        interaction.actor.locale,
        zone=interaction.actor.tz,
        now=interaction.now,
        **place_of(interaction),
    )
    return Answer(modal=view)


@routes.view("task.reschedule")
def submit_reschedule(interaction: Interaction) -> Answer:
    """Put it off until what was typed."""
    due = typed_when(interaction, "due", interaction.form.get("due"))
    task_id = int(interaction.metadata["task"])
    later = reschedule_task(interaction.session, interaction.actor, task_id, due, now=interaction.now)
    return happened(interaction, later, said=moved_to(interaction, later))


def place_of(interaction: Interaction) -> dict[str, bool]:
    """Whether the message that a form is opened from is this task's alone, and gives way to its answer."""
    if interaction.in_modal:
        return {"alone": bool(interaction.metadata.get("alone"))}
    blocks = (interaction.payload.get("message") or {}).get("blocks") or []
    rows = sum(block.get("type") == "actions" for block in blocks)
    return {"alone": "place" not in interaction.value and rows == 1}


def _task_id(interaction: Interaction) -> int:
    return int(interaction.value["task"])


def moved_to(interaction: Interaction, later: Task) -> str:
    """Where a task was put off to."""
    due: Any = later.due_on
    if later.due_at:
        due = format_moment(later.due_at, interaction.actor.locale, zone=interaction.actor.tz)
    return "🗓️ " + interaction._("Moved to {due}.", due=due)


def happened(interaction: Interaction, task: Task, *, said: str | None = None) -> Answer:
    """What stands where the button was pressed, now that the task is as it is."""
    locale, zone, changeset = interaction.actor.locale, interaction.actor.tz, interaction.changeset
    following = next((each for each in list_tasks_made(interaction.session, changeset) if each.repeats), None)
    done = views.closed(task, locale, changeset=changeset, following=following, zone=zone)
    named = f"{said}\n{views.named(task)}" if said else done.text
    match interaction.value.get("place"):
        case "list":
            offset = int(interaction.value.get("offset") or 0)
            return Answer(tasks_of(interaction, offset=offset, said=named, changeset=changeset), replace=True)
        case "person":
            return Answer(
                tasks_of_person(
                    interaction,
                    interaction.value["person"],
                    offset=int(interaction.value.get("offset") or 0),
                    said=named,
                    changeset=changeset,
                ),
                replace=True,
            )
        case "day":
            return Answer(day_message(interaction, said=named, changeset=changeset), replace=True)
        case "week":
            return Answer(week_message(interaction, said=named, changeset=changeset), replace=True)
    if interaction.kind == "view":
        alone = bool(interaction.metadata.get("alone", True))
        return Answer(views.card(task, locale, zone=zone, said=said, changeset=changeset), replace=alone)
    others = _among_others(interaction, task)
    if others:
        return Answer(others, replace=True)
    if task.state != "open":
        return Answer(done, replace=True)
    return Answer(views.card(task, locale, zone=zone, said=said, changeset=changeset), replace=True)


def _among_others(interaction: Interaction, task: Task) -> Message | None:
    """The message with only this task's line changed, where its buttons are about several tasks."""
    message = interaction.payload.get("message") or {}
    blocks: list[Block] = message.get("blocks") or []
    about = [_task_of(block.get("accessory")) for block in blocks]
    if len({each for each in about if each is not None}) < 2:
        return None
    line = views.row(task, interaction.actor.locale, zone=interaction.actor.tz, now=interaction.now)
    changed = [line if each == task.id else block for each, block in zip(about, blocks, strict=True)]
    return Message(str(message.get("text") or views.named(task)), tuple(changed))


def _task_of(accessory: Block | None) -> int | None:
    if not accessory or not str(accessory.get("action_id")).startswith("task."):
        return None
    task_id: int | None = read_hints(accessory.get("value")).get("task")
    return task_id
