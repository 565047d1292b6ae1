"""Replies to what the bot said about a task, to somebody or in a channel: they are comments on it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.notices import direct_to
from bot.handlers.interaction import Interaction, typed_command
from bot.services.task_responses import say_on_task
from bot.services.team_tasks import say_on_team_task
from bot.store import Session
from bot.store.models import Notice, Task, TeamTask
from bot.store.notices import find_said_at
from bot.store.tasks import UnknownTask
from bot.store.team_tasks import UnknownTeamTask
from bot.views.blocks import Message, button, text_message
from bot.views.text import plain, shown

TOLD = (None, "file_share", "thread_broadcast")
"""The messages that people wrote themselves; others tell of joins, edits and what apps said."""


def is_reply_in_channel(payload: Mapping[str, Any]) -> bool:
    """Whether somebody answers in a thread of a channel: everything else that is said there goes unread."""
    event = payload.get("event") or {}
    return bool(
        event.get("thread_ts")
        and event.get("text")
        and event.get("channel_type") in ("channel", "group")
        and event.get("subtype") in TOLD
        and not event.get("bot_id")
    )


def is_about_task(session: Session, payload: Mapping[str, Any]) -> bool:
    """Whether the thread of a channel hangs on a task's card."""
    event = payload.get("event") or {}
    return _said_of_task(session, str(event.get("channel") or ""), str(event.get("thread_ts"))) is not None


def comment_by_reply(interaction: Interaction, event: Mapping[str, Any]) -> Message | None:
    """Keep a reply with its task; None where the message replies to nothing said about one."""
    session, actor, now = interaction.session, interaction.actor, interaction.now
    thread, words = event.get("thread_ts"), plain(typed_command(str(event.get("text") or "")))
    if not thread or not words:
        return None
    is_direct = event.get("channel_type") == "im"
    recipient = direct_to(actor.person_id or 0) if is_direct else str(event.get("channel") or "")
    notice = _said_of_task(session, recipient, str(thread))
    if notice is None:
        return None
    about = notice.subject_id or 0
    try:
        if notice.subject == Task.__tablename__:
            text = say_on_task(session, actor, about, words=words, now=now).text
            show = button(interaction._("Show"), "task.show", task=about)
        else:
            text = say_on_team_task(session, actor, about, words=words, now=now)
            show = button(interaction._("Show"), "team_task.show", team_task=about)
    except (UnknownTask, UnknownTeamTask):  # people may talk on below what was deleted or undone
        return None
    undo = button(interaction._("Undo"), "undo", changeset=interaction.changeset)
    said = interaction._("Kept with the task: {text}", text=shown(text, 500))
    return text_message(f"💬 {said}", undo, show)


def _said_of_task(session: Session, recipient: str, thread: str) -> Notice | None:
    notice = find_said_at(session, recipient, thread)
    about_tasks = (Task.__tablename__, TeamTask.__tablename__)
    return notice if notice is not None and notice.subject in about_tasks else None
