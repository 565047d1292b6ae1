"""Laws of customers and contacts: one of a name, edits only by those who may, addresses that can be right."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest

from bot.domain.actors import Actor, NotAllowed
from bot.domain.roles import Role
from bot.services.contacts import BadMail, ContactExists, check_mail, keep_contact, make_contact
from bot.services.customers import (
    CustomerExists,
    NameMissing,
    edit_customer,
    make_customer,
    near_customers,
)
from bot.services.edits import EditConflict
from bot.services.names import KnownNames, closeness
from bot.store.customers import access_customer, find_customers_called, search_customers
from tests.support.factories import Factory


def test_two_who_make_one_customer_at_once_make_one_and_the_other_is_told(
    factory: Factory, now: datetime
) -> None:
    both = Barrier(2)

    def make(actor: Actor) -> str:
        with factory.store.transaction(actor, now=now, how="test") as session:
            if factory.store.engine.dialect.name != "sqlite":  # which lets no two write at once anyway
                both.wait(timeout=10)
            try:
                make_customer(session, actor, "Acme Inc.", now=now)
            except CustomerExists as exists:
                return str(exists)
        return "made"

    actors = [factory.actor("Ann"), factory.actor("Bo")]
    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(make, actors))
    assert said[0].startswith("Acme Inc. is here already")
    assert said[1] == "made"
    with factory.store.reading(factory.workspace_id) as session:
        assert len(find_customers_called(session, "acme")) == 1


def test_owner_their_manager_and_admins_change_a_customer_and_nobody_else(
    sqlite_factory: Factory, now: datetime
) -> None:
    factory = sqlite_factory
    mia = factory.actor("Mia", Role.MANAGER)
    ann = factory.actor("Ann", manager_id=mia.person_id)
    bo, ada = factory.actor("Bo"), factory.actor("Ada", Role.ADMIN)
    acme = factory.customer("Acme", owner_id=ann.person_id)
    for actor in (ann, mia, ada):
        with factory.store.transaction(actor, now=now, how="test") as session:
            edited = edit_customer(session, actor, acme.id, {"region": actor.name})
            assert edited.region == actor.name
    with factory.store.transaction(bo, now=now, how="test") as session, pytest.raises(NotAllowed):
        edit_customer(session, bo, acme.id, {"region": "South"})


def test_a_customer_keeps_a_name_of_its_own(sqlite_factory: Factory, now: datetime) -> None:
    factory = sqlite_factory
    acme, _borg = factory.customer("Acme"), factory.customer("Borg")
    with factory.store.transaction(factory.shell, now=now, how="test") as session:
        with pytest.raises(CustomerExists):
            edit_customer(session, factory.shell, acme.id, {"name": "BORG Ltd"})
        with pytest.raises(NameMissing):
            edit_customer(session, factory.shell, acme.id, {"name": "  "})
        assert edit_customer(session, factory.shell, acme.id, {"name": "ACME"}).name == "ACME"


def test_after_a_conflict_only_what_was_shown_is_overwritten(sqlite_factory: Factory, now: datetime) -> None:
    factory = sqlite_factory
    acme = factory.customer("Acme", industry="Metals")
    opened = acme.version

    def save(values: dict[str, str | None], **how: object) -> None:
        with factory.store.transaction(factory.shell, now=now, how="test") as session:
            edit_customer(session, factory.shell, acme.id, values, version=opened, **how)  # type: ignore[arg-type]

    save({"industry": "Chemicals", "region": "North"})
    mine = {"industry": "Software", "region": None}
    with pytest.raises(EditConflict) as first:
        save(mine)
    assert first.value.theirs == {"industry": "Chemicals"}
    with factory.store.transaction(factory.shell, now=now, how="test") as session:
        edit_customer(session, factory.shell, acme.id, {"industry": "Banking"})
    with pytest.raises(EditConflict) as second:
        save(mine, seen=first.value.seen)
    save(mine, seen=second.value.seen)
    with factory.store.reading(factory.workspace_id) as session:
        kept = access_customer(session, acme.id)
        assert (kept.industry, kept.region) == ("Software", "North")


@pytest.mark.parametrize(
    "typed", ["li@acme.com", "li.na+sales@mail.acme.co.uk", "李娜@华星.中国", " x@y.io "]
)
def test_a_mail_address_is_kept_as_typed(typed: str) -> None:
    assert check_mail(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["li", "li@", "@acme.com", "li@acme", "li na@acme.com", "a@b..com", "a@b@c.de"]
)
def test_what_cannot_be_a_mail_address_is_refused(typed: str) -> None:
    with pytest.raises(BadMail):
        check_mail(typed)


def test_a_customer_has_one_contact_of_a_name_and_what_is_not_said_stays(
    sqlite_factory: Factory, now: datetime
) -> None:
    factory = sqlite_factory
    acme = factory.customer("Acme")
    with factory.store.transaction(factory.shell, now=now, how="test") as session:
        make_contact(session, factory.shell, customer_id=acme.id, name="Li Na", phone="138-0000 1234")
        with pytest.raises(ContactExists):
            make_contact(session, factory.shell, customer_id=acme.id, name="li na")
        kept, is_new = keep_contact(
            session, factory.shell, customer_id=acme.id, name="LI NA", email="li@acme.com", phone=None
        )
        assert not is_new
        assert (kept.phone, kept.email) == ("138-0000 1234", "li@acme.com")


@pytest.mark.parametrize(
    ("typed", "name", "low", "high"),
    [
        ("acme", "ACME Co., Ltd.", 100, 100),
        ("华星有限公司", "华星", 100, 100),
        ("Acme", "Acme Robotics", 90, 90),
        ("Acme Labs", "Acme", 90, 90),
        ("Acmeon", "Acme", 0, 0),
        ("华星", "北京华星科技", 70, 70),
        ("Northwnd", "Northwind", 82, 89),
        ("Borg", "Acme", 0, 0),
        ("Arm", "Arc", 0, 0),
        ("华星", "华兴", 0, 0),
    ],
)
def test_only_the_very_name_is_surely_meant(typed: str, name: str, low: int, high: int) -> None:
    assert low <= closeness(typed, name) <= high


def test_near_customers_are_offered_the_closest_first(sqlite_factory: Factory) -> None:
    for name in ("Northwind", "North Star", "Acme", "华星科技"):
        sqlite_factory.customer(name)
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        assert [each.name for each in near_customers(session, "Northwnd")] == ["Northwind"]
        assert [each.name for each in near_customers(session, "华星")] == ["华星科技"]
        assert near_customers(session, "Zenith") == []
        names = KnownNames(session)
        assert [(each.name, each.score) for each in names.match("customer", "acme inc")] == [("Acme", 100)]
        assert all(each.score < 100 for each in names.match("customer", "north"))


def test_a_phone_is_found_by_its_digits_however_it_is_written(factory: Factory) -> None:
    factory.customer("Acme", phone="(010) 8888-1234")
    with factory.store.reading(factory.workspace_id) as session:
        assert [each.name for each in search_customers(session, "8888 1234")] == ["Acme"]
        assert not search_customers(session, "99991234")
