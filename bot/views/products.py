"""Products as people see them: the price list and its form."""

from collections.abc import Sequence

from bot.i18n import format_money, translator
from bot.store.models import Product
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    confirmation,
    header,
    modal,
    section,
    text_input,
)
from bot.views.text import shown

PAGE = 12


def listing(
    products: Sequence[Product],
    locale: str,
    *,
    page: int = 0,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The list prices, a page of them."""
    _ = translator(locale)
    title = _("Products")
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(header(title))
    lines = [line(product, locale) for product in products[page * PAGE : (page + 1) * PAGE]]
    for product, said_line in zip(products[page * PAGE :], lines, strict=False):
        edit = button(_("Edit"), "product.edit", product=product.id) if may_edit else None
        blocks.append(section(said_line, accessory=edit))
    if not products:
        blocks.append(section(_("No product yet. Quotes are made from products and their list prices.")))
    row = [button(_("Add a product"), "product.new", style="primary")] if may_edit else []
    if page > 0:
        row.append(button(_("Back"), "product.list", page=page - 1))
    if (page + 1) * PAGE < len(products):
        row.append(button(_("More"), "product.list", page=page + 1))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    row.append(button(_("New quote"), "quote.new"))
    blocks.append(action_row(*row))
    return Message("\n".join([said or title, *lines]), tuple(blocks))


def line(product: Product, locale: str) -> str:
    """A product in one line of mrkdwn: name and list price."""
    _ = translator(locale)
    price = format_money(product.price, locale) if product.price else _("no list price")
    return f"*{shown(product.name, 100)}* · {price}"


def form(locale: str, product: Product | None = None) -> View:
    """A new product, or one to edit or remove."""
    _ = translator(locale)
    price = f"{product.price.amount} {product.price.currency}" if product and product.price else None
    blocks = [
        text_input("name", _("Name"), product.name if product else None, optional=False),
        text_input("price", _("List price"), price, placeholder=_("240")),
    ]
    if product:
        sure = confirmation(
            _("Remove this product?"), _("Quotes that were made with it stay."), _("Remove"), _("Keep")
        )
        blocks.append(
            action_row(
                button(_("Remove"), "product.remove", style="danger", confirm=sure, product=product.id)
            )
        )
    return modal(
        _("Edit product") if product else _("New product"),
        _("Save") if product else _("Create"),
        blocks,
        callback="product.edit" if product else "product.create",
        close=_("Cancel"),
        **({"product": product.id} if product else {}),
    )
