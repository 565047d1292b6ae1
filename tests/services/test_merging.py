"""Laws of what stays when two records become one."""

from datetime import datetime
from decimal import Decimal

from bot.domain.duplicates import Kind
from bot.services.merging import differing, merge_records
from bot.store.customers import access_customer
from tests.support.factories import Factory


def test_a_partner_comes_over_with_its_sales_channel_alone(sqlite_factory: Factory, now: datetime) -> None:
    ann = sqlite_factory.actor("Ann")
    partner = sqlite_factory.customer("Vela", kind="partner", owner_id=ann.person_id)
    direct = sqlite_factory.customer("Acme", sales_channel="direct", owner_id=ann.person_id)
    sold = {"sales_channel": "distribution", "partner_id": partner.id, "partner_percent": Decimal(10)}
    other = sqlite_factory.customer("Acme Labs", owner_id=ann.person_id, **sold)
    silent = sqlite_factory.customer("Acme Works", owner_id=ann.person_id)
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        both = [access_customer(session, each.id) for each in (direct, other)]
        assert "sales_channel" in differing(Kind.CUSTOMERS, *both)
        merge_records(session, ann, Kind.CUSTOMERS, silent.id, other.id, now=now)
        kept = access_customer(session, silent.id)
        assert (kept.sales_channel, kept.partner_id, kept.partner_percent) == tuple(sold.values())
        merge_records(session, ann, Kind.CUSTOMERS, direct.id, silent.id, now=now)
        stays = access_customer(session, direct.id)
        assert (stays.sales_channel, stays.partner_id, stays.partner_percent) == ("direct", None, None)
