"""Products: found by id and by name."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.store.models import Product
from bot.store.searching import found


class ProductGone(Refusal):
    """No such product: removed, or never there."""

    message = "This product is no longer here; it was removed or undone. `/crm settings` shows the list."


def access_product(session: Session, product_id: int) -> Product:
    """The product, or ProductGone."""
    found = session.scalars(select(Product).where(Product.id == product_id)).one_or_none()
    if found is None:
        raise ProductGone
    return found


def find_products_called(session: Session, name: str) -> Sequence[Product]:
    """Products of the very name (width, case and spaces do not count)."""
    wanted = select(Product).where(Product.name_key == name_key(name))
    return session.scalars(wanted.order_by(Product.id)).all()


def search_products(session: Session, text: str, *, limit: int = 20) -> Sequence[Product]:
    """Products that the text fits, the best first; without a text by name."""
    if not text.strip():
        return session.scalars(select(Product).order_by(Product.name).limit(limit)).all()
    return found(session, Product, text, select(Product), limit)
