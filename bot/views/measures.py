"""Improvement measures as people record them: the metric, the form, the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.i18n import format_date, translator
from bot.store.models import Measure
from bot.views.blocks import (
    Message,
    View,
    action_row,
    button,
    context,
    date_input,
    fields,
    modal,
    option,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.measured import METRIC_NAMES, metric_shown
from bot.views.text import shown

SPANS = (7, 30, 90)
"""Days over which a metric can be measured."""

_ABOUT_NOW = frozenset(["open_pipeline", "weighted_pipeline"])


def metric_name(metric: str, days: int, locale: str, *, whose: str | None = None) -> str:
    """The metric, over how many days, and whose where it is one person's or team's."""
    _ = translator(locale)
    name = _(METRIC_NAMES[metric])
    if metric not in _ABOUT_NOW:
        name = _("{metric}, last {days} days", metric=name, days=days)
    return f"{name} · {shown(whose)}" if whose else name


def form(
    locale: str,
    *,
    metric: str,
    days: int,
    today: str,
    review_on: date,
    whose: str | None = None,
    values: Mapping[str, Any] | None = None,
    **scope: Any,
) -> View:
    """The form of a measure, prefilled with the metric it came from and today's value of it."""
    _ = translator(locale)
    values = values or {}
    name = metric_name(metric, days, locale, whose=whose)
    spans = [option(_("Last {days} days", days=each), str(each)) for each in SPANS]
    inputs = [
        section(f"*{name}*\n" + _("Today: {value}", value=today)),
        text_input(
            "cause",
            _("Cause"),
            values.get("cause"),
            optional=False,
            multiline=True,
            longest=1000,
            placeholder=_("Why is it so? Such as: demos are booked too late"),
        ),
        text_input(
            "action",
            _("What will be done"),
            values.get("action"),
            optional=False,
            longest=500,
            placeholder=_("Book the demo in the first call"),
        ),
        user_input("owner", _("Who takes it on"), values.get("owner"), optional=False),
        date_input(
            "review_on",
            _("Measured again on"),
            review_on.isoformat(),
            optional=False,
            hint=_("At 9:00 that day the owner is told what has changed."),
        ),
        select_input(
            "metric",
            _("Measured by"),
            [option(_(title), key) for key, title in METRIC_NAMES.items()],
            metric,
            optional=False,
        ),
        select_input("days", _("Over"), spans, str(days), optional=False),
    ]
    return modal(_("Improvement"), _("Record"), inputs, callback="measure.create", close=_("Cancel"), **scope)


def recorded(measure: Measure, locale: str, *, changeset: str, whose: str | None = None) -> Message:
    """A measure that was just recorded."""
    _ = translator(locale)
    days = int(measure.metric_scope["days"])
    value = metric_shown(measure.metric, measure.value_at_start, measure.currency, locale)
    said = "✅ " + _("Improvement measure recorded: {action}", action=shown(measure.action, 500))
    owner = shown(measure.owner.name) if measure.owner else _("nobody")
    pairs = [
        (_("Cause"), shown(measure.cause, 1000)),
        (_("Who takes it on"), owner),
        (metric_name(measure.metric, days, locale, whose=whose), value),
        (_("Measured again on"), format_date(measure.review_on, locale)),
    ]
    lines = [f"{label}: {each}" for label, each in pairs]
    told = context(_("{owner} has a task for it, due that day.", owner=owner))
    report = button(_("Report"), "again", verb="report", text="")
    actions = action_row(report, button(_("Undo"), "undo", changeset=changeset))
    return Message("\n".join([said, *lines]), (section(said), fields(pairs), told, actions))


def under_way(measure: Measure, locale: str) -> str:
    """A measure that waits for its review, in one line."""
    _ = translator(locale)
    return _(
        "• {action} ({owner}), measured again {day}",
        action=shown(measure.action, 200),
        owner=shown(measure.owner.name) if measure.owner else _("nobody"),
        day=format_date(measure.review_on, locale, year=False),
    )
