"""Digests: the forecast and the look back as a channel reads them, figures as text."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from bot.domain.charts import ForecastFigures, ForecastMonth, PerformanceFigures
from bot.domain.charts import PersonFigures as ChartPerson
from bot.domain.forecast import Forecast, MonthLine, PipelineLine
from bot.domain.money import Money
from bot.domain.performance import Figures, Performance, PersonFigures
from bot.domain.periods import Grain, month_of
from bot.i18n import format_decimal, format_moment, format_money, format_percent, translator
from bot.views.blocks import Block, Message, action_row, button, context, fields, header, section
from bot.views.measured import METRIC_NAMES
from bot.views.periods import period_name
from bot.views.text import plain, shown
from bot.views.words import stage_of_line

_PEOPLE = 15
_SPANS = {Grain.MONTH: 30, Grain.QUARTER: 90}
"""Days over which a measure counts what a summary of such a period shows."""


def forecast_digest(
    found: Forecast,
    locale: str,
    *,
    rhythm: str,
    late_since: datetime | None = None,
    zone: tzinfo,
    whose: str | None = None,
) -> Message:
    """What the period will bring and the open pipeline by stage and month, weighted."""
    _ = translator(locale)
    title = _titled(_("Sales forecast {period}", period=period_name(found.period, locale)), whose)
    pairs = [
        (_("Won so far"), _money(found.closed_so_far, locale)),
        (_("Expected"), _about(found.mean, locale)),
        (
            _("Likely range"),
            _("{low} to {high}", low=_about(found.p10, locale), high=_about(found.p90, locale)),
        ),
    ]
    if found.quota is not None and found.gap is not None:
        quota = _money(found.quota, locale)
        if found.probability_of_quota is not None:
            reached = format_percent(found.probability_of_quota, locale)
            quota = _("{quota}, {share} likely to be reached", quota=quota, share=reached)
        pairs.append((_("Quota"), quota))
        missing = found.gap if found.gap.minor > 0 else Money(-found.gap.minor, found.currency)
        label = _("Still missing") if found.gap.minor > 0 else _("Above quota")
        pairs.append((label, _money(missing, locale)))
    blocks: list[Block] = [header(title), fields(pairs)]
    if found.by_stage:
        stages = [
            _pipeline_line(stage_of_line(line.stage, line.pipeline, locale), line, locale)
            for line in found.by_stage
        ]
        blocks.append(section("\n".join([f"*{_('Open pipeline by stage')}*", *stages])))
        months = [_pipeline_line(_month(line, locale), line, locale) for line in found.by_month if line.count]
        blocks.append(section("\n".join([f"*{_('By expected month of closing')}*", *months])))
    else:
        blocks.append(section(_("Nothing is open.")))
    made_of = _(
        "Expected: won so far {won} + open {open} + not opened yet {new}.",
        won=_about(found.closed_so_far, locale),
        open=_about(found.from_open, locale),
        new=_about(found.from_new, locale),
    )
    blocks += [context(note) for note in (made_of, *forecast_notes(found, locale))]
    improve = button(_("Improve…"), "measure.new", style="primary", metric="weighted_pipeline", days=30)
    more = button(_("Forecast"), "again", verb="forecast", text="")
    blocks += [action_row(improve, more), context(" · ".join(_footing(rhythm, late_since, zone, locale)))]
    said = [f"{label}: {value}" for label, value in pairs]
    return Message("\n".join([shown(title), *said]), tuple(blocks))


def with_footing(
    message: Message, rhythm: str, locale: str, *, late_since: datetime | None, zone: tzinfo
) -> Message:
    """A report that comes by itself: the same, with how often below it."""
    foot = context(" · ".join(_footing(rhythm, late_since, zone, locale)))
    return Message(message.text, (*message.blocks[:49], foot))


def _titled(title: str, whose: str | None) -> str:
    return f"{title} · {plain(whose)}" if whose else title


def _money(money: Money, locale: str) -> str:
    return format_money(money, locale)


def _about(money: Money, locale: str) -> str:
    """Figures that are no more exact than a few digits are not shown to the cent."""
    return format_money(money, locale, compact=True)


def _month(line: MonthLine, locale: str) -> str:
    name = period_name(month_of(line.month), locale)
    _ = translator(locale)
    return _("{month} and later", month=name) if line.is_last else name


def _pipeline_line(name: str, line: PipelineLine, locale: str) -> str:
    """`• Proposal: 12 for $340,000, weighted $102,000 ($20,000 of it estimated)`."""
    _ = translator(locale)
    text = _(
        "• {name}: {count} for {amount}, weighted {weighted}",
        name=shown(name, 80),
        count=line.count,
        amount=_about(line.amount + line.estimated, locale),
        weighted=_about(line.weighted, locale),
    )
    if not line.estimated.minor:
        return text
    return _("{line} ({amount} of it estimated)", line=text, amount=_about(line.estimated, locale))


def forecast_notes(found: Forecast, locale: str) -> list[str]:
    """What the figures rest on where that is not plain: estimates, unknown amounts, other currencies."""
    _ = translator(locale)
    notes = []
    if found.rests_on_nothing:
        notes.append(_("There is no history yet, so the range is wide."))
    elif not found.has_stage_history:
        rate = format_percent(found.win_rate.value or 0.0, locale)
        notes.append(
            _("No stage history yet: every stage is weighted by the overall win rate, {rate}.", rate=rate)
        )
    if found.at_list_price:
        notes.append(
            _(
                "{count} without an amount is counted at list price.|"
                "{count} without an amount are counted at list price.",
                count=found.at_list_price,
            )
        )
    if found.at_typical:
        notes.append(
            _(
                "{count} without an amount or list price is counted at the typical amount.|"
                "{count} without an amount or list price are counted at the typical amount.",
                count=found.at_typical,
            )
        )
    if found.won_unknown:
        notes.append(
            _(
                "{count} sale has no known amount and is not in the sum.|"
                "{count} sales have no known amount and are not in the sum.",
                count=found.won_unknown,
            )
        )
    others = [*found.other_won, *found.other_open]
    if others:
        amounts = ", ".join(_money(money, locale) for money in others)
        notes.append(_("Not included, in other currencies: {amounts}", amounts=amounts))
    return notes


def _footing(rhythm: str, late_since: datetime | None, zone: tzinfo, locale: str) -> list[str]:
    _ = translator(locale)
    late = (
        [_("Late: this was due {due}", due=format_moment(late_since, locale, zone=zone))]
        if late_since
        else []
    )
    return [*late, _("{rhythm}. `/crm digest` changes it.", rhythm=rhythm)]


def performance_summary(
    found: Performance,
    locale: str,
    *,
    rhythm: str,
    late_since: datetime | None = None,
    zone: tzinfo,
    proven: Sequence[str] = (),
    whose: str | None = None,
) -> Message:
    """Won, new and activities of a period, by person, against the period before.

    `proven` are the metrics that differ from the period before by more than chance.
    """
    _ = translator(locale)
    title = _titled(_("Sales performance {period}", period=period_name(found.seen, locale)), whose)
    now, before = found.overall.now, found.overall.before
    pairs = [
        (_("Won"), _won(now, before, found.currency, locale)),
        (_("New opportunities"), _against(now.new_count, before.new_count, locale)),
        (_("Activities"), _against(now.activity_count, before.activity_count, locale)),
        (_("Win rate"), _rate(now, before, locale)),
    ]
    if now.cycle_days is not None:
        pairs.append((_("Days to win (median)"), format_decimal(Decimal(str(now.cycle_days)), locale)))
    blocks: list[Block] = [header(title), fields(pairs), context(_proven(proven, locale))]
    people = [_person_line(person, found.currency, locale) for person in found.people[:_PEOPLE]]
    if people:
        blocks.append(section("\n".join([f"*{_('By person')}*", *people])))
        if len(found.people) > _PEOPLE:
            blocks.append(context(_("and {count} more", count=len(found.people) - _PEOPLE)))
    else:
        blocks.append(section(_("Nothing was won, opened or logged in this period.")))
    days = _SPANS.get(found.period.grain, 7)
    improve = button(_("Improve…"), "measure.new", style="primary", metric="won_amount", days=days)
    blocks.append(action_row(improve, button(_("Report"), "again", verb="report", text="")))
    compared = _("Compared with {period}", period=period_name(found.before, locale))
    blocks.append(context(" · ".join([compared, *_footing(rhythm, late_since, zone, locale)])))
    said = [*(f"{label}: {value}" for label, value in pairs), _proven(proven, locale)]
    return Message("\n".join([shown(title), *said]), tuple(blocks))


def _proven(metrics: Sequence[str], locale: str) -> str:
    """What deserves attention, since chance alone hardly explains it."""
    _ = translator(locale)
    if not metrics:
        return _("No difference here is larger than chance makes.")
    names = ", ".join(_(METRIC_NAMES[metric]) for metric in metrics)
    return _("More than chance: {names}", names=names)


def _sums(amounts: Sequence[Money], currency: str, locale: str) -> str:
    return " + ".join(_money(money, locale) for money in amounts or (Money(0, currency),))


def _won(now: Figures, before: Figures, currency: str, locale: str) -> str:
    _ = translator(locale)
    return _(
        "{amount} in {count} sale (before: {before})|{amount} in {count} sales (before: {before})",
        amount=_sums(now.won, currency, locale),
        count=now.won_count,
        before=_sums(before.won, currency, locale),
    )


def _against(now: int, before: int, locale: str) -> str:
    _ = translator(locale)
    return _("{now} (before: {before})", now=now, before=before)


def _rate(now: Figures, before: Figures, locale: str) -> str:
    _ = translator(locale)
    shares = [
        format_percent(share.value, locale) if share.value is not None else "–"
        for share in (now.win_rate, before.win_rate)
    ]
    return _("{now} (before: {before})", now=shares[0], before=shares[1])


def _person_line(person: PersonFigures, currency: str, locale: str) -> str:
    _ = translator(locale)
    return _(
        "• {name}: won {won} ({count}), new {new}, activities {activities}",
        name=shown(person.name) if person.name else _("Without owner"),
        won=_sums(person.now.won, currency, locale),
        count=person.now.won_count,
        new=person.now.new_count,
        activities=person.now.activity_count,
    )


def forecast_figures(found: Forecast, locale: str, *, whose: str | None = None) -> ForecastFigures:
    """The forecast as its chart shows it."""
    _ = translator(locale)
    stages = tuple(plain(stage_of_line(line.stage, line.pipeline, locale)) for line in found.by_stage)
    months = tuple(
        ForecastMonth(_month(line, locale), line.by_stage, line.weighted, line.won) for line in found.by_month
    )
    period = period_name(found.period, locale)
    new = _("Sales that are not opened yet may add {amount}.", amount=_about(found.from_new, locale))
    return ForecastFigures(
        _titled(_("Sales forecast {period}", period=period), whose),
        _("Open pipeline by stage and month, weighted; as of {day}", day=found.as_of),
        stages,
        months,
        found.closed_so_far,
        found.from_open,
        found.quota,
        new if found.from_new.minor else "",
    )


def performance_figures(found: Performance, locale: str, *, whose: str | None = None) -> PerformanceFigures:
    """The look back as its chart shows it, in the main currency."""
    _ = translator(locale)
    period, before = period_name(found.seen, locale), period_name(found.before, locale)
    people = tuple(
        ChartPerson(
            plain(person.name) if person.name else _("Without owner"),
            person.now.won_in(found.currency),
            person.before.won_in(found.currency),
        )
        for person in found.people
    )
    return PerformanceFigures(
        _titled(_("Sales performance {period}", period=period), whose),
        _("Won by person, compared with {period}", period=before),
        period,
        before,
        people,
    )
