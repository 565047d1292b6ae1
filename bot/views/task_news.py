"""What whoever gave a task hears of it, and how somebody is asked for help with one."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.task_news import TaskNews
from bot.i18n import translator
from bot.store.models import Task, TaskNote
from bot.views.blocks import Block, Message, action_row, button, context, section
from bot.views.tasks import about_what, due, sign
from bot.views.text import shown


def news(task: Task, what: TaskNews, by: str, note: TaskNote | None, locale: str, zone: tzinfo) -> Message:
    """One thing that became of a task, and what can be done about it."""
    text = _sentence(task, what, shown(by, 80), locale)
    said = note.text if note else task.outcome if what == TaskNews.DONE else None
    if said:
        text += f"\n> {shown(said, 1500)}"
    facts = [due(task, locale, zone), *about_what(task, locale)]
    row = _actions(task, what, locale)
    return Message(text, (section(text), context(" · ".join(facts)), action_row(*row)))


def _sentence(task: Task, what: TaskNews, by: str, locale: str) -> str:
    _ = translator(locale)
    text = shown(task.text, 1000)
    match what:
        case TaskNews.ACCEPTED:
            return "👍 " + _("{name} accepted *{text}*", name=by, text=text)
        case TaskNews.DECLINED if task.team_task_id is None:
            return "🙅 " + _("{name} declined *{text}*. It is yours again.", name=by, text=text)
        case TaskNews.DECLINED:
            return "🙅 " + _("{name} declined *{text}*", name=by, text=text)
        case TaskNews.DONE:
            return "✅ " + _("{name} has done *{text}*", name=by, text=text)
        case TaskNews.HANDED_OVER:
            to = shown(task.assignee.name, 80) if task.assignee else _("nobody")
            return "↪️ " + _("{name} handed *{text}* over to {to}", name=by, text=text, to=to)
        case TaskNews.READY:
            first = shown(task.after.text, 300) if task.after else "—"
            return "🟢 " + _("*{text}* can begin: {first} is closed", text=text, first=first)
        case TaskNews.ANSWER:
            return "💬 " + _("{name} answers about *{text}*", name=by, text=text)
    return "💬 " + _("{name} on *{text}*", name=by, text=text)


def _actions(task: Task, what: TaskNews, locale: str) -> list[Block]:
    _ = translator(locale)
    about: dict[str, Any] = {"task": task.id}
    if what == TaskNews.DECLINED and task.state == "open":
        return [
            button(_("Hand over…"), "task.give", style="primary", **about),
            button(_("Edit"), "task.edit", **about),
            button(_("Drop"), "task.drop", **about),
        ]
    if what in (TaskNews.COMMENT, TaskNews.ANSWER):
        return [button(_("Comment…"), "task.comment", **about), button(_("Show"), "task.show", **about)]
    return [button(_("Show"), "task.show", **about)]


def help_wanted(task: Task, note: TaskNote, notes: Sequence[TaskNote], locale: str, zone: tzinfo) -> Message:
    """Somebody asks the reader for help: what, with which task, and what was said of it before."""
    _ = translator(locale)
    asker = note.person or task.assignee
    text = "🆘 " + _(
        "{name} asks you for help with *{text}*",
        name=shown(asker.name, 80) if asker else "—",
        text=shown(task.text, 1000),
    )
    text = sign(task) + text
    asked = f"{text}\n> {shown(note.text, 1500)}"
    facts = [due(task, locale, zone), *about_what(task, locale)]
    blocks = [section(asked), context(" · ".join(facts))]
    before = [each for each in notes if each.id != note.id]
    if before:
        blocks.append(context(*[line(each, locale) for each in before[-3:]]))
    about: dict[str, Any] = {"task": task.id}
    blocks.append(
        action_row(
            button(_("Answer…"), "task.answer", style="primary", **about),
            button(_("Take it over"), "task.take", **about),
            button(_("Hand over…"), "task.give", **about),
            button(_("Show"), "task.show", **about),
        )
    )
    return Message(asked, tuple(blocks))


def line(note: TaskNote, locale: str) -> str:
    """What was said, in a line."""
    _ = translator(locale)
    who = shown(note.person.name, 60) if note.person else "—"
    marks = {"help": "🆘", "declined": "🙅", "handed_over": "↪️"}
    return f"{marks.get(note.kind, '💬')} *{who}*: {shown(note.text, 400)}"
