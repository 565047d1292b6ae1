"""The price list: what quotes are made of."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.forms import at_field, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.products import add_product, edit_product, remove_product
from bot.services.rights import check_is_admin
from bot.store.products import access_product, search_products
from bot.views import products as views
from bot.views.blocks import Message
from bot.views.text import shown

routes = Routes()

MOST_PRODUCTS = 1000


def _listing(interaction: Interaction, **more: Any) -> Message:
    products = search_products(interaction.session, "", limit=MOST_PRODUCTS)
    return views.listing(products, interaction.actor.locale, may_edit=interaction.actor.is_admin, **more)


def _changed(interaction: Interaction, said: str) -> Answer:
    return Answer(_listing(interaction, said="✅ " + said, changeset=interaction.changeset))


@routes.action("product.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """The price list; a page of it, in place of the one shown."""
    page = interaction.value.get("page")
    return Answer(_listing(interaction, page=int(page or 0)), replace=page is not None)


@routes.action("product.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(interaction.actor.locale))


@routes.view("product.create")
def submit_create(interaction: Interaction) -> Answer:
    """Add a product."""
    with at_field("price"):
        price = typed_money(interaction, interaction.form.get("price"))
    name = str(interaction.form.get("name") or "")
    product = add_product(interaction.session, interaction.actor, name, price, now=interaction.now)
    return _changed(interaction, interaction._("Product {name} added.", name=shown(product.name, 100)))


@routes.action("product.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a product."""
    check_is_admin(interaction.session, interaction.actor)
    product = access_product(interaction.session, interaction.value["product"])
    return Answer(modal=views.form(interaction.actor.locale, product))


@routes.view("product.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save name and list price; quotes made before keep theirs."""
    with at_field("price"):
        price = typed_money(interaction, interaction.form.get("price"))
    product_id, name = interaction.metadata["product"], str(interaction.form.get("name") or "")
    edit_product(
        interaction.session, interaction.actor, product_id, name=name, price=price, now=interaction.now
    )
    return _changed(interaction, interaction._("Saved."))


@routes.action("product.remove")
def press_remove(interaction: Interaction) -> Answer:
    """Take a product off the list."""
    product = remove_product(
        interaction.session, interaction.actor, interaction.value["product"], now=interaction.now
    )
    said = interaction._("Product {name} removed.", name=shown(product.name, 100))
    return _changed(interaction, said)
