"""Files of an opportunity as people see them: a line on the card, the list, the form that attaches some."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from bot.i18n import format_date, translator
from bot.store.models import ActivityFile, Opportunity
from bot.views.activities import file_link
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    file_input,
    modal,
    section,
    text_input,
)
from bot.views.opportunities import reference, title
from bot.views.text import shown

SHOWN = 20
ON_CARD = 3
MOST = 5


def on_card(files: Sequence[ActivityFile], count: int, locale: str) -> list[Block]:
    """The latest few, each a link, and how many more there are; nothing where there is none."""
    _ = translator(locale)
    if not files:
        return []
    said = " · ".join(file_link(each) for each in files[:ON_CARD])
    if count > ON_CARD:
        said += " · " + _("and {count} more", count=count - ON_CARD)
    return [context(said)]


def listing(
    opportunity: Opportunity,
    files: Sequence[ActivityFile],
    locale: str,
    *,
    zone: tzinfo,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Every file with who kept it, when, and what they said of it; the latest first."""
    _ = translator(locale)
    heading = f"📎 *{title(opportunity)}*  `{reference(opportunity)}`"
    lines = []
    for each in files[:SHOWN]:
        activity = each.activity
        day = format_date(activity.happened_at.astimezone(zone).date(), locale, year=False)
        parts = [day, shown(activity.person.name, 40) if activity.person else None]
        if activity.text and activity.text != each.name:
            parts.append(shown(" ".join(activity.text.split()), 120))
        lines.append(f"{file_link(each)}\n_{' · '.join(part for part in parts if part)}_")
    if not files:
        lines.append(_("No file yet. Attach one here, or choose “Log to CRM” in the menu of a message."))
    about: dict[str, Any] = {"opportunity": opportunity.id}
    row = [
        button(_("Attach files"), "opportunity.attach", style="primary", **about),
        button(_("Opportunity"), "opportunity.show", **about),
    ]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(heading), *[section(each) for each in lines], action_row(*row)]
    if len(files) > SHOWN:
        blocks.insert(-1, context(_("Older ones are on the customer's timeline.")))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def form(opportunity: Opportunity, locale: str) -> View:
    """Choose files, and say what they are."""
    _ = translator(locale)
    hint = _("A file opens for whoever may see it in Slack. Post it in the deal room to share it.")
    return modal(
        _("Attach files"),
        _("Save"),
        [
            section(f"*{title(opportunity)}*  `{reference(opportunity)}`"),
            file_input("files", _("Files"), most=MOST, optional=False, hint=hint),
            text_input("text", _("What they are"), placeholder=_("minutes of the visit"), longest=1000),
        ],
        callback="opportunity.attach",
        close=_("Cancel"),
        opportunity=opportunity.id,
    )
