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
from bot.store.products import access_product, find_products_called, search_products


class UnknownProduct(Refusal):
    """No product of that name."""

    message = "There is no product “{typed}”. Products here: {products}."


class ProductExists(Refusal):
    """A second product of one name."""

    message = "There is already a product “{name}”."


def add_product(session: Session, actor: Actor, name: str, price: Money | None, *, now: datetime) -> Product:
    """A new product at a list price. Raises AdminsOnly, NameMissing and ProductExists."""
    check_is_admin(session, actor)
    _check_name(session, name)
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


def edit_product(
    session: Session, actor: Actor, product_id: int, *, name: str, price: Money | None, now: datetime
) -> Product:
    """Another name or list price; quotes keep the price they were made with.

    Raises AdminsOnly, UnknownProduct, NameMissing and ProductExists.
    """
    check_is_admin(session, actor)
    product = access_product(session, product_id)
    _check_name(session, name, but=product.id)
    product.name, product.name_key = name.strip(), name_key(name)
    product.price_minor = price.minor if price else None
    product.currency = price.currency if price else product.currency
    session.flush()
    return product


def remove_product(session: Session, actor: Actor, product_id: int, *, now: datetime) -> Product:
    """Take a product off the list; what was made with it keeps its name. Raises AdminsOnly."""
    check_is_admin(session, actor)
    product = access_product(session, product_id)
    product.deleted_at = now
    session.flush()
    return product


def _check_name(session: Session, name: str, *, but: int | None = None) -> None:
    if not name.strip():
        raise NameMissing(field="name")
    if any(each.id != but for each in find_products_called(session, name)):
        raise ProductExists(field="name", name=name)


def product_named(session: Session, typed: str) -> Product:
    """The product of this name, or the only one whose name holds it.

    Raises UnknownProduct, which lists some.
    """
    for candidates in (find_products_called(session, typed), search_products(session, typed)):
        if len(candidates) == 1:
            return candidates[0]
    known = search_products(session, "", limit=8)
    raise UnknownProduct(field="lines", typed=typed, products=", ".join(each.name for each in known) or "—")
