"""Quotes as people see them: the card with its lines and sum, the form."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.domain.money import Money
from bot.domain.quotes import LineValue, QuoteState, quote_totals
from bot.i18n import format_decimal, format_money, translator
from bot.store.models import Product, Quote, QuoteLine
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    date_input,
    modal,
    option,
    search_input,
    section,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown
from bot.views.words import QUOTE_STATES

_LINES = 40
"""So many of a quote's lines stand on its card; all count in its sum."""


def line_value(line: QuoteLine, currency: str) -> LineValue:
    """A kept line as it is priced."""
    return LineValue(line.quantity, Money(line.unit_price_minor, currency), line.discount_percent)


def card(
    quote: Quote,
    locale: str,
    *,
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
) -> Message:
    """The quote with its lines, discount and total, and its next actions."""
    _ = translator(locale)
    values = [line_value(line, quote.currency) for line in quote.lines]
    sums = quote_totals(values, quote.discount_percent, quote.currency)
    state = _(QUOTE_STATES[quote.state])
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(
        section(f"*{_('Quote {number}', number=quote.number)}* · {shown(quote.customer.name, 200)} · {state}")
    )
    rows = [_row(line, value, locale) for line, value in zip(quote.lines, values, strict=True)][:_LINES]
    if len(values) > _LINES:
        rows.append(_("and {count} more", count=len(values) - _LINES))
    for start in range(0, len(rows), 10):
        blocks.append(section("\n".join(rows[start : start + 10])))
    total = _("Total: *{total}*", total=quote.total)
    if quote.discount_percent:
        total = (
            _("Subtotal: {subtotal}", subtotal=sums.subtotal)
            + "\n"
            + _("Discount {percent}%: −{amount}", percent=quote.discount_percent, amount=sums.discount)
            + "\n"
            + total
        )
    blocks.append(section(total))
    small = [_("Valid until {day}", day=quote.valid_until)] if quote.valid_until else [_("No expiry date")]
    if quote.opportunity:
        small.append(_("For {name}", name=shown(quote.opportunity.name, 100)))
    blocks.append(context(" · ".join([*small, *notes])))
    if quote.note:
        blocks.append(context(shown(quote.note, 1000)))
    blocks.append(_actions(quote, locale, changeset))
    summary = _(
        "Quote {number} for {customer}: {total}",
        number=quote.number,
        customer=shown(quote.customer.name, 100),
        total=quote.total,
    )
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def _row(line: QuoteLine, value: LineValue, locale: str) -> str:
    quantity, price = format_decimal(line.quantity, locale), format_money(value.unit_price, locale)
    off = f" −{format_decimal(line.discount_percent, locale)}%" if line.discount_percent else ""
    return f"{quantity} × {shown(line.description, 100)} @ {price}{off} = {format_money(value.total, locale)}"


def _actions(quote: Quote, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    row = []
    if quote.state == QuoteState.DRAFT:
        row.append(button(_("Mark as sent"), "quote.sent", quote=quote.id))
    if quote.state in (QuoteState.DRAFT, QuoteState.SENT):
        row += [
            button(_("Accepted"), "quote.accepted", quote=quote.id),
            button(_("Declined"), "quote.declined", quote=quote.id),
            button(_("Edit"), "quote.edit", quote=quote.id),
        ]
    else:
        row.append(button(_("New quote"), "quote.new", customer=quote.customer_id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    row.append(button(_("Share"), "quote.share", quote=quote.id))
    return action_row(*row)


def listing(quotes: Sequence[Quote], locale: str, heading: str) -> Message:
    """Several quotes, a line each with a button that shows it."""
    _ = translator(locale)
    blocks: list[Block] = [section(f"*{heading}*")]
    lines = []
    for quote in quotes:
        total, state = format_money(quote.total, locale), _(QUOTE_STATES[quote.state])
        line = f"*{quote.number}* {shown(quote.customer.name, 80)} · {total} · {state}"
        lines.append(line)
        blocks.append(section(line, accessory=button(_("Show"), "quote.show", quote=quote.id)))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def form(
    products: Sequence[Product],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    quote: Quote | None = None,
    problems: Mapping[str, str] | None = None,
    **metadata: Any,
) -> View:
    """The form of a new quote, or of one to edit; lines are typed one below the other as people say them."""
    _ = translator(locale)
    values = values or {}
    chosen = values.get("customer_choice")
    inputs: list[Block] = []
    if quote is None:
        inputs.append(
            search_input("customer", _("Customer"), option(*chosen) if chosen else None, optional=False)
        )
    example = products[0].name if products else "Pro"
    hint = _("One a line: 50 x {product}, or 50 x {product} at 90", product=example)
    inputs += [
        text_input(
            "lines", _("Lines"), values.get("lines"), optional=False, multiline=True, longest=3000, hint=hint
        ),
        text_input("discount_percent", _("Discount in percent"), values.get("discount_percent"), longest=8),
        date_input("valid_until", _("Valid until"), values.get("valid_until")),
        text_input("note", _("Note"), values.get("note"), multiline=True, longest=3000),
    ]
    blocks = with_problems(inputs, problems or {})
    if products:
        listed = ", ".join(
            f"{shown(each.name, 60)} {format_money(each.price, locale) if each.price else '—'}"
            for each in products[:20]
        )
        blocks.append(context(_("Products: {listed}", listed=listed)))
    title = _("Edit quote") if quote else _("New quote")
    if quote:
        metadata["quote"] = quote.id
    return modal(
        title,
        _("Save") if quote else _("Create"),
        blocks,
        callback="quote.edit" if quote else "quote.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(quote: Quote) -> dict[str, Any]:
    """What the form shows of a quote, as a person would type it."""
    return {
        "lines": "\n".join(_typed(line, quote.currency) for line in quote.lines),
        "discount_percent": str(quote.discount_percent) if quote.discount_percent else None,
        "valid_until": quote.valid_until.isoformat() if quote.valid_until else None,
        "note": quote.note,
    }


def typed_item(
    product: str, quantity: Decimal, unit_price: Decimal | None, discount_percent: Decimal | None
) -> str:
    """A line as a person types it."""
    at = f" at {unit_price}" if unit_price is not None else ""
    off = f" {discount_percent}% off" if discount_percent else ""
    return f"{quantity.normalize():f} x {product}{at}{off}"


def _typed(line: QuoteLine, currency: str) -> str:
    price = Money(line.unit_price_minor, currency)
    list_price = line.product.price if line.product else None
    return typed_item(
        line.description, line.quantity, None if price == list_price else price.amount, line.discount_percent
    )
