"""How the demo's team sells: directly, online, and through partners; at one customer two channels meet."""

import random
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.names import name_key
from bot.domain.sales_channels import SalesChannel
from bot.services.sales_channels import flag_conflict
from bot.store import Session
from bot.store.models import Customer, Person
from bot.store.opportunities import list_open_opportunities

SEED = 11
PARTNERS = {"en": ("Vela Distribution", "Harbour Systems"), "zh": ("云集分销", "佳程数码")}
_SHARES = ("10", "12.5", "15", "20")


class Channels:
    """The partners, made at once, and by which channel each customer is sold to."""

    def __init__(self, session: Session, sellers: Sequence[Person], created_at: datetime) -> None:
        self.random = random.Random(SEED)
        self.partners: dict[str, list[Customer]] = {}
        for language, names in PARTNERS.items():
            owner = next(each for each in sellers if each.locale.startswith(language))
            self.partners[language] = [
                Customer(
                    name=name,
                    name_key=name_key(name),
                    kind="partner",
                    kind_by_hand=True,
                    owner_id=owner.id,
                    created_at=created_at,
                )
                for name in names
            ]
            session.add_all(self.partners[language])
        session.flush()

    def of(self, name: str) -> dict[str, Any]:
        """The columns of one customer."""
        kind = self.random.choices(list(SalesChannel), weights=(5, 4, 1))[0]
        if kind != SalesChannel.DISTRIBUTION:
            return {"sales_channel": kind.value}
        partners = self.partners["en" if name.isascii() else "zh"]
        return {
            "sales_channel": kind.value,
            "partner_id": self.random.choice(partners).id,
            "partner_percent": Decimal(self.random.choice(_SHARES)),
        }


def pass_a_partner(session: Session, customers: Sequence[Customer], now: datetime) -> None:
    """Sell once directly to a customer of a partner, of which the manager hears."""
    for customer in (each for each in customers if each.partner_id is not None):
        is_open = list_open_opportunities(session, customer_id=customer.id)
        fresh = [each for each in is_open if each.opened_on and (now.date() - each.opened_on).days < 60]
        if fresh:
            passed = fresh[0]
            passed.sales_channel, passed.partner_id, passed.partner_percent = SalesChannel.DIRECT, None, None
            session.flush()
            flag_conflict(session, customer.id, now=now)
            return
