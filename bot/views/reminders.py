"""What the bot says unasked about tasks, and what it could not deliver."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from babel.dates import get_day_names

from bot.domain.snoozes import Snooze
from bot.i18n import format_moment, format_time, translator
from bot.i18n.formats import babel_locale
from bot.store.models import Task
from bot.views.blocks import Block, Message, action_row, button, context, section
from bot.views.tasks import about_what
from bot.views.tasks import sign as task_sign
from bot.views.text import cut, shown

LATE = timedelta(minutes=2)
"""From here on a reminder says that it is late."""
_WITH_BUTTONS = 40
"""A message has 50 blocks: so many tasks get a block and a button of their own."""
_DAY_HOUR = 9
"""When somebody's day is offered to come."""
_ALL_TEXT, _WHEN = 11_000, 60
"""So many characters fit into a message's blocks, and so many of a line tell when it was due."""


def _said(text: str, limit: int = 3000) -> str:
    """Typed text for `text` beside blocks, where formatting characters need no joiner to stay as typed."""
    return shown(text, limit).replace("\u2060", "")


def reminder(
    task: Task,
    locale: str,
    *,
    zone: tzinfo,
    now: datetime,
    due_at: datetime,
    instead_of: str | None = None,
    was_put_off: bool = False,
    later: Mapping[Snooze, datetime] | None = None,
    again: bool = False,
    offers_day: bool = False,
) -> Message:
    """A task's moment has come: its text, when it was due, and what can be done about it.

    `instead_of` is whose task it is where they are away; one that was put off waited for its reader. `later`
    are the moments until which it may be put off at one press; `again` it comes because nobody reacted. The
    first reminder of somebody `offers_day`, their whole day in the morning.
    """
    _ = translator(locale)
    due = format_moment(due_at, locale, zone=zone)
    when = (
        _("Late: this was due {due}", due=due)
        if now - due_at >= LATE and not again
        else _("Due {due}", due=due)
    )
    if instead_of:
        when += " · " + _("for {name}, who is away", name=shown(instead_of, 80))
    elif was_put_off:
        when += " · " + _("kept until you could be disturbed")
    if again:
        when += " · " + _("again, since it is important")
    sign = "❗" if task.is_important else "⏰"
    blocks = [
        section(f"{sign} *{shown(task.text, 2900)}*"),
        context(" · ".join([when, *about_what(task, locale)])),
    ]
    actions = _task_actions(task, locale, later or {}, offers_seen=task.is_important and not again)
    if not offers_day:
        return Message(f"{sign} {_said(task.text)}\n{when}", (*blocks, actions))
    at = format_time(time(_DAY_HOUR), locale)
    offer = button(_("Send it at {hour}", hour=at), "day.hour", hour=_DAY_HOUR, offered=True)
    words = _("Your whole day can come in one message in the morning, with what is due at that hour in it.")
    return Message(f"{sign} {_said(task.text)}\n{when}", (*blocks, actions, section(words, accessory=offer)))


def _task_actions(
    task: Task, locale: str, later: Mapping[Snooze, datetime], *, offers_seen: bool = False
) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"task": task.id, "version": task.version}
    row = [button(_("Done"), "task.done", style="primary", **about)]
    if offers_seen:
        row.append(button(_("Got it"), "task.seen", **about))
    row.append(button(_("In 1 hour"), "task.snooze_hour", **about))
    for snooze, moment in later.items():
        row.append(button(_snoozed(snooze, moment, locale), "task.snooze", until=snooze, **about))
    return action_row(*row, button(_("Reschedule"), "task.reschedule", **about))


def _snoozed(snooze: Snooze, moment: datetime, locale: str) -> str:
    _ = translator(locale)
    at = format_time(moment, locale)
    match snooze:
        case Snooze.AFTERNOON:
            return _("This afternoon, {time}", time=at)
        case Snooze.TOMORROW:
            return _("Tomorrow, {time}", time=at)
    day = get_day_names("abbreviated", locale=babel_locale(locale))[moment.weekday()]
    return _("{day}, {time}", day=day, time=at)


def _answers(task: Task, locale: str) -> Block:
    """What one says to a task that somebody else gave."""
    _ = translator(locale)
    about: dict[str, Any] = {"task": task.id, "version": task.version}
    return action_row(
        button(_("Accept"), "task.accept", style="primary", **about),
        button(_("Done"), "task.done", **about),
        button(_("Reschedule"), "task.reschedule", **about),
        button(_("Decline…"), "task.decline", **about),
        button(_("Ask for help…"), "task.help", **about),
    )


def reminders(tasks: Sequence[tuple[Task, datetime]], locale: str, *, zone: tzinfo, now: datetime) -> Message:
    """Many reminders of an hour in one message that names each task, by its moment."""
    _ = translator(locale)
    heading = "⏰ " + _("You have {count} task due|You have {count} tasks due", count=len(tasks))
    blocks: list[Block] = [section(f"*{heading}*")]
    longest = min(120, _ALL_TEXT // len(tasks) - _WHEN)
    lines = [_line(task, due_at, locale, zone, now, longest) for task, due_at in tasks]
    for (task, _due_at), line in zip(tasks[:_WITH_BUTTONS], lines, strict=False):
        done = button(_("Done"), "task.done", task=task.id, version=task.version)
        blocks.append(section(line, accessory=done))
    rest = lines[_WITH_BUTTONS:]
    blocks += [section("\n".join(rest[start : start + 10])) for start in range(0, len(rest), 10)]
    blocks.append(context(_("So many at once come as one message. `/crm task mine` lists all of yours.")))
    said = "\n".join(f"• {_said(task.text, 200)}" for task, _due_at in tasks)
    return Message(f"{heading}\n{said}", tuple(blocks))


def _line(task: Task, due_at: datetime, locale: str, zone: tzinfo, now: datetime, longest: int) -> str:
    _ = translator(locale)
    due = format_moment(due_at, locale, zone=zone)
    when = _("late, was due {due}", due=due) if now - due_at >= LATE else due
    return f"{task_sign(task)}*{shown(task.text, longest)}*\n{when}"


def assigned(task: Task, by: str | None, locale: str, *, zone: tzinfo, words: str | None = None) -> Message:
    """Somebody gave the reader a task, perhaps with a word to it."""
    _ = translator(locale)
    text = _("{name} gave you a task", name=shown(by)) if by else _("You have a new task")
    due = format_moment(task.due_at, locale, zone=zone) if task.due_at else task.due_on
    when = [_("Due {due}", due=due)] if due else [_("No due date")]
    word = f"\n> {shown(words, 500)}" if words else ""
    blocks = [
        section(f"📌 {text}\n{task_sign(task)}*{shown(task.text, 2300)}*{word}"),
        context(" · ".join([*when, *about_what(task, locale)])),
        _answers(task, locale),
    ]
    return Message(f"📌 {text}: {task_sign(task)}{_said(task.text, 2300)}{word}", tuple(blocks))


def undeliverable(what: str, why: str, locale: str, *, paused: bool) -> Message:
    """Something the reader asked for cannot be delivered; `why` is the reason in their language."""
    _ = translator(locale)
    text = "⚠️ " + _("I could not deliver {what}: {why}", what=what, why=why)
    if paused:
        text += " " + _("I paused it; `/crm digest` resumes it.")
    return Message(cut(text, 3000), (section(text),))
