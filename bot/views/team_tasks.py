"""A task of many: the card with its bar, and what who gave it hears."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.team_tasks import Progress
from bot.i18n import N_, format_percent, translator
from bot.store.models import Task
from bot.store.team_tasks import Shared
from bot.views import tasks as task_views
from bot.views.blocks import Block, Message, action_row, button, confirmation, context, section, text_message
from bot.views.text import shown

_NAMED = 40
_TENTHS = 10

AUDIENCES = {
    "everybody": N_("Everybody"),
    "role:rep": N_("All reps"),
    "role:manager": N_("All managers"),
    "role:admin": N_("All admins"),
}
"""Groups that are called the same in every workspace."""


def bar(progress: Progress) -> str:
    """A bar of ten, full only when everybody is through."""
    filled = _TENTHS if progress.total and progress.is_over else int(progress.share * _TENTHS)
    return "■" * filled + "□" * (_TENTHS - filled)


def how_far(progress: Progress, locale: str) -> str:
    """The same in words."""
    _ = translator(locale)
    words = _(
        "{done} of {total} done ({share})",
        done=progress.done,
        total=progress.total,
        share=format_percent(progress.share, locale),
    )
    if progress.declined:
        words += " · " + _("{count} declined|{count} declined", count=progress.declined)
    return words


def card(
    shared: Shared,
    locale: str,
    *,
    zone: tzinfo,
    said: str | None = None,
    changeset: str | None = None,
    is_giver: bool = True,
    is_posted: bool = False,
) -> Message:
    """What everybody is to do and how far they are, by name; who gave it can ask the others or drop it.

    One that is posted stays and is edited, so it offers to be shown nowhere else.
    """
    _ = translator(locale)
    progress = shared.progress
    facts = [task_views.due(shared.task, locale, zone)]
    if shared.task.repeats:
        facts.append(task_views.repeats(shared.task.repeats, locale))
    if shared.task.creator:
        facts.append(_("from {creator}", creator=shown(shared.task.creator.name, 80)))
    if shared.parts:
        facts += task_views.about_what(shared.parts[0], locale)
    lines = [f"{bar(progress)}  {how_far(progress, locale)}", *_by_state(shared.parts, locale)]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [
        section(f"👥 {_sign(shared)}*{shown(shared.task.text, 2900)}*"),
        section("\n".join(lines)),
        context(" · ".join(facts)),
    ]
    row = _buttons(shared, locale, changeset, is_posted=is_posted) if is_giver else []
    if row:
        blocks.append(action_row(*row))
    summary = f"👥 {shown(shared.task.text, 500)} · {how_far(progress, locale)}"
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def _sign(shared: Shared) -> str:
    return task_views.sign(shared.parts[0]) if shared.parts else ""


def _by_state(parts: Sequence[Task], locale: str) -> list[str]:
    _ = translator(locale)
    groups = [
        ("✅ " + _("Done"), [part for part in parts if part.state == "done"]),
        ("⏳ " + _("Still to do"), [part for part in parts if part.state == "open"]),
        ("🚫 " + _("Declined"), [part for part in parts if part.response == "declined"]),
    ]
    return [
        _("{label}: {value}", label=label, value=_names(found, locale)) for label, found in groups if found
    ]


def _names(parts: Sequence[Task], locale: str) -> str:
    _ = translator(locale)
    names = [shown(part.assignee.name, 60) if part.assignee else _("nobody") for part in parts]
    said = _(", ").join(names[:_NAMED])
    more = len(names) - _NAMED
    return said + (" " + _("and {count} more|and {count} more", count=more) if more > 0 else "")


def _buttons(shared: Shared, locale: str, changeset: str | None, *, is_posted: bool) -> list[Block]:
    _ = translator(locale)
    about: dict[str, Any] = {"team_task": shared.task.id}
    row: list[Block] = []
    if not shared.progress.is_over:
        row.append(button(_("Ask the others"), "team_task.ask", **about))
    if not is_posted:
        row.append(button(_("Show here"), "team_task.post", **about))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    elif not shared.progress.is_over:
        sure = confirmation(
            _("Drop it for all?"), _("Nobody has to do it any more."), _("Drop it"), _("Keep it")
        )
        row.append(button(_("Drop for all"), "team_task.drop", confirm=sure, **about))
    return row


def all_done(shared: Shared, locale: str) -> Message:
    """Nobody has anything left to do."""
    _ = translator(locale)
    text = "🏁 " + _("Everybody is through with *{text}*.", text=shown(shared.task.text, 2000))
    return text_message(
        f"{text}\n{how_far(shared.progress, locale)}",
        button(_("Show"), "team_task.show", team_task=shared.task.id),
        button(_("Next task"), "task.new"),
    )


def asked_after(task: Task, by: str | None, locale: str, *, zone: tzinfo) -> Message:
    """Somebody asks how far the reader's task is."""
    _ = translator(locale)
    text = _("{name} asks how far this is", name=shown(by or "—", 80))
    return task_views.card(task, locale, zone=zone, said=f"🙋 {text}")
