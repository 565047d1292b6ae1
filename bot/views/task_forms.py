"""The forms of tasks: a short one, what is seldom said behind More, and another day or moment."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from bot.domain.priorities import Priority
from bot.i18n import translator
from bot.store.models import Task
from bot.views.blocks import (
    Block,
    View,
    action_row,
    button,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
    user_input,
    users_input,
)
from bot.views.forms import with_problems
from bot.views.tasks import PRIORITIES, due
from bot.views.text import plain, shown

Prefill = Mapping[str, Any]
"""What a form shows at first, by field; a choice is (text, value)."""

TYPED = ("text", "due", "assignee", "priority", "repeats", "checklist", "remind")
"""The fields of a task to edit that hold what was typed or chosen, and not what a search found."""


def form(
    locale: str,
    *,
    values: Prefill | None = None,
    problems: Mapping[str, str] | None = None,
    task: Task | None = None,
    before: Prefill | None = None,
    is_whole: bool = False,
) -> View:
    """The form of a new task, or of one to edit. `problems` are sentences that stand beside fields.

    What is seldom said stands behind More, unless the form is whole or has a value for it. `before` is
    what a task to edit has now, where `values` are what somebody typed already.
    """
    _ = translator(locale)
    values = values or {}
    metadata: dict[str, Any] = {}
    if task is not None:
        metadata = {"task": task.id, "version": task.version}
        metadata |= {field: (before or values).get(field) for field in ("due", "assignee", "repeats")}
    inputs, seldom = _inputs(locale, values), _seldom(locale, values, is_new=task is None)
    is_whole = is_whole or any(values.get(block["block_id"]) for block in seldom)
    if is_whole:
        inputs += seldom
    elif seldom:
        inputs.append(action_row(button(_("More…"), "task.whole_form")))
    return modal(
        _("Edit task") if task else _("New task"),
        _("Save") if task else _("Create"),
        with_problems(inputs, problems or {}),
        callback="task.edit" if task else "task.create",
        close=_("Cancel"),
        **metadata,
    )


def _inputs(locale: str, values: Prefill) -> list[Block]:
    _ = translator(locale)
    return [
        text_input(
            "text",
            _("What is to be done"),
            values.get("text"),
            optional=False,
            placeholder=_("Prepare the demo"),
            longest=1000,
        ),
        due_input(_("Due"), values.get("due"), locale),
        user_input("assignee", _("Whose task"), values.get("assignee")),
        select_input(
            "priority",
            _("Priority"),
            [option(_(word), each.name.lower()) for each, word in PRIORITIES.items()],
            values.get("priority") or Priority.NORMAL.name.lower(),
            optional=False,
        ),
        _choice("customer", _("Customer"), values.get("customer"), locale),
        _choice("opportunity", _("Opportunity"), values.get("opportunity"), locale),
    ]


def _seldom(locale: str, values: Prefill, *, is_new: bool) -> list[Block]:
    """What most tasks do without."""
    _ = translator(locale)
    repeats = text_input(
        "repeats",
        _("Comes again"),
        values.get("repeats"),
        hint=_("The next one comes when this one is done; days off are left out."),
        placeholder=_("every Monday 9:00 until 31 Dec"),
    )
    remind = text_input(
        "remind",
        _("Remind before too"),
        values.get("remind"),
        hint=_("For a task with a time of day."),
        placeholder=_("1 hour"),
    )
    checklist = text_input(
        "checklist",
        _("Checklist"),
        values.get("checklist"),
        hint=_("One part a line; ticked behind More."),
        placeholder=_("Slides"),
        multiline=True,
        longest=2000,
    )
    after = _choice("after", _("Waits for"), values.get("after"), locale)
    if not is_new:
        return [remind, repeats, checklist, after]
    group = values.get("group")
    return [
        remind,
        repeats,
        checklist,
        after,
        users_input("watchers", _("Watchers"), values.get("watchers") or ()),
        users_input(
            "others",
            _("And also"),
            values.get("others") or (),
            hint=_("Everybody gets the same task, and one card shows how far they are."),
        ),
        search_input(
            "group",
            _("Or a whole team"),
            option(group[0], group[1]) if group else None,
            placeholder=_("Team or role"),
        ),
    ]


def due_input(label: str, value: str | None, locale: str, *, optional: bool = True) -> Block:
    """A day or a moment, typed as one speaks."""
    _ = translator(locale)
    hint = _("With a time of day you get a reminder then, such as: Fri 3pm, or 2026-12-04 15:00")
    return text_input("due", label, value, optional=optional, hint=hint, placeholder=_("Fri 3pm"))


def _choice(field: str, label: str, chosen: tuple[str, str] | None, locale: str) -> Block:
    _ = translator(locale)
    initial = option(chosen[0], chosen[1]) if chosen else None
    return search_input(field, label, initial, placeholder=_("Type part of the name"))


def form_values(task: Task, zone: tzinfo) -> dict[str, Any]:
    """What the form shows of a task."""
    customer, opportunity = task.customer, task.opportunity
    return {
        "text": task.text,
        "priority": Priority(task.priority).name.lower(),
        "due": typed_due(task.due_at or task.due_on, zone),
        "repeats": (task.repeats or {}).get("said"),
        "remind": typed_minutes(task.remind_minutes),
        "checklist": "\n".join(item["text"] for item in task.checklist or ()) or None,
        "after": (task.after.text, str(task.after.id)) if task.after else None,
        "assignee": task.assignee.slack_user_id if task.assignee else None,
        "customer": (customer.name, str(customer.id)) if customer else None,
        "opportunity": (plain(opportunity.name), str(opportunity.id)) if opportunity else None,
    }


def typed_due(moment: date | datetime | None, zone: tzinfo) -> str | None:
    """A due as it is typed into a form: `2026-12-04 15:00`, or the day alone."""
    if isinstance(moment, datetime):
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return moment.isoformat() if moment else None


def typed_minutes(minutes: int | None) -> str | None:
    """A length of time as both languages read it: `90 min`, `2h`, `1d`."""
    if not minutes:
        return None
    for size, unit in ((24 * 60, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes} min"


def reschedule_form(task: Task, locale: str, *, zone: tzinfo, now: datetime, **place: Any) -> View:
    """Ask for another day or moment."""
    _ = translator(locale)
    tomorrow = (now.astimezone(zone) + timedelta(days=1)).date()
    at = task.due_at.astimezone(zone).time() if task.due_at else None
    proposed = datetime.combine(tomorrow, at, zone) if at else tomorrow
    blocks = [
        section(f"*{shown(task.text, 2900)}*\n{due(task, locale, zone)}"),
        due_input(_("New date"), typed_due(proposed, zone), locale, optional=False),
    ]
    return modal(
        _("Reschedule"),
        _("Save"),
        blocks,
        callback="task.reschedule",
        close=_("Cancel"),
        task=task.id,
        **place,
    )
