"""The report of what customers say: overall, by person, by product, by customer."""

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.periods import Period
from bot.domain.satisfaction import FEW, SatisfactionReport, Scores
from bot.i18n import format_decimal, format_percent, translator
from bot.views.blocks import Block, Message, action_row, button, context, header, section
from bot.views.periods import period_name
from bot.views.satisfaction import recommended, satisfied
from bot.views.tables import as_text, table
from bot.views.text import shown

_LINES = 8


def report(found: SatisfactionReport, locale: str, *, period: Period | None, owner: str | None) -> Message:
    """All scores of a period (None: ever)."""
    _ = translator(locale)
    title = " · ".join(
        filter(None, [_("Customer satisfaction"), period_name(period, locale) if period else None, owner])
    )
    if not found.overall.count:
        text = _("Nobody has given a score there yet. Ask after the next visit or delivery:")
        return Message(f"{shown(title)}\n{text}", (header(title), section(text), _ways(locale)))
    lines = []
    if found.overall.csat:
        lines.append(f"*{_('Satisfaction')}*  {satisfied(found.overall.csat, locale)}")
    if found.overall.nps:
        lines.append(f"*{_('Recommendation')}*  {recommended(found.overall.nps, locale)}")
    blocks: list[Block] = [header(title), section("\n".join(lines))]
    said = [shown(title), *lines]
    for heading, column, scores in (
        (_("By person"), _("Person"), found.by_person),
        (_("By product"), _("Product"), found.by_product),
        (_("By customer"), _("Customer"), found.by_customer),
    ):
        if any(line.name for line in scores):
            head, rows = _table(column, scores, locale)
            blocks.append(section(f"*{heading}*\n{table(head, rows[:_LINES])}"))
            if len(rows) > _LINES:
                blocks.append(context(_("and {count} more", count=len(rows) - _LINES)))
            said += [heading, as_text(head, rows[:_LINES])]
    note = _(
        "Below {count} answers the true value lies between the two figures in 19 of 20 cases.", count=FEW
    )
    blocks += [context(note), _ways(locale)]
    return Message("\n".join([*said, note]), tuple(blocks))


def _table(column: str, scores: Sequence[Scores], locale: str) -> tuple[list[str], list[list[str]]]:
    _ = translator(locale)
    head = [column, "CSAT", _("Satisfied"), "NPS", _("Answers")]
    return head, [
        [line.name or _("unknown"), _mean(line, locale), _share(line, locale), _nps(line), str(line.count)]
        for line in scores
    ]


def _mean(line: Scores, locale: str) -> str:
    return format_decimal(Decimal(str(round(line.csat.mean, 1))), locale) if line.csat else "–"


def _share(line: Scores, locale: str) -> str:
    if not line.csat:
        return "–"
    share = format_percent(line.csat.share.value or 0.0, locale)
    if line.csat.count >= FEW:
        return share
    return f"{share} [{round(100 * line.csat.range.low)}–{round(100 * line.csat.range.high)}]"


def _nps(line: Scores) -> str:
    if not line.nps:
        return "–"
    if line.nps.count >= FEW:
        return str(line.nps.score)
    return f"{line.nps.score} [{round(line.nps.range.low)}..{round(line.nps.range.high)}]"


def _ways(locale: str) -> Block:
    _ = translator(locale)
    return action_row(
        button(_("Record a score"), "rating.new", style="primary"),
        button(_("This quarter"), "again", verb="report", text="satisfaction this quarter"),
        button(_("Last quarter"), "again", verb="report", text="satisfaction last quarter"),
        button(_("Mine"), "again", verb="report", text="satisfaction mine"),
    )
