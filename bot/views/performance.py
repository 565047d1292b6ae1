"""The look back as people read it by command: each figure with a button that acts on it, then by person."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.domain.money import Money
from bot.domain.performance import Dimension, Figures, Performance, WinRates
from bot.i18n import N_, format_decimal, format_money, format_percent, translate, translator
from bot.store.models import Measure
from bot.views.blocks import Block, Message, action_row, button, context, header, section
from bot.views.measured import METRIC_NAMES
from bot.views.measures import under_way
from bot.views.periods import period_name
from bot.views.sales_channels import channel_name
from bot.views.tables import as_text, table, whole
from bot.views.text import aside, colon, shown

DIMENSIONS = {
    Dimension.PERSON: N_("By person"),
    Dimension.SOURCE: N_("By source"),
    Dimension.SALES_CHANNEL: N_("By sales channel"),
    Dimension.PARTNER: N_("By partner"),
    Dimension.PRODUCT: N_("By product"),
    Dimension.STAGE: N_("By stage"),
    Dimension.CUSTOMER: N_("By customer"),
    Dimension.COMPETITOR: N_("By competitor"),
    Dimension.LOSS_REASON: N_("By loss reason"),
}

COLUMNS = {
    Dimension.PERSON: N_("Person"),
    Dimension.SOURCE: N_("Source"),
    Dimension.SALES_CHANNEL: N_("Sales channel"),
    Dimension.PARTNER: N_("Partner"),
    Dimension.PRODUCT: N_("Product"),
    Dimension.STAGE: N_("Stage"),
    Dimension.CUSTOMER: N_("Customer"),
    Dimension.COMPETITOR: N_("Competitor"),
    Dimension.LOSS_REASON: N_("Loss reason"),
}

_LINES = 20


def performance(
    found: Performance,
    locale: str,
    *,
    measures: Sequence[Measure] = (),
    owner: str | None = None,
    person_id: int | None = None,
) -> Message:
    """A period against the one before, figure by figure; `measures` are those under way."""
    _ = translator(locale)
    title = _("Sales performance {period}", period=period_name(found.seen, locale))
    title = f"{title} · {owner}" if owner else title
    compared = _("Compared with {period}", period=period_name(found.before, locale))
    if found.is_to_date:
        compared += " · " + _("as many days, since this period is not over")
    whose: dict[str, Any] = {"person": person_id} if person_id is not None else {}
    blocks: list[Block] = [header(title), context(compared)]
    said = [shown(title), compared]
    for metric, now, before in _figures(found.overall.now, found.overall.before, found.currency, locale):
        name = _(METRIC_NAMES[metric])
        improve = button(_("Improve…"), "measure.new", metric=metric, days=30, **whose)
        line = _("before: {before}", before=before)
        blocks.append(section(f"{name}  *{now}*\n{line}", accessory=improve, block_id=metric))
        said.append(f"{name}{colon(locale)}{now}{aside(line, locale)}")
    head, rows = _by_person(found, locale)
    if rows and not owner:
        blocks.append(section(table(head, rows[:_LINES])))
        if len(rows) > _LINES:
            blocks.append(context(_("and {count} more", count=len(rows) - _LINES)))
        said.append(as_text(head, rows[:_LINES]))
    notes = _notes(found, locale)
    blocks += [context(note) for note in notes]
    if measures:
        lines = [under_way(measure, locale) for measure in measures]
        blocks.append(section("\n".join([f"*{_('Improvement measures under way')}*", *lines])))
        said += lines
    blocks.append(_ways(locale))
    return Message("\n".join([*said, *notes]), tuple(blocks))


def _figures(now: Figures, before: Figures, currency: str, locale: str) -> list[tuple[str, str, str]]:
    """The metric, its value in the period and in the one before."""

    def won(figures: Figures) -> str:
        return " + ".join(format_money(each, locale) for each in figures.won or (Money(0, currency),))

    def rate(figures: Figures) -> str:
        share = figures.win_rate
        if share.value is None:
            return "–"
        return f"{format_percent(share.value, locale)} ({share.part}/{share.whole})"

    def cycle(figures: Figures) -> str:
        days = figures.cycle_days
        return "–" if days is None else format_decimal(Decimal(str(days)), locale)

    rows = [
        ("won_amount", won),
        ("won_count", lambda figures: format_decimal(figures.won_count, locale)),
        ("win_rate", rate),
        ("cycle_days", cycle),
        ("new_opportunities", lambda figures: format_decimal(figures.new_count, locale)),
        ("activities", lambda figures: format_decimal(figures.activity_count, locale)),
    ]
    return [(metric, of(now) + _trend(metric, now, before, currency), of(before)) for metric, of in rows]


def _trend(metric: str, now: Figures, before: Figures, currency: str) -> str:
    """An arrow where the figure rose or fell."""
    values = {
        "won_amount": lambda each: each.won_in(currency).minor,
        "won_count": lambda each: each.won_count,
        "win_rate": lambda each: each.win_rate.value,
        "cycle_days": lambda each: each.cycle_days,
        "new_opportunities": lambda each: each.new_count,
        "activities": lambda each: each.activity_count,
    }
    left, right = values[metric](now), values[metric](before)
    if left is None or right is None or left == right:
        return ""
    return " ▲" if left > right else " ▼"


def _by_person(found: Performance, locale: str) -> tuple[list[str], list[list[str]]]:
    _ = translator(locale)
    head = [_("Person"), _("Won"), _("Sales"), _("Win rate"), _("New"), _("Activities")]
    rows = []
    for person in found.people:
        share = person.now.win_rate.value
        rows.append(
            [
                person.name or _("Without owner"),
                format_money(whole(person.now.won_in(found.currency)), locale, compact=True),
                str(person.now.won_count),
                "–" if share is None else format_percent(share, locale),
                str(person.now.new_count),
                str(person.now.activity_count),
            ]
        )
    return head, rows


def _notes(found: Performance, locale: str) -> list[str]:
    _ = translator(locale)
    unknown = found.overall.now.won_unknown
    if not unknown:
        return []
    return [
        _(
            "{count} sale has no known amount and is not in the sum.|"
            "{count} sales have no known amount and are not in the sum.",
            count=unknown,
        )
    ]


def _ways(locale: str) -> Block:
    """Further reports, by button."""
    _ = translator(locale)
    dimensions = (Dimension.SOURCE, Dimension.PRODUCT, Dimension.PERSON, Dimension.STAGE)
    return action_row(
        *(button(_(DIMENSIONS[each]), "report.by", dimension=each.value) for each in dimensions),
        button(_("Last quarter"), "again", verb="report", text="last quarter"),
    )


def win_rates(found: WinRates, locale: str) -> Message:
    """Win rates by one dimension, the most frequent value first."""
    _ = translator(locale)
    title = f"{_('Win rate')} · {_(DIMENSIONS[found.dimension])}"
    if found.period:
        title += " · " + period_name(found.period, locale)
    head = [_(COLUMNS[found.dimension]), _("Win rate"), _("Won"), _("Ended"), _("Amount")]
    rows = [
        [
            _named(line.name, found.dimension, locale),
            "–" if line.win_rate.value is None else format_percent(line.win_rate.value, locale),
            str(line.win_rate.part),
            str(line.win_rate.whole),
            " + ".join(format_money(whole(each), locale, compact=True) for each in line.won) or "–",
        ]
        for line in found.lines
    ]
    if not rows:
        text = _("Nothing has ended there yet, so there is no win rate.")
        return Message(f"{title}\n{text}", (header(title), section(text), _ways(locale)))
    overall = _(
        "Overall {rate}: {won} won of {ended} ended.",
        rate=format_percent(found.overall.value or 0.0, locale),
        won=found.overall.part,
        ended=found.overall.whole,
    )
    blocks: list[Block] = [header(title), section(table(head, rows[:_LINES])), context(overall)]
    if len(rows) > _LINES:
        blocks.append(context(_("and {count} more", count=len(rows) - _LINES)))
    improve = button(_("Improve…"), "measure.new", style="primary", metric="win_rate", days=90)
    blocks += [action_row(improve), _ways(locale)]
    return Message("\n".join([title, overall, as_text(head, rows[:_LINES])]), tuple(blocks))


def _named(name: str | None, dimension: Dimension, locale: str) -> str:
    if name is None:
        return translate(locale, "unknown")
    return channel_name(name, locale) if dimension == Dimension.SALES_CHANNEL else name
