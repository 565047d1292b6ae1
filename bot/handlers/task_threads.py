"""Replies to what the bot said about a task: they are comments on it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.notices import direct_to
from bot.handlers.interaction import Interaction, typed_command
from bot.services.task_responses import say_on_task
from bot.store.models import Task
from bot.store.notices import find_said_at
from bot.views.blocks import Message, text_message
from bot.views.text import plain, shown


def comment_by_reply(interaction: Interaction, event: Mapping[str, Any]) -> Message | None:
    """Keep a reply with its task; None where the message replies to nothing said about one."""
    thread, words = event.get("thread_ts"), plain(typed_command(str(event.get("text") or "")))
    if not thread or not words:
        return None
    recipient = direct_to(interaction.actor.person_id or 0)
    notice = find_said_at(interaction.session, recipient, str(thread))
    if notice is None or notice.subject != Task.__tablename__:
        return None
    note = say_on_task(
        interaction.session, interaction.actor, notice.subject_id or 0, words=words, now=interaction.now
    )
    return text_message("💬 " + interaction._("Kept with the task: {text}", text=shown(note.text, 500)))
