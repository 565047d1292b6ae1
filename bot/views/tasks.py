"""Tasks as people see them: the card, the line of a list, the forms."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from typing import Any

from bot.domain.priorities import Priority
from bot.domain.task_repeats import TaskRepeat
from bot.i18n import N_, format_date, format_moment, format_time, translator
from bot.store.models import Task, TeamTask
from bot.views.blocks import (
    Block,
    Message,
    action_row,
    button,
    context,
    section,
)
from bot.views.schedules import days_in_words
from bot.views.text import shown

PAGE = 8

PRIORITIES = {Priority.HIGH: N_("High"), Priority.NORMAL: N_("Normal"), Priority.LOW: N_("Low")}
_SIGNS = {Priority.HIGH: "❗ ", Priority.LOW: "🔽 "}


def sign(task: Task) -> str:
    """What stands before a task's words where it matters more, or less, than others."""
    return _SIGNS.get(Priority(task.priority), "")


def card(
    task: Task,
    locale: str,
    *,
    zone: tzinfo,
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
) -> Message:
    """The task with its next actions; `said` is what just happened, `changeset` what Undo takes back."""
    known = facts(task, locale, zone)
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"{sign(task)}*{shown(task.text, 2900)}*"), context(" · ".join(known))]
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks.append(_actions(task, locale, changeset))
    summary = f"{sign(task)}{shown(task.text, 500)} · {known[0]}"
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def facts(task: Task, locale: str, zone: tzinfo) -> list[str]:
    """When it is due, whose it is, what they answered, what it is about."""
    _ = translator(locale)
    said = {"accepted": "👍 " + _("accepted"), "declined": "🙅 " + _("declined")}
    response = [said[task.response]] if task.response in said else []
    again = [repeats(task.repeats, locale)] if task.repeats else []
    parts = [*again, *_parts_and_order(task, locale), *_who(task, locale), *response]
    return [due(task, locale, zone), *parts, *about_what(task, locale)]


def _parts_and_order(task: Task, locale: str) -> list[str]:
    """How many parts are done, and what it waits for."""
    _ = translator(locale)
    marks = []
    if task.checklist:
        marks.append(f"☑️ {sum(item['done'] for item in task.checklist)}/{len(task.checklist)}")
    if task.after and task.after.state == "open" and task.state == "open":
        marks.append("⏸️ " + _("waits for “{text}”", text=shown(task.after.text, 80)))
    return marks


def repeats(kept: Mapping[str, Any], locale: str) -> str:
    """`🔁 Every Monday until Dec 31`, as the task's rule says it."""
    _ = translator(locale)
    rule = TaskRepeat.of_json(dict(kept))
    words = "🔁 " + days_in_words(rule, locale)
    if rule.local_time:
        words += " " + format_time(time.fromisoformat(rule.local_time), locale)
    if rule.until:
        return _("{rule} ({end})", rule=words, end=_("until {day}", day=format_date(rule.until, locale)))
    if rule.left is not None:
        end = _("{count} more time|{count} more times", count=rule.left)
        return _("{rule} ({end})", rule=words, end=end)
    return words


def closed(
    task: Task,
    locale: str,
    *,
    changeset: str | None = None,
    following: Task | None = None,
    zone: tzinfo = UTC,
) -> Message:
    """What stands in place of a task that was just closed: nothing is asked, the next step is offered."""
    _ = translator(locale)
    named = shown(task.text, 2800)
    is_done = task.state == "done"
    text = "✅ " + _("Done: *{text}*", text=named) if is_done else "🚫 " + _("Dropped: *{text}*", text=named)
    if task.outcome and is_done:
        text += f"\n🎯 {shown(task.outcome, 300)}"
    if following:
        text += "\n🔁 " + _("Comes again: {due}", due=due(following, locale, zone))
    row = [button(_("Next task"), "task.new", **_subject(task))]
    if is_done:
        row.append(button(_("Outcome…"), "task.finish", task=task.id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return Message(text, (section(text), action_row(*row)))


def _actions(task: Task, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"task": task.id}
    if task.state != "open":
        return action_row(
            button(_("Reopen"), "task.reopen", **about),
            button(_("Next task"), "task.new", **_subject(task)),
        )
    row = [
        button(_("Done"), "task.done", style=None if changeset else "primary", **about),
        button(_("Tomorrow"), "task.snooze_tomorrow", **about),
        button(_("Edit"), "task.edit", **about),
    ]
    if task.due_at is not None:
        word = _("Not important") if task.is_important else _("Important")
        row.append(button(word, "task.important", on=not task.is_important, **about))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    else:
        row.append(button(_("Drop"), "task.drop", **about))
    row.append(button(_("More…"), "task.details", **about))
    return action_row(*row)


def due(task: Task | TeamTask, locale: str, zone: tzinfo) -> str:
    """When a task is due, in full."""
    _ = translator(locale)
    if task.due_at:
        return _("Due {due}", due=format_moment(task.due_at, locale, zone=zone))
    if task.due_on:
        return _("Due {due}", due=format_date(task.due_on, locale))
    return _("No due date")


def due_soon(task: Task, locale: str, *, zone: tzinfo, now: datetime) -> str:
    """When a task is due, as one says it today: `Tomorrow 3:00 PM`; a warning where that is over."""
    _ = translator(locale)
    local, today = task.due_at and task.due_at.astimezone(zone), now.astimezone(zone).date()
    day = local.date() if local else task.due_on
    if day is None:
        return _("No due date")
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    words = near.get((day - today).days) or format_date(day, locale, year=day.year != today.year)
    if local:
        words = f"{words} {format_time(local, locale)}"
    is_over = local < now if local else day < today
    return "⚠️ " + _("Overdue: {due}", due=words) if is_over else words


def _who(task: Task, locale: str) -> list[str]:
    _ = translator(locale)
    assignee = shown(task.assignee.name, 80) if task.assignee else _("nobody")
    if task.creator and task.creator_id != task.assignee_id:
        return [_("{assignee}, from {creator}", assignee=assignee, creator=shown(task.creator.name, 80))]
    return [assignee]


def about_what(task: Task, locale: str) -> list[str]:
    """Which customer and opportunity the task is about."""
    _ = translator(locale)
    names = [task.customer.name] if task.customer else []
    if task.opportunity and task.opportunity.name not in names:
        names.append(task.opportunity.name)
    return [_("About {name}", name=shown(" · ".join(names), 200))] if names else []


def _subject(task: Task) -> dict[str, Any]:
    """What the next task would be about."""
    if task.opportunity_id is not None:
        return {"opportunity": task.opportunity_id}
    return {"customer": task.customer_id} if task.customer_id is not None else {}


def bullet(task: Task, longest: int = 200) -> str:
    """`• ❗ call Acme`, for a list of lines."""
    return f"• {sign(task)}{shown(task.text, longest)}"


def named(task: Task) -> str:
    """The task's words alone, for a sentence above a list."""
    return f"{sign(task)}*{shown(task.text, 300)}*"


def row(task: Task, locale: str, *, zone: tzinfo, now: datetime) -> Block:
    """A task in one line with the one button that matters, for a message that reminds of many."""
    _ = translator(locale)
    if task.state == "open":
        done = button(_("Done"), "task.done", task=task.id)
        return section(f"{named(task)}\n{due_soon(task, locale, zone=zone, now=now)}", accessory=done)
    reopen = button(_("Reopen"), "task.reopen", task=task.id)
    return section(f"✅ ~{shown(task.text, 300)}~", accessory=reopen)


def rows(task: Task, locale: str, *, zone: tzinfo, now: datetime, **place: Any) -> list[Block]:
    """A task in a list, with its buttons; `place` tells the handler which list to draw again."""
    _ = translator(locale)
    marks = [*(["🔁"] if task.repeats else []), *_parts_and_order(task, locale)]
    facts = " · ".join([due_soon(task, locale, zone=zone, now=now), *marks, *about_what(task, locale)])
    about: dict[str, Any] = {"task": task.id} | place
    return [
        section(f"{named(task)}\n{facts}"),
        action_row(
            button(_("Done"), "task.done", **about),
            button(_("Tomorrow"), "task.snooze_tomorrow", **about),
            *_log(task, locale),
            button(_("Edit"), "task.edit", **about),
            button(_("More…"), "task.details", **about),
        ),
    ]


def _log(task: Task, locale: str) -> list[Block]:
    """What happened about it, where it is about somebody."""
    subject = _subject(task)
    return [button(translator(locale)("Log"), "activity.new", **subject)] if subject else []


def listing(
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
    """A page of the reader's open tasks, with what just happened to one of them above."""
    _ = translator(locale)
    heading = _("You have {count} open task|You have {count} open tasks", count=count)
    blocks: list[Block] = []
    if said:
        undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
        blocks.append(section(said, accessory=undo))
    if not tasks and not said:
        heading = _("Nothing to do. Give yourself a task: `/crm task prepare the demo tomorrow 9am`")
    blocks.append(section(f"*{heading}*"))
    for task in tasks:
        blocks += rows(task, locale, zone=zone, now=now, place="list", offset=offset)
    row = [button(_("New task"), "task.new")]
    if offset:
        row.append(button(_("Back"), "task.list#back", offset=max(0, offset - PAGE)))
    if count > offset + len(tasks):
        row.append(button(_("Show more"), "task.list#more", offset=offset + PAGE))
    blocks.append(action_row(*row))
    lines = [f"{bullet(each)} · {due_soon(each, locale, zone=zone, now=now)}" for each in tasks]
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))
