"""Product lines of an opportunity as people see them: on its card, and in the form that adds and removes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.money import Money
from bot.i18n import format_decimal, format_money, translator
from bot.store.models import Opportunity, OpportunityLine, Product
from bot.views.blocks import (
    Block,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    divider,
    modal,
    option,
    search_input,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import plain, shown

MOST_ROWS = 15
_ON_CARD = 5


@dataclass(frozen=True)
class Row:
    """One line of the form, with what stands in it; `key` tells it from the others while it is open."""

    key: int
    product: tuple[str, str] | None = None
    quantity: str | None = None
    price: str | None = None
    discount: str | None = None


def fields_of(key: int) -> tuple[str, str, str, str]:
    """What the fields of a row are called: product, quantity, price, discount."""
    return f"line_product#{key}", f"line_quantity#{key}", f"line_price#{key}", f"line_discount#{key}"


def on_card(lines: Sequence[OpportunityLine], currency: str, locale: str) -> str | None:
    """The lines, and that the amount is their sum; None where there are none."""
    _ = translator(locale)
    if not lines:
        return None
    said = [
        "📦 "
        + _(
            "The amount is the sum of {count} product line:|The amount is the sum of {count} product lines:",
            count=len(lines),
        )
    ]
    said += [_line(each, currency, locale) for each in lines[:_ON_CARD]]
    if len(lines) > _ON_CARD:
        said.append(_("and {count} more", count=len(lines) - _ON_CARD))
    return "\n".join(said)


def _line(line: OpportunityLine, currency: str, locale: str) -> str:
    value = line.value(currency)
    off = f" −{format_decimal(line.discount_percent, locale)}%" if line.discount_percent else ""
    price, total = format_money(value.unit_price, locale), format_money(value.total, locale)
    return (
        f"{format_decimal(line.quantity, locale)} × {shown(line.description, 100)} @ {price}{off} = {total}"
    )


def rows_of(lines: Sequence[OpportunityLine], currency: str) -> list[Row]:
    """The rows of the form, as a person would type them; an empty one where there are no lines."""
    rows = []
    for key, line in enumerate(lines, 1):
        product = (plain(line.description), str(line.product_id)) if line.product_id else None
        price = f"{Money(line.unit_price_minor, currency).amount} {currency}".replace(".00 ", " ")
        percent = f"{line.discount_percent.normalize():f}" if line.discount_percent else None
        rows.append(Row(key, product, f"{line.quantity.normalize():f}", price, percent))
    return rows or [Row(1)]


def form(
    opportunity: Opportunity,
    rows: Sequence[Row],
    products: Sequence[Product],
    locale: str,
    *,
    problems: Mapping[str, str] | None = None,
    **metadata: Any,
) -> View:
    """The lines, each with a button that takes it away, and one that adds another."""
    _ = translator(locale)
    inputs: list[Block] = [context(_("The sum of these lines is the amount of the opportunity."))]
    for row in rows:
        product, quantity, price, discount = fields_of(row.key)
        inputs += [
            divider(),
            search_input(
                product,
                _("Product"),
                option(*row.product) if row.product else None,
                placeholder=_("Type part of the name"),
            ),
            text_input(quantity, _("Quantity"), row.quantity, longest=20, placeholder="1"),
            text_input(price, _("Price of one"), row.price, longest=40, placeholder=_("Empty: list price")),
            text_input(discount, _("Discount on this line in percent"), row.discount, longest=8),
        ]
        inputs.append(action_row(button(_("Remove this line"), "line.remove", key=row.key)))
    inputs.append(divider())
    if len(rows) < MOST_ROWS:
        inputs.append(action_row(button(_("Add a line"), "line.add")))
    if products:
        listed = ", ".join(
            f"{shown(each.name, 60)} {format_money(each.price, locale) if each.price else '—'}"
            for each in products[:20]
        )
        inputs.append(context(_("Products: {listed}", listed=listed)))
    return modal(
        _("Product lines"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="opportunity.lines",
        close=_("Cancel"),
        opportunity=opportunity.id,
        rows=[row.key for row in rows],
        **metadata,
    )


def replacing(locale: str) -> Block:
    """Asked where an amount was typed that is not the sum of the lines."""
    _ = translator(locale)
    words = _("Remove the product lines: the amount above counts")
    return checkboxes_input("replace_lines", _("Product lines"), [option(words, "yes")])
