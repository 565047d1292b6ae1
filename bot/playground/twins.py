"""Two of the demo's customers stand in it twice, as happens: one misspelt, one by its name in English."""

from collections.abc import Sequence

from bot.domain.names import name_key
from bot.store import Session
from bot.store.models import Contact, Customer

_TWINS = (
    ("Kestrell Energy", "Energy", "Kestrel Energy", ("Rosa Diaz", "Plant manager")),
    ("Qiming Electronics", "电子", "启明电子有限公司", ("Wang Fang", "采购经理")),
)
"""Name, industry, whose twin it is, and who is there."""


def seed_twins(session: Session, customers: Sequence[Customer]) -> None:
    """Add the twins, each with the owner and the phone of the first one."""
    known = {customer.name: customer for customer in customers}
    for name, industry, first, (person, title) in _TWINS:
        one = known[first]
        twin = Customer(
            name=name, name_key=name_key(name), industry=industry, owner_id=one.owner_id, phone=one.phone
        )
        session.add(twin)
        session.flush()
        session.add(Contact(customer_id=twin.id, name=person, title=title))
    session.flush()
