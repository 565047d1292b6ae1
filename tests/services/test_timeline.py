"""Laws of the timeline: everything once, in order, each moment on its own, page by page."""

from datetime import datetime, timedelta

from bot.domain.timeline import TimelineKind
from bot.store.models import Activity, Customer
from bot.store.timeline import list_timeline
from tests.support.factories import Factory


def test_what_an_import_brings_of_several_moments_stays_apart_and_pages_join_up(
    factory: Factory, now: datetime
) -> None:
    acme = factory.customer("Acme")
    other = factory.customer("Borg", parent_id=acme.id)
    for number in range(7):
        at = now - timedelta(days=number)
        factory.add(Activity(customer_id=acme.id, kind="call", text=f"call {number}", happened_at=at))
        factory.add(Activity(customer_id=other.id, kind="call", text="of another", happened_at=at))
    with factory.store.transaction(factory.shell, now=now, how="import") as session:
        customer = session.get_one(Customer, acme.id)
        for days, region in ((30, "North"), (20, "South"), (10, "West")):
            session.info["now"] = now - timedelta(days=days)
            customer.region = region
            session.flush()
    with factory.store.reading(factory.workspace_id) as session:
        whole = list_timeline(session, acme.id, limit=100)
        pages = [
            entry for page in range(4) for entry in list_timeline(session, acme.id, limit=4, offset=4 * page)
        ]
        changed = list_timeline(session, acme.id, kinds=[TimelineKind.DATA], limit=100)
    assert [entry.at for entry in whole] == sorted((entry.at for entry in whole), reverse=True)
    assert [(each.what, each.at, each.entity_id) for each in pages] == [
        (each.what, each.at, each.entity_id) for each in whole
    ]
    moves = [(each.old, each.new) for entry in changed for each in entry.changes]
    assert moves == [("South", "West"), ("North", "South"), (None, "North")]
    assert "of another" not in str(whole)
