"""The open pipeline and what changed in it, as people see them, with what to do next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.domain.charts import BridgeFigures, BridgeStep, FunnelFigures, FunnelStage
from bot.domain.money import Money, totals
from bot.domain.movements import Bridge, Movement, MovementKind, PipelineChange
from bot.domain.pipeline import OpenPipeline, PipelineStage
from bot.i18n import N_, format_date, format_money, format_percent, translator
from bot.views.blocks import Block, Message, action_row, button, context, fields, header, section
from bot.views.periods import period_name
from bot.views.rates import conversions
from bot.views.tables import as_text, short, sums, table
from bot.views.text import aside, shown
from bot.views.words import pipeline_name, stage_name

MOVEMENTS = {
    MovementKind.NEW: N_("New"),
    MovementKind.REOPENED: N_("Reopened"),
    MovementKind.MOVED_IN: N_("Moved in"),
    MovementKind.BIGGER: N_("Bigger"),
    MovementKind.SMALLER: N_("Smaller"),
    MovementKind.MOVED_OUT: N_("Moved out"),
    MovementKind.WON: N_("Won"),
    MovementKind.LOST: N_("Lost"),
}
_NAMED = 3
"""Opportunities that are named for each kind of movement: the largest."""


def pipeline(
    found: OpenPipeline,
    locale: str,
    *,
    names: Sequence[str] = (),
    period: str | None = None,
    person_id: int | None = None,
    typed: str = "",
) -> Message:
    """What is open by stage; one total a currency. The buttons keep the words `typed`."""
    _ = translator(locale)
    title = " · ".join([_("Open pipeline"), *names, *([period] if period else [])])
    whose: dict[str, Any] = {"person": person_id} if person_id is not None else {}
    has_flow = any(stage.flow for stage in found.stages)
    head = [_("Stage"), _("Open"), _("Amount")] + ([_("Goes on"), _("Days")] if has_flow else [])
    rows = []
    before = None
    for stage in found.stages:
        if stage.pipeline is not None and stage.pipeline != before:
            of_it = [each for each in found.stages if each.pipeline == stage.pipeline]
            rows.append(_heading(of_it, locale) + (["", ""] if has_flow else []))
        before = stage.pipeline
        indent = "" if stage.pipeline is None else "  "
        name = indent + stage_name(stage.stage, locale)
        row = [name, str(stage.count), sums(stage.totals, locale)]
        if has_flow:
            flow = stage.flow
            row += [format_percent(flow.conversion, locale), f"{flow.days:.0f}"] if flow else ["–", "–"]
        rows.append(row)
    rows.append([_("Total"), str(found.count), sums(found.totals, locale)] + (["", ""] if has_flow else []))
    notes = _pipeline_notes(found, locale)
    blocks: list[Block] = [header(title), section(table(head, rows))]
    if not found.count:
        blocks.append(
            section(_("Nothing is open. Open an opportunity: `/crm deal Acme 120k close end of Dec`"))
        )
    if notes:
        blocks.append(context(*notes))
    other = ("", _("Everyone's")) if person_id is not None else ("mine", _("Mine"))
    buttons = [
        button(_("What changed"), "pipeline.changes", text=typed),
        button(other[1], "again", verb="pipeline", text=other[0]),
        button(_("By product"), "again", verb="pipeline", text=f"{typed} by product".strip()),
        button(_("Forecast"), "again", verb="forecast", text="mine" if person_id is not None else ""),
        button(_("New opportunity"), "opportunity.new"),
        button(_("Improve…"), "measure.new", metric="open_pipeline", days=30, **whose),
    ]
    if found.count:
        buttons.insert(1, button(_("Picture"), "pipeline.picture", text=typed))
    blocks.append(action_row(*buttons))
    return Message("\n".join([shown(title), as_text(head, rows), *notes]), tuple(blocks))


def _heading(stages: Sequence[PipelineStage], locale: str) -> list[str]:
    """A pipeline above its stages, with their sum."""
    amounts = totals(money for stage in stages for money in stage.totals)
    name = pipeline_name(stages[0].pipeline or "", locale)
    return [name, str(sum(stage.count for stage in stages)), sums(amounts, locale)]


def _called(stage: PipelineStage, locale: str) -> str:
    """The stage, with its pipeline where there are several."""
    name = stage_name(stage.stage, locale)
    return name if stage.pipeline is None else f"{pipeline_name(stage.pipeline, locale)} · {name}"


def _pipeline_notes(found: OpenPipeline, locale: str) -> list[str]:
    _ = translator(locale)
    notes = []
    if found.converted and found.in_one:
        notes.append(
            _(
                "In {currency}: {amount}, at {rates}.",
                currency=found.in_one.currency,
                amount=short(found.in_one, locale),
                rates=conversions(found.converted, locale),
            )
        )
    elif found.in_one is None:
        notes.append(_("No exchange rate for all of these currencies: enter one with `/crm rate`."))
    if found.unknown:
        notes.append(
            _(
                "{count} has no amount and is not in the sums.|"
                "{count} have no amount and are not in the sums.",
                count=found.unknown,
            )
        )
    if found.overdue:
        notes.append("⚠️ " + _("{count} should have closed by now.", count=found.overdue))
    if any(stage.flow for stage in found.stages):
        notes.append(
            _("Goes on: the share of those that left the stage for a later one. Days: the median stay in it.")
        )
    return notes


def funnel_figures(found: OpenPipeline, locale: str, *, names: Sequence[str], day: str) -> FunnelFigures:
    """The picture's figures; its amounts are in the currency of the most opportunities."""
    _ = translator(locale)
    currency = found.totals[0].currency if found.totals else None
    others = [money for money in found.totals if money.currency != currency]
    stages = [
        FunnelStage(
            _called(stage, locale),
            stage.count,
            next((money for money in stage.totals if money.currency == currency), None),
            Decimal(str(round(stage.flow.conversion, 4))) if stage.flow else None,
            group=stage.pipeline or "",
        )
        for stage in found.stages
    ]
    note = _("Not included, in other currencies: {amounts}", amounts=sums(others, locale)) if others else ""
    title = " · ".join([_("Open pipeline"), *names])
    return FunnelFigures(title, _("as of {day}", day=day), tuple(stages), note)


def changes(
    found: PipelineChange,
    locale: str,
    *,
    called: Mapping[int, str],
    names: Sequence[str] = (),
    typed: str = "",
) -> Message:
    """What changed since a day: the bridge of each currency, and the opportunities that made it."""
    _ = translator(locale)
    title = " · ".join([_change_title(found, locale), *names])
    scope = _scope(found, locale)
    if not found.movements:
        calm = _("Nothing has changed since {day}.", day=format_date(found.since, locale))
        blocks: list[Block] = [
            header(title),
            section(calm),
            context(scope),
            _change_buttons(found, locale, typed),
        ]
        return Message(f"{shown(title)}\n{calm}", tuple(blocks))
    counts = _("{before} before, {after} now", before=found.before_count, after=found.after_count)
    pairs = [(_("Opportunities"), counts)]
    blocks = [header(title), fields([*pairs, (_("Looked at"), scope)])]
    said = [shown(title), f"{pairs[0][0]}: {counts}"]
    for bridge in found.bridges:
        head, rows = _bridge_table(bridge, found, locale)
        blocks.append(section(table(head, rows)))
        said.append(as_text(head, rows))
    lines = [line for kind in MovementKind if (line := _movers(kind, found, called, locale))]
    if lines:
        blocks.append(section("\n".join(lines)))
        said += lines
    if unknown := len({each.sale_id for each in found.movements if each.amount is None}):
        blocks.append(
            context(
                _(
                    "{count} of them has no amount and is not in the sums.|"
                    "{count} of them have no amount and are not in the sums.",
                    count=unknown,
                )
            )
        )
    blocks.append(_change_buttons(found, locale, typed))
    return Message("\n".join(said), tuple(blocks))


def _change_title(found: PipelineChange, locale: str) -> str:
    _ = translator(locale)
    return _("Pipeline changes since {day}", day=format_date(found.since, locale, year=False))


def _scope(found: PipelineChange, locale: str) -> str:
    _ = translator(locale)
    if found.period is None:
        return _("Everything open")
    return _("Planned to close in {period}", period=period_name(found.period, locale))


def _bridge_table(bridge: Bridge, found: PipelineChange, locale: str) -> tuple[list[str], list[list[str]]]:
    _ = translator(locale)
    head = ["", _("Number"), _("Amount")]
    rows = [[format_date(found.since, locale, year=False), "", format_money(bridge.before, locale)]]
    for step in bridge.steps:
        sign = "+" if step.kind.adds else "−"
        rows.append([_(MOVEMENTS[step.kind]), str(step.count), sign + format_money(step.amount, locale)])
    rows.append([_("Now"), "", format_money(bridge.after, locale)])
    return head, rows


def _movers(kind: MovementKind, found: PipelineChange, called: Mapping[int, str], locale: str) -> str:
    """`*Won*: Acme $100K, Borg $40K and 3 more`."""
    _ = translator(locale)
    moved = sorted(
        (each for each in found.movements if each.kind == kind and each.sale_id in called),
        key=lambda each: (each.amount is None, -(each.amount.minor if each.amount else 0), each.sale_id),
    )
    if not moved:
        return ""
    items = [_mover(each, called[each.sale_id], locale) for each in moved[:_NAMED]]
    more = len(moved) - _NAMED
    if more > 0:
        items.append(_("{count} more", count=more))
    return _("*{label}*: {items}", label=_(MOVEMENTS[kind]), items=_(", ").join(items))


def _mover(movement: Movement, name: str, locale: str) -> str:
    _ = translator(locale)
    amount = short(movement.amount, locale) if movement.amount else _("amount unknown")
    text = f"{shown(name, 60)} {amount}"
    if movement.days:
        later = _("{count} day later|{count} days later", count=movement.days)
        earlier = _("{count} day earlier|{count} days earlier", count=-movement.days)
        text += aside(later if movement.days > 0 else earlier, locale)
    return text


def _change_buttons(found: PipelineChange, locale: str, typed: str) -> Block:
    _ = translator(locale)
    since, whole = found.since.isoformat(), found.period is None
    buttons = []
    if found.bridges:
        buttons.append(button(_("Picture"), "pipeline.picture", text=typed, since=since, whole=whole))
    other = _("This quarter") if whole else _("Everything open")
    buttons.append(button(other, "pipeline.changes", text=typed, since=since, whole=not whole))
    return action_row(*buttons, button(_("Pipeline"), "again", verb="pipeline", text=typed))


def bridge_figures(
    found: PipelineChange, bridge: Bridge, locale: str, *, names: Sequence[str] = ()
) -> BridgeFigures:
    """The picture's figures, of one currency."""
    _ = translator(locale)
    steps = [
        BridgeStep(
            _(MOVEMENTS[step.kind]), step.count, step.amount, step.kind.adds, step.kind == MovementKind.WON
        )
        for step in bridge.steps
    ]
    others: list[Money] = [each.after for each in found.bridges if each is not bridge]
    note = _("Not included, in other currencies: {amounts}", amounts=sums(others, locale)) if others else ""
    return BridgeFigures(
        " · ".join([_change_title(found, locale), *names]),
        _scope(found, locale),
        format_date(found.since, locale, year=False),
        bridge.before,
        tuple(steps),
        _("Now"),
        bridge.after,
        note,
    )
