"""Everything about a task in one modal, and the small forms that say something of it."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.priorities import Priority
from bot.i18n import translator
from bot.store.models import Person, Task, TaskNote
from bot.views import tasks as task_views
from bot.views.blocks import (
    Block,
    View,
    action_row,
    button,
    context,
    divider,
    modal,
    option,
    section,
    text_input,
    user_input,
)
from bot.views.task_forms import due_input
from bot.views.task_news import line
from bot.views.text import shown

_TEN, _NAMED = 10, 10


def details(
    task: Task,
    notes: Sequence[TaskNote],
    locale: str,
    *,
    zone: tzinfo,
    me: int | None,
    watchers: Sequence[Person] = (),
    **place: Any,
) -> View:
    """The task with what was said about it, and everything that can be done with it."""
    _ = translator(locale)
    facts = task_views.facts(task, locale, zone)
    blocks: list[Block] = [
        section(task_views.sign(task) + f"*{shown(task.text, 2900)}*"),
        context(" · ".join(facts)),
    ]
    if task.outcome:
        blocks.append(section("🎯 " + _("Outcome: {text}", text=shown(task.outcome, 1500))))
    blocks += _parts(task)
    if watchers:
        names = _(", ").join(shown(person.name, 60) for person in watchers[:_NAMED])
        blocks.append(context("👀 " + _("Watched by {names}", names=names)))
    blocks += _deeds(task, locale, me, is_watching=any(person.id == me for person in watchers))
    if notes:
        blocks += [divider(), *(section(line(each, locale)) for each in notes)]
    return modal(
        _("Task details"), None, blocks, callback="task.details", close=_("Close"), task=task.id, **place
    )


def _parts(task: Task) -> list[Block]:
    """The checklist, ticked in place; an element holds ten."""
    blocks: list[Block] = []
    items = task.checklist or []
    for start in range(0, len(items), _TEN):
        options = [
            option(item["text"], str(place)) for place, item in enumerate(items[start : start + _TEN], start)
        ]
        element: Block = {"type": "checkboxes", "options": options, "action_id": f"task.tick#{start}"}
        done = [each for each in options if items[int(each["value"])]["done"]]
        if done:
            element["initial_options"] = done
        blocks.append({"type": "actions", "elements": [element]})
    return blocks


def _deeds(task: Task, locale: str, me: int | None, *, is_watching: bool) -> list[Block]:
    _ = translator(locale)
    about: dict[str, Any] = {"task": task.id}
    comment = button(_("Comment…"), "task.comment", **about)
    if task.state != "open":
        return [action_row(button(_("Outcome and next step…"), "task.finish", **about), comment)]
    first = [button(_("Done, and next…"), "task.finish", style="primary", **about)]
    is_given = task.assignee_id == me and task.creator_id not in (None, me)
    if is_given and task.response is None:
        first.append(button(_("Accept"), "task.accept", **about))
    if is_given:
        first.append(button(_("Decline…"), "task.decline", **about))
    if task.repeats:
        first.append(button(_("Skip this one"), "task.skip", **about))
    others = [
        button(_("Ask for help…"), "task.help", **about),
        button(_("Hand over…"), "task.give", **about),
        comment,
        button(_("Unwatch"), "task.unwatch", **about)
        if is_watching
        else button(_("Watch"), "task.watch", **about),
        button(_("Edit"), "task.edit", **about),
    ]
    return [action_row(*first), action_row(*others), _priority(task, locale)]


def _priority(task: Task, locale: str) -> Block:
    _ = translator(locale)
    options = [
        option(_("Priority: {priority}", priority=_(word)), each.name.lower())
        for each, word in task_views.PRIORITIES.items()
    ]
    chosen = next(each for each in options if each["value"] == Priority(task.priority).name.lower())
    return action_row(
        {"type": "static_select", "action_id": "task.priority", "options": options, "initial_option": chosen}
    )


def words_form(
    task: Task, locale: str, *, callback: str, title: str, label: str, send: str, example: str, **place: Any
) -> View:
    """A form that asks for a few words about a task."""
    _ = translator(locale)
    words = text_input("words", label, optional=False, placeholder=example, multiline=True, longest=1000)
    blocks = [section(f"*{shown(task.text, 2900)}*"), words]
    return modal(title, send, blocks, callback=callback, close=_("Cancel"), task=task.id, **place)


def give_form(task: Task, locale: str, **place: Any) -> View:
    """Who is to have it, and why."""
    _ = translator(locale)
    blocks = [
        section(f"*{shown(task.text, 2900)}*"),
        user_input("person", _("Whose task"), optional=False),
        text_input("words", _("What they should know"), multiline=True, longest=1000),
    ]
    return modal(
        _("Hand it over"),
        _("Hand it over"),
        blocks,
        callback="task.give",
        close=_("Cancel"),
        task=task.id,
        **place,
    )


def finish_form(task: Task, locale: str, **place: Any) -> View:
    """What came of it, and what follows, in the same breath."""
    _ = translator(locale)
    blocks = [
        section(f"*{shown(task.text, 2900)}*"),
        text_input(
            "outcome",
            _("What came of it"),
            task.outcome,
            placeholder=_("They want 50 seats"),
            multiline=True,
            longest=1000,
        ),
        text_input("next", _("Next step"), placeholder=_("Send the quote"), longest=1000),
        due_input(_("Next step due"), None, locale),
    ]
    return modal(
        _("Done"), _("Done"), blocks, callback="task.finish", close=_("Cancel"), task=task.id, **place
    )
