"""Products: added and priced by admins and managers, found by what was typed."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.services.customers import NameMissing
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Product
from bot.store.products import search_products


class UnknownProduct(Refusal):
    """No product of that name."""

    message = "There is no product “{typed}”. Products here: {products}."


class ProductExists(Refusal):
    """A second product of one name."""

    message = "There is already a product “{name}”."


def add_product(session: Session, actor: Actor, name: str, price: Money | None, *, now: datetime) -> Product:
    """A new product at a list price. Raises AdminsOnly, NameMissing and ProductExists."""
    check_is_admin(session, actor)
    if not name.strip():
        raise NameMissing(field="name")
    if any(each.name_key == name_key(name) for each in search_products(session, name)):
        raise ProductExists(field="name", name=name)
    currency = price.currency if price else "USD"
    product = Product(
        name=name.strip(),
        name_key=name_key(name),
        price_minor=price.minor if price else None,
        currency=currency,
    )
    session.add(product)
    session.flush()
    return product


def product_named(session: Session, typed: str) -> Product:
    """The product of this name, or the only one whose name holds it.

    Raises UnknownProduct, which lists some.
    """
    found = search_products(session, typed)
    exact = [product for product in found if product.name_key == name_key(typed)]
    for candidates in (exact, found):
        if len(candidates) == 1:
            return candidates[0]
    known = search_products(session, "", limit=8)
    raise UnknownProduct(field="lines", typed=typed, products=", ".join(each.name for each in known) or "—")
