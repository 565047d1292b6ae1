"""Products: found by id and by name."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from bot.domain.names import name_key
from bot.store.models import Product


def search_products(session: Session, text: str, *, limit: int = 20) -> Sequence[Product]:
    """Products with the text in their name: the very name first, then those that begin with it."""
    key = name_key(text) if text.strip() else ""
    rank = case((Product.name_key == key, 0), (Product.name_key.startswith(key, autoescape=True), 1), else_=2)
    wanted = select(Product).where(Product.name_key.contains(key, autoescape=True))
    return session.scalars(wanted.order_by(rank, Product.name).limit(limit)).all()
