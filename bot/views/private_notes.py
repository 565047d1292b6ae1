"""Private notes as the few see them who may."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.i18n import format_moment, translator
from bot.store.models import Opportunity, PrivateNote
from bot.views.blocks import Block, Message, View, action_row, button, context, modal, section, text_input
from bot.views.forms import with_problems
from bot.views.opportunities import reference, title
from bot.views.text import shown

_SHOWN = 10


def listing(
    opportunity: Opportunity,
    notes: Sequence[PrivateNote],
    locale: str,
    *,
    zone: tzinfo,
    person_id: int | None,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The notes that the reader may see; their own can be deleted."""
    _ = translator(locale)
    heading = f"🔒 *{title(opportunity)}*  `{reference(opportunity)}`"
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(heading))
    lines = [heading]
    for note in notes[:_SHOWN]:
        when = format_moment(note.at, locale, zone=zone)
        line = f"{shown(note.text, 2000)}\n_{shown(note.author.name, 60)} · {when}_"
        delete = (
            button(_("Delete"), "private_note.delete", note=note.id) if note.author_id == person_id else None
        )
        blocks.append(section(line, accessory=delete))
        lines.append(line)
    if not notes:
        lines.append(_("No private note yet."))
        blocks.append(section(lines[-1]))
    about: dict[str, Any] = {"opportunity": opportunity.id}
    row = [
        button(_("New private note"), "private_note.new", **about),
        button(_("Opportunity"), "opportunity.show", **about),
    ]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    blocks += [action_row(*row), context(who_sees(locale))]
    return Message("\n".join([*([said] if said else []), *lines]), tuple(blocks))


def who_sees(locale: str) -> str:
    """Who sees a private note."""
    _ = translator(locale)
    return "🔒 " + _("Only its author, the author's managers and admins see a private note.")


def form(opportunity: Opportunity, locale: str, *, problems: Mapping[str, str] | None = None) -> View:
    """The form; it says who will see the note."""
    _ = translator(locale)
    blocks = [
        section(f"*{title(opportunity)}*  `{reference(opportunity)}`"),
        text_input(
            "text",
            _("Private note"),
            optional=False,
            multiline=True,
            longest=2000,
            hint=_("Only you, your managers and admins see it; it never stands on a card in a channel."),
        ),
    ]
    return modal(
        _("Private note"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="private_note.create",
        close=_("Cancel"),
        opportunity=opportunity.id,
    )
