"""The open pipeline by product, source, channel, competitor or person, as people see it."""

from collections.abc import Sequence

from bot.domain.money import totals
from bot.domain.performance import Dimension
from bot.i18n import translator
from bot.store.open_splits import OpenShare
from bot.views.blocks import Message, action_row, button, context, header, section
from bot.views.performance import COLUMNS, DIMENSIONS
from bot.views.sales_channels import channel_name
from bot.views.tables import as_text, sums, table
from bot.views.text import shown
from bot.views.words import source_name

_MOST = 20


def shares(
    found: Sequence[OpenShare], by: Dimension, locale: str, *, names: Sequence[str], typed: str
) -> Message:
    """Each value with how many are open and for how much; the total below."""
    _ = translator(locale)
    title = " · ".join([_("Open pipeline"), _(DIMENSIONS[by]), *names])
    head = [_(COLUMNS[by]), _("Open"), _("Amount")]
    rows = [
        [_name(each.name, by, locale), str(each.count), sums(each.totals, locale)] for each in found[:_MOST]
    ]
    total = totals(money for each in found for money in each.totals)
    rows.append([_("Total"), str(sum(each.count for each in found)), sums(total, locale)])
    notes = [_("and {count} more", count=len(found) - _MOST)] if len(found) > _MOST else []
    if by == Dimension.PRODUCT:
        notes.append(_("An opportunity of several products counts for each, with the amount of its lines."))
    row = (
        button(_("By stage"), "again", verb="pipeline", text=typed),
        button(_("Forecast"), "again", verb="forecast", text=""),
        button(_("New opportunity"), "opportunity.new"),
    )
    blocks = [header(title), section(table(head, rows)), *map(context, notes), action_row(*row)]
    return Message("\n".join([shown(title), as_text(head, rows), *notes]), tuple(blocks))


def _name(name: str | None, by: Dimension, locale: str) -> str:
    if name is None:
        return translator(locale)("unknown")
    if by == Dimension.SALES_CHANNEL:
        return channel_name(name, locale)
    return source_name(name, locale) if by == Dimension.SOURCE else name
