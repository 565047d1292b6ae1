"""The forecast as people see it, with what to do next."""

from collections.abc import Sequence
from typing import Any

from bot.domain.forecast import Forecast
from bot.domain.money import Money
from bot.domain.periods import Horizon
from bot.i18n import N_, format_money, format_percent, translator
from bot.views.blocks import Block, Message, action_row, button, context, fields, header, section
from bot.views.digests import forecast_notes
from bot.views.periods import period_name
from bot.views.tables import as_text, short, table, whole
from bot.views.text import shown
from bot.views.words import stage_of_line

HORIZONS = {
    Horizon.MONTH: N_("This month"),
    Horizon.NEXT_MONTH: N_("Next month"),
    Horizon.QUARTER: N_("This quarter"),
    Horizon.NEXT_QUARTER: N_("Next quarter"),
}

FEW_ENDED = 20
"""With fewer ended opportunities a win rate is little more than a guess, and is called so."""


def forecast(
    found: Forecast,
    locale: str,
    *,
    owner: str | None = None,
    person_id: int | None = None,
    expected: Sequence[Block] = (),
) -> Message:
    """What the period will bring, how sure that is, and what it is made of; of one owner where named.

    `expected` is what people say of it.
    """
    _ = translator(locale)
    title = _("Sales forecast {period}", period=period_name(found.period, locale))
    title = f"{title} · {owner}" if owner else title
    whose: dict[str, Any] = {"person": person_id} if person_id is not None else {}
    if found.rests_on_nothing and found.quota is None:
        return _nothing_yet(title, locale)
    pairs = _forecast_pairs(found, locale)
    head = [_("Stage"), _("Open"), _("Amount"), _("Win rate"), _("Weighted")]
    rows = [
        [
            stage_of_line(line.stage, line.pipeline, locale),
            str(line.count),
            short(line.amount + line.estimated, locale),
            format_percent(line.p_win, locale),
            short(line.weighted, locale),
        ]
        for line in found.by_stage
    ]
    blocks: list[Block] = [header(title), fields(pairs)]
    if rows:
        blocks.append(section(table(head, rows)))
    else:
        blocks.append(
            section(_("Nothing is open. Open an opportunity: `/crm deal Acme 120k close end of Dec`"))
        )
    blocks += expected
    made_of = _(
        "Expected: won so far {won} + open {open} + not opened yet {new}.",
        won=whole(found.closed_so_far),
        open=whole(found.from_open),
        new=whole(found.from_new),
    )
    notes = [made_of, *forecast_notes(found, locale)]
    if found.win_rate.whole < FEW_ENDED:
        notes.append(
            _(
                "Win rates rest on {count} ended opportunity so far, so the range is wide.|"
                "Win rates rest on {count} ended opportunities so far, so the range is wide.",
                count=found.win_rate.whole,
            )
        )
    blocks += [context(note) for note in notes]
    others = [each for each in Horizon if each != found.horizon]
    blocks.append(
        action_row(
            *(button(_(HORIZONS[each]), "forecast.show", horizon=each.value, **whose) for each in others)
        )
    )
    blocks.append(
        action_row(
            button(
                _("Improve…"), "measure.new", style="primary", metric="weighted_pipeline", days=30, **whose
            ),
            button(_("Set quota"), "quota.new", starts_on=found.period.start.isoformat(), **whose),
            button(_("Report"), "again", verb="report", text=""),
            button(_("Pipeline"), "again", verb="pipeline", text=""),
        )
    )
    said = [f"{label}: {value}" for label, value in pairs]
    return Message("\n".join([shown(title), *said, as_text(head, rows)]).rstrip(), tuple(blocks))


def _forecast_pairs(found: Forecast, locale: str) -> list[tuple[str, str]]:
    _ = translator(locale)
    low, high = short(found.p10, locale), short(found.p90, locale)
    pairs = [
        (_("Won so far"), format_money(found.closed_so_far, locale)),
        (_("Expected"), format_money(whole(found.mean), locale)),
        (_("Likely range"), _("{low} to {high}", low=low, high=high)),
    ]
    if found.quota is None or found.gap is None:
        return [*pairs, (_("Quota"), _("not set"))]
    reached = format_percent(found.probability_of_quota or 0.0, locale)
    pairs += [(_("Quota"), format_money(found.quota, locale)), (_("Chance to reach it"), reached)]
    if found.gap.minor > 0:
        return [*pairs, (_("Still missing"), format_money(found.gap, locale))]
    return [*pairs, (_("Above quota"), format_money(Money(-found.gap.minor, found.currency), locale))]


def _nothing_yet(title: str, locale: str) -> Message:
    _ = translator(locale)
    text = _(
        "There is nothing to forecast from yet: no opportunity is open and none has ended. "
        "Open one: `/crm deal Acme 120k close end of Dec`"
    )
    actions = action_row(button(_("New opportunity"), "opportunity.new"), button(_("Set quota"), "quota.new"))
    return Message(f"{shown(title)}\n{text}", (header(title), section(text), actions))
