"""The report on sales channels and partners."""

from collections.abc import Sequence

from bot.domain.money import Money
from bot.domain.sales_channels import ChannelLine, ChannelReport
from bot.i18n import format_money, format_percent, translate, translator
from bot.views.blocks import Block, Message, action_row, button, context, header, section
from bot.views.periods import period_name
from bot.views.sales_channels import channel_name
from bot.views.tables import as_text, table, whole
from bot.views.text import shown

_LINES = 12


def report(found: ChannelReport, locale: str) -> Message:
    """What each channel and each partner brings."""
    _ = translator(locale)
    title = _("Sales channels")
    if found.period:
        title += " · " + period_name(found.period, locale)
    ways = action_row(
        button(_("This quarter"), "again", verb="report", text="by channel this quarter"),
        button(_("Last quarter"), "again", verb="report", text="by channel last quarter"),
        button(_("By source"), "report.by", dimension="source"),
        button(_("Improve…"), "measure.new", metric="win_rate", days=90),
    )
    if not any(line.name for line in found.by_channel):
        text = _(
            "No opportunity says how it is sold yet. Say it in its line: {example}", example=_example(locale)
        )
        return Message(f"{shown(title)}\n{text}", (header(title), section(text), ways))
    head = [_("Sales channel"), _("Open"), _("Amount"), _("Won"), _("Win rate"), _("Won amount")]
    rows = [
        [
            channel_name(line.name, locale) if line.name else _("unknown"),
            str(line.open_count),
            _sums(line.open, locale),
            str(line.win_rate.part),
            _rate(line, locale),
            _sums(line.won, locale),
        ]
        for line in found.by_channel
    ]
    blocks: list[Block] = [header(title), section(table(head, rows[:_LINES]))]
    said = [shown(title), as_text(head, rows[:_LINES])]
    if found.by_partner:
        head = [_("Partner"), _("Open"), _("Amount"), _("Won"), _("Won amount"), _("Their share")]
        rows = [
            [
                line.name or _("unknown"),
                str(line.open_count),
                _sums(line.open, locale),
                str(line.win_rate.part),
                _sums(line.won, locale),
                _sums(line.partner_share, locale),
            ]
            for line in found.by_partner
        ]
        blocks.append(section(f"*{_('By partner')}*\n{table(head, rows[:_LINES])}"))
        said += [_("By partner"), as_text(head, rows[:_LINES])]
        if len(rows) > _LINES:
            blocks.append(context(_("and {count} more", count=len(rows) - _LINES)))
    return Message("\n".join(said), (*blocks, ways))


def _example(locale: str) -> str:
    return "`" + translate(locale, "/crm deal Acme 120k via partner Ingram") + "`"


def _rate(line: ChannelLine, locale: str) -> str:
    share = line.win_rate
    return (
        "–" if share.value is None else f"{format_percent(share.value, locale)} ({share.part}/{share.whole})"
    )


def _sums(amounts: Sequence[Money], locale: str) -> str:
    return " + ".join(format_money(whole(money), locale, compact=True) for money in amounts) or "–"
