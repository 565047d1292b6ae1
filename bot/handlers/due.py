"""Days and moments as people type them into forms: until when to do something, when something happened."""

from datetime import date, datetime
from functools import partial
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.forms import at_field
from bot.handlers.interaction import Interaction
from bot.i18n import format_date, format_moment
from bot.language import Ambiguous, When, read_when
from bot.services.tasks import Due
from bot.services.working_days import is_working_day
from bot.store.workspaces import workspace_settings
from bot.views.text import plain


class DueAmbiguous(Refusal):
    """Words that people read as two different days or moments."""

    message = "“{typed}” can be {first} or {second}. Type it as 2026-12-04, or 2026-12-04 15:00."


def typed_when(interaction: Interaction, field: str, typed: str | None, *, past: bool = False) -> Due:
    """A field's day or moment in the person's zone; None where nothing was typed.

    `past` is for what has happened. Raises DueAmbiguous and the reader's refusals, at the field.
    """
    if not typed:
        return None
    settings = workspace_settings(interaction.session)
    with at_field(field):
        try:
            read = read_when(
                plain(typed),
                now=interaction.local_now,
                language="zh" if interaction.language == "zh" else "en",
                past=past,
                working_days=partial(is_working_day, settings),
                fiscal_start_month=settings.fiscal_start_month,
            )
        except Ambiguous as unsure:
            first, second = (_words(each, interaction.actor.locale) for each in unsure.readings[:2])
            raise DueAmbiguous(typed=typed, first=first, second=second) from unsure
    return due_of(read)


def due_of(read: Any) -> Due:
    """A reading as a due: its moment, its day, or the last day of the period that it names."""
    if not isinstance(read, When):
        return read if isinstance(read, date) else None
    if read.is_moment:
        return read.start
    return read.last_day


def local_date(interaction: Interaction, due: Due) -> date | None:
    """The day of a due in the person's zone."""
    return due.astimezone(interaction.actor.tz).date() if isinstance(due, datetime) else due


def _words(read: Any, locale: str) -> str:
    due = due_of(read)
    if isinstance(due, datetime):
        return format_moment(due, locale)
    return format_date(due, locale) if due else str(read)
