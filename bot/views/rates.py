"""Exchange rates as people see them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.domain.rates import Converted, Rate
from bot.i18n import format_date, format_decimal, translator
from bot.store.models import ExchangeRate
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    date_input,
    header,
    modal,
    section,
    text_input,
)
from bot.views.text import aside


def listing(
    rates: Sequence[Rate],
    locale: str,
    *,
    currency: str,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The newest rate of each pair, and how to enter more."""
    _ = translator(locale)
    title = _("Exchange rates")
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(said, accessory=undo)] if said else []
    blocks.append(header(title))
    lines = [line(rate, locale) for rate in rates]
    if lines:
        blocks.append(section("\n".join(lines)))
        blocks.append(context(_("Totals in {currency} use the newest rate of their day.", currency=currency)))
    else:
        none = _(
            "No rate yet: amounts in other currencies than {currency} stand beside the total. "
            "An admin enters one, `/crm rate USD CNY 7.12`, or imports a bank's table: "
            "`dealdesk import rates FILE`",
            currency=currency,
        )
        blocks.append(section(none))
    row = [button(_("Enter a rate"), "rate.new", style="primary")] if may_edit else []
    row += [button(_("Pipeline"), "again", verb="pipeline", text=""), button(_("Settings"), "settings.show")]
    blocks.append(action_row(*row))
    return Message("\n".join([said or title, *lines]), tuple(blocks))


def line(rate: Rate, locale: str) -> str:
    """`1 USD = 7.12 CNY · Fri, Nov 27, 2026`."""
    return f"{_equation(rate.base, rate.quote, rate.value, locale)} · {format_date(rate.on, locale)}"


def sentence(rate: ExchangeRate, locale: str) -> str:
    """The same of a row that was just kept."""
    return f"{_equation(rate.base, rate.quote, rate.value, locale)} · {format_date(rate.on_day, locale)}"


def _equation(base: str, quote: str, value: Decimal, locale: str) -> str:
    return f"1 {base} = {format_decimal(_significant(value), locale)} {quote}"


def _significant(value: Decimal) -> Decimal:
    """Six significant digits at most: more say nothing to a reader."""
    return round(value, max(5 - value.adjusted(), 0)).normalize()


def conversions(converted: Sequence[Converted], locale: str) -> str:
    """Which rates a total rests on, each from the side that reads best: `1 USD = 7.12 CNY (Fri, Nov 27)`."""
    _ = translator(locale)
    return _(", ").join(_rate_of(each, locale) for each in converted)


def _rate_of(converted: Converted, locale: str) -> str:
    base, quote, value = converted.by[0].base, converted.by[-1].quote, converted.value
    if value < 1:
        base, quote, value = quote, base, 1 / value
    day = format_date(converted.on, locale, year=False)
    return _equation(base, quote, value, locale) + aside(day, locale)


def form(locale: str, *, currency: str, today: date) -> View:
    """A pair, a day and what one unit is worth."""
    _ = translator(locale)
    blocks = [
        text_input("base", _("One unit of"), None, optional=False, placeholder="USD"),
        text_input("value", _("is worth"), None, optional=False, placeholder="7.12"),
        text_input("quote", _("units of"), currency, optional=False),
        date_input("on", _("On"), today.isoformat()),
    ]
    return modal(_("Exchange rate"), _("Save"), blocks, callback="rate.create", close=_("Cancel"))
