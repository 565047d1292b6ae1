"""How the demo's team sells: directly, online, and through partners, two of which meet at one customer."""

import random
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.names import name_key
from bot.domain.sales_channels import SalesChannel
from bot.services.sales_channels import flag_conflict
from bot.store import Session
from bot.store.models import Customer, Opportunity
from bot.store.opportunities import list_open_opportunities
from bot.store.transfers import everything_of

SEED = 11
PARTNERS = {"en": ("Vela Distribution", "Harbour Systems"), "zh": ("云集分销", "佳程数码")}
_SHARES = ("10", "12.5", "15", "20")


def seed_channels(session: Session, customers: Sequence[Customer], now: datetime) -> None:
    """Give every customer and its opportunities a channel; one open opportunity goes past its partner."""
    chance = random.Random(SEED)
    partners = {
        language: [_partner(name, customers, language, now) for name in names]
        for language, names in PARTNERS.items()
    }
    session.add_all(each for some in partners.values() for each in some)
    session.flush()
    opportunities = everything_of(session, Opportunity)
    for customer in customers:
        columns = _channel(chance, partners["en" if customer.name.isascii() else "zh"])
        for record in (customer, *(each for each in opportunities if each.customer_id == customer.id)):
            for column, value in columns.items():
                setattr(record, column, value)
    session.flush()
    for customer in (each for each in customers if each.partner_id is not None):
        is_open = list_open_opportunities(session, customer_id=customer.id)
        fresh = [each for each in is_open if each.opened_on and (now.date() - each.opened_on).days < 60]
        if fresh:
            passed = fresh[0]
            passed.sales_channel, passed.partner_id, passed.partner_percent = SalesChannel.DIRECT, None, None
            session.flush()
            flag_conflict(session, customer.id, now=now)
            return


def _partner(name: str, customers: Sequence[Customer], language: str, now: datetime) -> Customer:
    owner = next(each.owner_id for each in customers if each.name.isascii() == (language == "en"))
    return Customer(name=name, name_key=name_key(name), kind="partner", owner_id=owner, created_at=now)


def _channel(chance: random.Random, partners: Sequence[Customer]) -> dict[str, Any]:
    kind = chance.choices(list(SalesChannel), weights=(5, 4, 1))[0]
    if kind != SalesChannel.DISTRIBUTION:
        return {"sales_channel": kind.value}
    return {
        "sales_channel": kind.value,
        "partner_id": chance.choice(partners).id,
        "partner_percent": Decimal(chance.choice(_SHARES)),
    }
