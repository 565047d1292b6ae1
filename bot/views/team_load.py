"""Who has what: a team's load with its bars, and one person's tasks, each handed on in place."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import translator
from bot.store.models import Person, Task
from bot.store.team_days import Load
from bot.store.team_tasks import Shared
from bot.views import tasks as task_views
from bot.views.blocks import Block, Message, action_row, button, context, divider, header, plain_text, section
from bot.views.team_tasks import bar, how_far
from bot.views.text import shown

PAGE = 12
_TENTHS = 10


def listing(loads: Sequence[Load], shared: Sequence[Shared], locale: str, *, page: int = 0) -> Message:
    """A page of people with what they have to do, below the tasks of many that are under way."""
    _ = translator(locale)
    count, overdue = sum(each.open for each in loads), sum(each.overdue for each in loads)
    title = _("Team tasks · {count} open|Team tasks · {count} open", count=count)
    summary = (
        "⚠️ " + _("{count} of them overdue|{count} of them overdue", count=overdue)
        if overdue
        else "✅ " + _("Nobody in the team has an overdue task.")
    )
    blocks: list[Block] = [header(title), context(summary)]
    if page == 0:
        for each in shared:
            text = (
                f"👥 *{shown(each.task.text, 200)}*\n{bar(each.progress)}  {how_far(each.progress, locale)}"
            )
            blocks.append(
                section(text, accessory=button(_("Show"), "team_task.show", team_task=each.task.id))
            )
        if shared:
            blocks.append(divider())
    most = max((each.open for each in loads), default=0)
    listed = loads[page * PAGE : (page + 1) * PAGE]
    for load in listed:
        show = button(_("Tasks"), "team_load.person", person=load.person_id)
        blocks.append(section(line(load, most, locale), accessory=show))
    if not loads:
        blocks.append(section(_("Nobody reports to you yet. An admin sets it: `/crm team`")))
    row = [button(_("New task"), "task.new", style="primary")]
    if page:
        row.append(button(_("Back"), "team_load.page#back", page=page - 1))
    if len(loads) > (page + 1) * PAGE:
        row.append(button(_("Show more"), "team_load.page#more", page=page + 1))
    row.append(button(_("Task rules"), "task_rules.show"))
    blocks.append(action_row(*row))
    lines = [line(load, most, locale).replace("\n", " ") for load in listed]
    return Message("\n".join([title, summary, *lines]), tuple(blocks))


def line(load: Load, most: int, locale: str) -> str:
    """`*Ann*` and a bar against who has the most, with the same in words."""
    _ = translator(locale)
    if not load.open:
        return f"*{shown(load.name, 80)}*\n{_('nothing to do')}"
    filled = max(1, load.open * _TENTHS // most)
    words = [_("{count} open|{count} open", count=load.open)]
    if load.overdue:
        words.append("⚠️ " + _("{count} overdue|{count} overdue", count=load.overdue))
    if load.this_week:
        words.append(_("{count} due this week|{count} due this week", count=load.this_week))
    return f"*{shown(load.name, 80)}*\n{'■' * filled}{'□' * (_TENTHS - filled)}  {' · '.join(words)}"


def person(
    whose: Person,
    tasks: Sequence[Task],
    locale: str,
    *,
    zone: tzinfo,
    now: datetime,
    count: int,
    offset: int = 0,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """A page of one person's tasks: choosing somebody else beside one hands it over."""
    _ = translator(locale)
    name = shown(whose.name, 80)
    heading = _("{name} has {count} open task|{name} has {count} open tasks", name=name, count=count)
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(said, accessory=undo)] if said else []
    blocks.append(section(f"*{heading}*"))
    for task in tasks:
        facts = [task_views.due_soon(task, locale, zone=zone, now=now), *task_views.about_what(task, locale)]
        blocks.append(
            section(
                f"{task_views.named(task)}\n{' · '.join(facts)}",
                accessory=_assignee(task, whose, offset, locale),
            )
        )
        about: dict[str, Any] = {"task": task.id, "place": "person", "person": whose.id, "offset": offset}
        blocks.append(
            action_row(
                button(_("Ask"), "task.ask_after", **about),
                button(_("Tomorrow"), "task.snooze_tomorrow", **about),
                button(_("Reschedule"), "task.reschedule", **about),
                button(_("More…"), "task.details", **about),
            )
        )
    row = []
    if offset:
        back = max(0, offset - task_views.PAGE)
        row.append(button(_("Back"), "team_load.person#back", person=whose.id, offset=back))
    if count > offset + len(tasks):
        more = offset + task_views.PAGE
        row.append(button(_("Show more"), "team_load.person#more", person=whose.id, offset=more))
    row.append(button(_("New task"), "task.new", person=whose.id))
    row.append(button(_("The whole team"), "team_load.page", page=0))
    blocks.append(action_row(*row))
    lines = [
        f"{task_views.bullet(each)} · {task_views.due_soon(each, locale, zone=zone, now=now)}"
        for each in tasks
    ]
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _assignee(task: Task, whose: Person, offset: int, locale: str) -> Block:
    """Whose it is, to be chosen anew; its action_id says which task and which list."""
    _ = translator(locale)
    element: Block = {
        "type": "users_select",
        "action_id": f"task.assign#{task.id}.{whose.id}.{offset}",
        "placeholder": plain_text(_("Hand over…"), 150),
    }
    return element | ({"initial_user": whose.slack_user_id} if whose.slack_user_id else {})
