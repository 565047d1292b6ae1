"""A measure on the day of its review: what its figure was, and what it is now."""

from datetime import tzinfo
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.performance import METRICS, Unit
from bot.i18n import N_, format_decimal, format_money, format_percent, translator
from bot.store.models import Measure
from bot.views.blocks import Message, action_row, button, context, fields, section
from bot.views.text import shown

METRIC_NAMES = {
    "won_amount": N_("Won amount"),
    "won_count": N_("Sales won"),
    "win_rate": N_("Win rate"),
    "cycle_days": N_("Days to win (median)"),
    "new_opportunities": N_("New opportunities"),
    "activities": N_("Activities"),
    "open_pipeline": N_("Open pipeline"),
    "weighted_pipeline": N_("Weighted pipeline"),
}


def metric_shown(metric: str, value: Decimal | None, currency: str | None, locale: str) -> str:
    """A metric's value with its unit; an unknown one is said to be unknown."""
    _ = translator(locale)
    if value is None:
        return _("unknown")
    match METRICS[metric].unit:
        case Unit.MONEY:
            return format_money(Money.of(value, currency or "USD"), locale)
        case Unit.SHARE:
            return format_percent(value, locale)
        case Unit.DAYS:
            return _("{days} days", days=format_decimal(value, locale))
    return format_decimal(value, locale)


def measured(measure: Measure, locale: str, zone: tzinfo) -> Message:
    """What was done and whether it helped."""
    _ = translator(locale)
    before = metric_shown(measure.metric, measure.value_at_start, measure.currency, locale)
    now = metric_shown(measure.metric, measure.value_at_review, measure.currency, locale)
    name = _(METRIC_NAMES[measure.metric])
    change = _("{metric}: {before} → {now}", metric=name, before=before, now=now)
    text = f"📏 {_('Your improvement measure was measured again.')}\n{change}"
    blocks = [
        section(
            f"📏 {_('Your improvement measure was measured again.')}\n*{change}*\n{_verdict(measure, locale)}"
        ),
        fields([(_("Cause"), shown(measure.cause, 900)), (_("Action"), shown(measure.action, 900))]),
        context(_("Recorded {day}", day=measure.created_at.astimezone(zone).date())),
    ]
    report = button(_("Report"), "again", verb="report", text="")
    if measure.task and measure.task.state == "open":
        done = button(_("Task done"), "task.done", task=measure.task.id, version=measure.task.version)
        blocks.append(action_row(done, report))
    else:
        blocks.append(action_row(report))
    return Message(text, tuple(blocks))


def _verdict(measure: Measure, locale: str) -> str:
    _ = translator(locale)
    before, now = measure.value_at_start, measure.value_at_review
    if before is None or now is None:
        return _("There is nothing to compare.")
    if before == now:
        return _("Nothing has changed.")
    better = (now > before) == METRICS[measure.metric].more_is_better
    return _("It is better than before.") if better else _("It is worse than before.")
