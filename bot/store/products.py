"""Products: found by id and by name."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store.models import Product


class ProductGone(Refusal):
    """No such product: removed, or never there."""

    message = "This product is no longer here; it was removed or undone. `/crm settings` shows the list."


def access_product(session: Session, product_id: int) -> Product:
    """The product, or ProductGone."""
    found = session.scalars(select(Product).where(Product.id == product_id)).one_or_none()
    if found is None:
        raise ProductGone
    return found


def search_products(session: Session, text: str, *, limit: int = 20) -> Sequence[Product]:
    """Products with the text in their name: the very name first, then those that begin with it."""
    key = name_key(text) if text.strip() else ""
    rank = case((Product.name_key == key, 0), (Product.name_key.startswith(key, autoescape=True), 1), else_=2)
    wanted = select(Product).where(Product.name_key.contains(key, autoescape=True))
    return session.scalars(wanted.order_by(rank, Product.name).limit(limit)).all()
