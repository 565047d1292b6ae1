"""Links to opportunities as a channel sees them, and as somebody copies them."""

from collections.abc import Sequence

from bot.i18n import translator
from bot.store.models import Opportunity
from bot.views.blocks import Block, Message, action_row, button, context, section
from bot.views.opportunities import reference, title
from bot.views.text import shown
from bot.views.words import stage_name


def unfurled(opportunity: Opportunity, locale: str) -> Block:
    """Name and stage, which everybody in the channel sees; the rest is each reader's own, by the button."""
    _ = translator(locale)
    stage = shown(stage_name(opportunity.stage.name, locale), 100)
    text = f"*{title(opportunity)}*  `{reference(opportunity)}`\n{_('Stage: {stage}', stage=stage)}"
    details = button(_("Details"), "opportunity.show", opportunity=opportunity.id)
    return {"blocks": [section(text), action_row(details)]}


def links(opportunities: Sequence[Opportunity], address: str, locale: str) -> Message:
    """The links to copy, each below its name."""
    _ = translator(locale)
    lines = [f"*{title(each)}*\n`{address.rstrip('/')}/o/{reference(each)}`" for each in opportunities[:5]]
    note = _("Pasted into a channel it shows name and stage, as far as the workspace's settings let it.")
    row = [
        button(_("Card"), "opportunity.show", opportunity=opportunities[0].id),
        button(_("Deal room"), "room.open", opportunity=opportunities[0].id),
    ]
    text = "🔗 " + "\n".join(lines)
    return Message(text, (section(text), context(note), action_row(*row)))
