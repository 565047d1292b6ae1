"""What an opportunity counts as in a forecast, as people see and change it; and the sums by category."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.money import Money, totals
from bot.domain.stages import ForecastCategory
from bot.i18n import format_date, format_money, translate, translator
from bot.store.forecast_categories import CategoryChange, CategorySum
from bot.store.models import Opportunity
from bot.views.blocks import Block, View, context, modal, option, section, select_input, text_input
from bot.views.forms import with_problems
from bot.views.opportunities import by_hand_line, reference, title
from bot.views.text import shown
from bot.views.words import CATEGORIES

RULE = "rule"
"""The choice that gives it back to its stage."""
BY_HAND = tuple(each for each in CATEGORIES if each is not ForecastCategory.CLOSED)
_ORDER = (ForecastCategory.COMMIT, ForecastCategory.BEST_CASE, ForecastCategory.PIPELINE)
_SHOWN = 5


def form_values(opportunity: Opportunity) -> dict[str, Any]:
    """What the form shows of it."""
    return {"category": opportunity.category or RULE, "category_reason": opportunity.category_reason}


def form(
    opportunity: Opportunity,
    past: Sequence[CategoryChange],
    locale: str,
    *,
    zone: tzinfo,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The choice with its reason, and how it was chosen before."""
    _ = translator(locale)
    values = values or form_values(opportunity)
    rule = translate(locale, CATEGORIES[ForecastCategory(opportunity.stage.category)])
    choices = [option(_("By its stage: {category}", category=rule), RULE)]
    choices += [option(translate(locale, CATEGORIES[each]), each) for each in BY_HAND]
    inputs = [
        select_input("category", _("It counts as"), choices, values.get("category") or RULE, optional=False),
        text_input(
            "category_reason",
            _("Why?"),
            values.get("category_reason"),
            longest=300,
            placeholder=_("signed letter of intent"),
            hint=_("Needed unless the stage decides. It stands on the card and in the forecast."),
        ),
    ]
    blocks = [
        section(f"*{title(opportunity)}*  `{reference(opportunity)}`"),
        *with_problems(inputs, problems or {}),
        *[context(_past(each, locale, zone)) for each in past[:_SHOWN]],
    ]
    return modal(
        _("Forecast category"),
        _("Save"),
        blocks,
        callback="opportunity.category",
        close=_("Cancel"),
        opportunity=opportunity.id,
        version=opportunity.version,
    )


def _past(change: CategoryChange, locale: str, zone: tzinfo) -> str:
    _ = translator(locale)
    kind = _(CATEGORIES[change.category]) if change.category else _("by its stage")
    day = format_date(change.at.astimezone(zone).date(), locale, year=False)
    said = [day, shown(change.who, 40) if change.who else None, f"*{kind}*"]
    said.append(shown(change.reason, 200) if change.reason else None)
    return " · ".join(each for each in said if each)


def sums(
    found: Sequence[CategorySum], by_hand: Sequence[Opportunity], closed: Iterable[Money], locale: str
) -> list[Block]:
    """What people say closes in the period, by category, and what of it was set by hand; else nothing."""
    _ = translator(locale)
    if not found:
        return []
    lines = [f"*{_('What people expect, by close date')}*"]
    won = _amounts(closed, locale)
    if won:
        lines.append(f"• {_('Won so far')}{_colon(locale)}{won}")
    left_out = [each for each in found if each.category == ForecastCategory.OMITTED]
    for category in (*_ORDER, *([ForecastCategory.OMITTED] if left_out else [])):
        inside = [each for each in found if each.category == category]
        count = sum(each.count for each in inside)
        amounts = _amounts((Money(each.minor, each.currency) for each in inside), locale)
        line = (
            f"• {_(CATEGORIES[category])}{_colon(locale)}{amounts or '—'} · {_('{count} open', count=count)}"
        )
        if hand := sum(each.by_hand for each in inside):
            line += " · ✋ " + _("{count} by hand", count=hand)
        lines.append(line)
    blocks: list[Block] = [section("\n".join(lines))]
    told = [f"{title(each, 80)} `{reference(each)}` · {by_hand_line(each, locale)}" for each in by_hand]
    return [*blocks, context("\n".join(told))] if told else blocks


def _amounts(amounts: Iterable[Money], locale: str) -> str:
    return " + ".join(format_money(each, locale, compact=True) for each in totals(amounts) if each.minor)


def _colon(locale: str) -> str:
    return "：" if locale.startswith("zh") else ": "
