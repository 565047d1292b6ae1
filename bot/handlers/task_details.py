"""What is said of a task besides its words: parts, what comes before, who watches; all of it in one modal."""

import re
from contextlib import suppress
from typing import Any

from bot.domain.checklists import items_of
from bot.handlers.answers import Answer
from bot.handlers.forms import at_field
from bot.handlers.hints import Incomplete
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.router import Routes
from bot.handlers.task_buttons import place_of
from bot.language import Ambiguous, NotUnderstood, read_duration
from bot.services.task_order import unwatch_task, watch_task
from bot.services.tasks import tick_task
from bot.store.models import Task
from bot.store.people import find_slack_person
from bot.store.task_notes import list_task_notes
from bot.store.task_order import list_watchers
from bot.store.tasks import access_task, list_tasks_named, search_open_tasks
from bot.views import task_details as views
from bot.views import tasks as cards
from bot.views.blocks import View, option
from bot.views.text import plain

routes = Routes()

_PARTS = re.compile(r"[;；]\s*(?:checklist|steps|清单|步骤)\s*[:：]\s*(.+)$", re.IGNORECASE | re.DOTALL)
_AFTER = re.compile(r"[;；]\s*(?:after|waits for|前置|等待)\s*[:：]?\s*([^;；]+)", re.IGNORECASE)
_WATCH = re.compile(
    rf"[;；]\s*(?:watchers?|watched by|cc|关注人?|抄送)\s*[:：]?\s*((?:{MENTION.pattern}[\s,，、]*)+)",
    re.IGNORECASE,
)
_REMIND = re.compile(
    r"[;；,，]\s*(?:remind(?: me)?\s+(.{1,30}?)\s+(?:before|earlier|ahead)"
    r"|提前\s*([^;；,，]{1,12}?)\s*提醒(?:我)?)",
    re.IGNORECASE,
)
_TICKED = re.compile(r"task\.tick#(\d{1,3})")
_TEN = 10


def details_view(interaction: Interaction, task: Task) -> View:
    """Everything about a task, for the person who looks."""
    session, actor = interaction.session, interaction.actor
    return views.details(
        task,
        list_task_notes(session, task.id),
        actor.locale,
        zone=actor.tz,
        me=actor.person_id,
        watchers=list_watchers(session, task.id),
        **place_of(interaction),
    )


def done_in_details(interaction: Interaction, task: Task, said: str) -> Answer:
    """What happened inside the details: they are drawn anew, and the message below says it with its Undo."""
    locale, zone = interaction.actor.locale, interaction.actor.tz
    card = cards.card(task, locale, zone=zone, said=said, changeset=interaction.changeset)
    alone = place_of(interaction)["alone"]
    return Answer(card, replace=alone, update=details_view(interaction, task))


def details_of_line(interaction: Interaction, text: str) -> tuple[str, dict[str, Any], list[int]]:
    """A line without what stands behind its semicolons: columns of the task, and who watches.

    “after” that names no open task of one's own is left in the text.
    """
    columns: dict[str, Any] = {}
    watchers: list[int] = []
    if watch := _WATCH.search(text):
        people = [find_slack_person(interaction.session, each[0]) for each in MENTION.findall(watch[1])]
        watchers, text = [each.id for each in people if each], text[: watch.start()] + text[watch.end() :]
    if remind := _REMIND.search(text):
        with suppress(NotUnderstood, Ambiguous):  # what is no length of time is part of the words
            columns["remind_minutes"] = minutes_of(plain(remind[1] or remind[2]))
            text = text[: remind.start()] + text[remind.end() :]
    if parts := _PARTS.search(text):
        columns["checklist"] = items_of(re.split(r"[,，、;；\n]", plain(parts[1])))
        text = text[: parts.start()]
    if after := _AFTER.search(text):
        me = interaction.actor.person_id or 0
        found = list_tasks_named(interaction.session, plain(after[1]).strip(), person_ids=[me])
        if len(found) == 1:
            columns["after_id"], text = found[0].id, text[: after.start()] + text[after.end() :]
    return text, columns, watchers


def chosen_details(interaction: Interaction, task: Task | None) -> dict[str, Any]:
    """The columns that a whole form says, beside those of a short one."""
    form = interaction.form
    with at_field("checklist"):
        items = items_of(plain(form.get("checklist") or "").splitlines(), task.checklist if task else None)
    with at_field("remind"):
        minutes = minutes_of(plain(form["remind"])) if form.get("remind") else None
    return {
        "checklist": items,
        "remind_minutes": minutes,
        "after_id": int(form["after"]) if form.get("after") else None,
    }


def minutes_of(typed: str) -> int:
    """A length of time in minutes; a month counts thirty days. Raises the reader's refusals."""
    read = read_duration(typed)
    days = read.months * 30 + read.days + read.working_days
    return days * 24 * 60 + read.seconds // 60


def chosen_watchers(interaction: Interaction) -> list[int]:
    """Who was chosen to watch."""
    found = [find_slack_person(interaction.session, each) for each in interaction.form.get("watchers") or []]
    return [person.id for person in found if person]


@routes.options("after")
def search_after(interaction: Interaction) -> Answer:
    """Open tasks that one has or gave, by part of their words."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    me = interaction.actor.person_id or 0
    found = search_open_tasks(interaction.session, typed, person_ids=[me])
    return Answer(options=tuple(option(plain(each.text), str(each.id)) for each in found))


@routes.action("task.details", changes=False)
def press_details(interaction: Interaction) -> Answer:
    """Everything about a task."""
    view = details_view(interaction, access_task(interaction.session, int(interaction.value["task"])))
    return Answer(update=view) if interaction.in_modal else Answer(modal=view)


@routes.action("task.tick")
def tick(interaction: Interaction) -> Answer:
    """A part is done, or is not after all."""
    place = _TICKED.fullmatch(str(interaction.action.get("action_id")))
    chosen = [str(each.get("value")) for each in interaction.action.get("selected_options") or []]
    if place is None or not all(each.isdigit() for each in chosen):
        raise Incomplete(field="checklist")
    start = int(place[1])
    task = tick_task(
        interaction.session,
        interaction.actor,
        int(interaction.metadata["task"]),
        among=range(start, start + _TEN),
        done={int(each) for each in chosen},
        now=interaction.now,
    )
    return Answer(update=details_view(interaction, task))


@routes.action("task.watch")
def press_watch(interaction: Interaction) -> Answer:
    """Hear what becomes of it."""
    task_id = int(interaction.value["task"])
    watch_task(interaction.session, task_id, [interaction.actor.person_id or 0])
    return Answer(update=details_view(interaction, access_task(interaction.session, task_id)))


@routes.action("task.unwatch")
def press_unwatch(interaction: Interaction) -> Answer:
    """Hear no more of it."""
    task_id = int(interaction.value["task"])
    unwatch_task(interaction.session, task_id, interaction.actor.person_id or 0, now=interaction.now)
    return Answer(update=details_view(interaction, access_task(interaction.session, task_id)))
